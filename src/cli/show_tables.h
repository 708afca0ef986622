/* show_tables.h - the lists that candor show prints: their statements and columns. */
#pragma once
#include "cli/listing.h"

typedef struct {
    const char *noun;
    const char *all, *of_message; /* statements: of the case, of one message; NULL = there is no such list */
    const Field *fields;
    guint count;
} ShowTable;

/* NULL when there is none of that name. */
const ShowTable *show_table(const char *noun);

/* Print a table: of one message when `content` is not 0. `schema` stands in JSON rows; NULL = none.
 * *rows: how many. */
gboolean show_table_print(Store *store, const ShowTable *table, gint64 content, Format format,
                          const char *schema, const Output *output, guint64 *rows, GError **error);
