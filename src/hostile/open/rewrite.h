/* rewrite.h - found bytes to canonical bytes, in pieces of any size; for canon.c alone. */
#pragma once
#include "lib/span.h"

typedef struct Rewriter Rewriter;
struct Rewriter {
    /* Where the output goes: `room` bytes at `out`, `used` of them so far. When full, `drain` must empty it. */
    char *out;
    gsize used, room;
    void (*drain)(Rewriter *rewriter);
    void *user;

    gboolean lone_cr_ends_line;
    gboolean at_line_start;
    guint64 newlines; /* held back: they are dropped when nothing follows                    */
    guint64 returns;  /* CRs held back: dropped before LF                                    */
    guint64 quotes;   /* '>' at the line's start, held back: dropped before "From "          */
    guint matched;    /* how much of "From " followed them                                   */
    gboolean saw_lf, saw_crlf, saw_lone_cr;
};

/* Output into the input's own place is allowed: it never overtakes it. */
void rewrite_piece(Rewriter *rewriter, Span piece);
/* Let go of what is held back, and end with one LF (for which there must be room, or a drain). */
void rewrite_end(Rewriter *rewriter);
/* How many bytes at the start are envelope lines, quoted or not. */
gsize rewrite_envelope(Span found);
