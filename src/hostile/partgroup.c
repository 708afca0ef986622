/* partgroup.c - what a part's box answered as a group of rows. */
#include "hostile/partgroup.h"

#include "hostile/limits.h"

/* The part of which nothing is known but that it ended its box. */
static void write_dead(const PartWork *work, const PartAnswer *answer, const guint8 sha256[DIGEST_BYTES],
                       RowBuffer *rows)
{
    ConversionRow row = part_left(work);
    row.gaps = 1;
    memcpy(row.sha256, sha256, DIGEST_BYTES);
    conversion_row_write(rows, &row);
    gap_row_write(rows,
                  &(GapRow){.item = work->item,
                            .reason = span_of_string(answer->end.reason),
                            .detail = answer->end.detail[0] ? span_of_string(answer->end.detail) : SPAN_NONE,
                            .bytes = work->size,
                            .retryable = answer->end.retryable});
}

static void write_read(const PartAnswer *answer, const guint8 sha256[DIGEST_BYTES], RowBuffer *rows)
{
    ConversionRow row = answer->row;
    memcpy(row.sha256, sha256, DIGEST_BYTES);
    conversion_row_write(rows, &row);
    text_rows_write(rows, answer->text);
    row_buffer_append(rows, answer->rows);
}

/* The V row, and what the rows of a text have besides it. */
#define BESIDE_BYTES (64UL << 10)

/* In memory that no box inherits, as the answer is: so the rows may not grow out of it. */
Span partgroup_write(const PartWork *work, PartAnswer *answer, const guint8 sha256[DIGEST_BYTES])
{
    gsize most = 3 * answer->text.n + answer->rows.n + BESIDE_BYTES;
    if (!unshared_reserve(&answer->group, most))
        return SPAN_NONE;
    RowBuffer rows = {.bytes = answer->group.p, .capacity = most, .ceiling = most};
    if (answer->end.reason)
        write_dead(work, answer, sha256, &rows);
    else
        write_read(answer, sha256, &rows);
    return rows.failed ? SPAN_NONE : (Span){rows.bytes, rows.length};
}
