/* delimiter.h - the lines that part the parts of a multipart. */
#pragma once
#include "hostile/limits.h"
#include "lib/span.h"

/* Bytes, and the boundaries of the multiparts that are open in them. */
typedef struct {
    Span bytes;
    Span boundary[LIMIT_DEPTH + 1]; /* [1] is the outermost's */
    guint count;
} Boundaries;

/* Where a body ended. */
typedef struct {
    gsize body_end; /* without the line end that belongs to the delimiter                */
    gsize next;     /* behind the delimiter line                                         */
    guint level;    /* of the multipart whose delimiter it is; 0: the end of the bytes   */
    gboolean closing;
} Stop;

/* The first delimiter of any open multipart at or behind `from`, which is a line's start. */
Stop delimiter_find(const Boundaries *open, gsize from);
/* Is the line at `at` a delimiter of an open multipart? */
gboolean delimiter_at(const Boundaries *open, gsize at);
/* Is it exactly one of this boundary? FALSE when there is no boundary. */
gboolean delimiter_is_of(Span bytes, gsize at, Span boundary);
