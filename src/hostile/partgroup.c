/* partgroup.c - what a part's box answered as a group of rows. */
#include "hostile/partgroup.h"

#include "hostile/limits.h"

/* The part of which nothing is known but that it ended its box. */
static void write_dead(const PartWork *work, const PartAnswer *answer, const guint8 sha256[DIGEST_BYTES],
                       RowBuffer *rows)
{
    ConversionRow row = {.item = work->item,
                         .converter = SPAN_OF(CONVERTER_NONE),
                         .version = span_of_string(converters_none(work->tools->converters)),
                         .state = PART_UNREAD,
                         .read = work->size,
                         .unscanned = work->size,
                         .gaps = 1};
    memcpy(row.sha256, sha256, DIGEST_BYTES);
    conversion_row_write(rows, &row);
    gap_row_write(rows,
                  &(GapRow){.item = work->item,
                            .reason = span_of_string(answer->end.reason),
                            .detail = answer->end.detail[0] ? span_of_string(answer->end.detail) : SPAN_NONE,
                            .bytes = work->size,
                            .retryable = answer->end.retryable});
}

void partgroup_write(const PartWork *work, const PartAnswer *answer, const guint8 sha256[DIGEST_BYTES],
                     RowBuffer *rows)
{
    row_buffer_init(rows, 3 * LIMIT_CONVERTED_TEXT_BYTES + 2 * LIMIT_CONVERSION_ROWS_BYTES);
    if (answer->end.reason) {
        write_dead(work, answer, sha256, rows);
        return;
    }
    ConversionRow row = answer->row;
    memcpy(row.sha256, sha256, DIGEST_BYTES);
    conversion_row_write(rows, &row);
    text_rows_write(rows, answer->text);
    row_buffer_append(rows, answer->rows);
}
