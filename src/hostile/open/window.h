/* window.h - a sliding view of a file, filled by pread: a truncated or changing file gives less, never a signal. */
#pragma once
#include "lib/span.h"

/* Bytes [base, base + length) of the file, at `bytes`; one byte of room stands behind them. */
typedef struct {
    int file;
    guint64 base;
    guint64 limit; /* nothing is read at or behind this offset                              */
    char *bytes;
    gsize length;
    gsize capacity;
    gboolean at_end; /* the limit, the end of the file or a read error is right behind length */
    gboolean failed; /* a read error, or less in the file than the limit said                 */
} Window;

/* How much is read at once: small enough that what was read is still in the cache when it is hashed. */
#define WINDOW_CHUNK (256UL << 10)

void window_init(Window *window);
void window_clear(Window *window);

/* Turn to [start, limit) of a file; what the window holds of another is forgotten, its memory is kept. */
void window_turn(Window *window, int file, guint64 start, guint64 limit);

/* Forget the bytes before `offset`, which lies in the window or right behind it. */
void window_forget(Window *window, guint64 offset);

/* Read more behind what is there. FALSE when nothing came: at_end, or the window would grow over `most` bytes,
 * or memory was not to be had (then at_end is not set). */
gboolean window_more(Window *window, gsize most);
