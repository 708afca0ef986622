/* conversion.h - the rows of what a converter made of one part: a verdict, its text, its matches, its gaps.
 *
 * The answer to a `convert` request is a group V T* X* G* for each part that was converted, and a lone G for one whose
 * bytes could not be had again.  The V row says what the group adds up to.  X rows have the path "", and places in the
 * text that the T rows make together. */
#pragma once
#include "nouns/evidence.h"

/* 'V': one part, converted, or looked at in vain. */
typedef struct {
    guint64 item;                /* which part of the request, from 0                      */
    guint8 sha256[DIGEST_BYTES]; /* of its bytes                                           */
    Span converter, version;     /* hostile/convert/convert.h                              */
    PartState state;
    guint64 read, scanned, unscanned; /* bytes of the part; read == scanned + unscanned    */
    guint64 text;                     /* bytes in the T rows                               */
    guint64 matches, gaps;            /* rows                                              */
} ConversionRow;

void conversion_row_write(RowBuffer *rows, const ConversionRow *conversion);
gboolean conversion_row_read(const Row *row, ConversionRow *conversion, GError **error);

/* 'T' rows: `text` in pieces. */
void text_rows_write(RowBuffer *rows, Span text);

/* What was asked for, and what has come of it. */
typedef struct {
    guint64 unit;
    const guint8 (*asked)[DIGEST_BYTES]; /* the parts, in order */
    guint64 count;
    gboolean rescan; /* texts were asked for, not parts: no T rows, and `read` counts the text */
} ConversionCheck;

/* Whether X and G rows are what `head` says of them: as many, G rows of its part, no match outside of the text or
 * twice. What one box wrote is checked by itself, so that a captured one costs its part and not the answer. FORMAT says
 * what is wrong. */
gboolean conversion_check_group(const ConversionRow *head, gboolean rescan, Span rows, GError **error);

/* Whether the rows are a true answer: each part once at most and in order, its hash the one asked for, its sums right;
 * then a D row that counts them. FORMAT says what is wrong. */
gboolean conversion_check_answer(const ConversionCheck *check, Span rows, GError **error);
