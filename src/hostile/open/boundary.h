/* boundary.h - where the next message of an mbox begins; for mbox.c and plan/. */
#pragma once
#include "hostile/open/window.h"

typedef enum {
    BOUNDARY_FOUND,
    BOUNDARY_END,  /* none up to the end of the window's range                                     */
    BOUNDARY_FULL, /* none up to *at, where to go on once the window has forgotten what lies before,
                      save BOUNDARY_CONTEXT bytes                                                  */
} Boundary;
#define BOUNDARY_CONTEXT 8

/* Search the window's file from `from`, which lies in it behind its first byte. *quoted becomes TRUE when a line
 * that begins with '>' and "From " was passed. The window grows to `most` bytes. */
Boundary boundary_seek(Window *window, char newline, guint64 from, gsize most, guint64 *at, gboolean *quoted);

/* The byte that ends lines here: '\r' when the first line is an envelope that ends in a lone CR. */
char boundary_newline(Span start);

/* Whether text begins with an envelope line; *line_end is behind its line break. */
gboolean boundary_envelope(Span text, char newline, Span *sender, gsize *line_end);

/* Whether a Content-Length is true: what stands where it says that the body ends (`there`, `last`: nothing is behind
 * it) is nothing, or an envelope line, behind empty lines. *skip: bytes of those. */
gboolean boundary_is_at(Span there, gboolean last, char newline, gsize *skip);

/* The Content-Length of the header block at the start of `text`; FALSE when it has none. *body: where the body
 * begins. */
gboolean boundary_claimed_length(Span text, char newline, guint64 *length, gsize *body);
