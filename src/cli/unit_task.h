/* unit_task.h - the requests by which a command has evidence read again. */
#pragma once
#include "pool/pool.h"

/* The rows of an answer, one by one: moves *cursor to the next line. FALSE at the end, or with FORMAT
 * for a line that is no row. */
gboolean answer_next_row(PoolAnswer *answer, gsize *cursor, Row *row, GError **error);
