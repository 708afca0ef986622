/* wide.h - where digits, '@' and ':' stand, 64 bytes at a time.
 *
 * All that has no literal begins at one of them. The wide path (AVX2) and the plain one give the same masks;
 * a test proves it. */
#pragma once
#include <glib.h>

#define WIDE_BLOCK 64

typedef struct {
    guint64 digit, at, colon; /* bit i: byte i of the block */
} WideMask;

typedef void (*WideClassify)(const char *text, gsize blocks, WideMask *masks);

/* Classify `blocks` blocks that begin at text. */
void wide_classify_plain(const char *text, gsize blocks, WideMask *masks);
/* The AVX2 path, or NULL where the processor or the build has none. */
WideClassify wide_classify_avx2(void);
