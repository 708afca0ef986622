/* unit_task.h - the requests by which a command has evidence read again. */
#pragma once
#include "pool/pool.h"

/* Where a source is for a worker: the folder to open beneath, and the name in it when the source is a
 * file ("" else). Both g_free. */
void source_root_and_name(const char *source_path, char **root, char **name);

/* The rows of an answer, one by one: moves *cursor to the next line. FALSE at the end, or with FORMAT
 * for a line that is no row. */
gboolean answer_next_row(PoolAnswer *answer, gsize *cursor, Row *row, GError **error);
