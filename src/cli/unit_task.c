/* unit_task.c - the requests by which a command has evidence read again. */
#include "cli/unit_task.h"

gboolean answer_next_row(PoolAnswer *answer, gsize *cursor, Row *row, GError **error)
{
    if (*cursor >= answer->length)
        return FALSE;
    char *line = answer->rows + *cursor;
    const char *end = memchr(line, '\n', answer->length - *cursor);
    gsize n = end ? (gsize)(end - line) : answer->length - *cursor;
    *cursor += n + 1;
    return row_split(line, n, row, error);
}
