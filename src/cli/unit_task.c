/* unit_task.c - the requests by which a command has evidence read again. */
#include "cli/unit_task.h"

void source_root_and_name(const char *source_path, char **root, char **name)
{
    if (g_file_test(source_path, G_FILE_TEST_IS_DIR)) {
        *root = g_strdup(source_path);
        *name = g_strdup("");
    } else {
        *root = g_path_get_dirname(source_path);
        *name = g_path_get_basename(source_path);
    }
}

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
