/* encoded.h - header values as text: unfolded, RFC 2047 words decoded, UTF-8. */
#pragma once
#include "hostile/read/charset.h"

/* What decoding of values shares over one message. Zero-initialise; charsets and arena belong to the reader. */
typedef struct {
    Charsets *charsets;
    Arena *arena;
    Scratch bytes; /* of the encoded words that stand together */
    Scratch out;
    Scratch scrap;
    guint64 defects;
    gsize cut; /* bytes over LIMIT_VALUE_BYTES or LIMIT_VALUE_WORDS, since somebody last set it to 0 */
} Words;

/* The value as UTF-8 text, in the arena or, when there is nothing to do, as it stands. Words that cannot be
 * decoded stay (DEFECT_BAD_ENCODED_WORD). Undeclared 8-bit bytes are UTF-8 or else Western. */
Span words_decode(Words *words, Span value);
/* The same without RFC 2047: unfolded, UTF-8. */
Span words_plain(Words *words, Span value);
/* Bytes in a named charset, as RFC 2231 gives them. */
Span words_from_charset(Words *words, Span label, Span bytes);
void words_clear(Words *words);
