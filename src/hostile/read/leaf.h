/* leaf.h - a part that has no parts. */
#pragma once
#include "hostile/read/content.h"

/* Where a leaf stands. */
typedef struct {
    Path path;
    gsize start, end;   /* as PartRow has them                              */
    gboolean encrypted; /* inside multipart/encrypted                       */
    gboolean too_deep;  /* it has parts, but they are beyond LIMIT_DEPTH     */
    gboolean bottom;    /* a message within it would be                      */
    gboolean damaged;   /* it came into the message cut: said already        */
} LeafPlace;

/* Undo the transfer encoding of `body` into `out` or, where there is none, point at it. FALSE, and the gap
 * "memory", when there is no memory. */
gboolean leaf_decode(Reader *reader, const Content *content, const LeafPlace *place, Span body, Scratch *out,
                     Span *bytes);
/* Decode, hash, hand text and mentions to the sink, then the part's row; uuencoded files in a text become parts of
 * their own ("1.1" in text "1"). FALSE when it is a message in another form: then nothing was handed out but its name,
 * and *unwrapped (zero before) is what is to be read in its place. */
gboolean leaf_read(Reader *reader, const Content *content, const LeafPlace *place, Span body,
                   ReaderUnwrapped *unwrapped);
