/* statement.h - statements of notify.sql that take nothing and give nothing, or are read row by row. */
#pragma once
#include "store/store.h"

/* Run each of the statements, up to NULL. */
gboolean statements_run(Store *store, const char *const *names, GError **error);
/* The content whose key these hex digits are; 0 when they are none, or there is no such content. */
gboolean content_named(Store *store, Span hex, gint64 *content, GError **error);
/* Bytes from hex digits, g_free; NULL when `hex` is not hex. *n: how many. */
guint8 *bytes_of_hex(Span hex, gsize *n);
/* The first column of the first row as a text; "" when there is no row. g_free. NULL with *error. */
char *query_only_text(Query *query, GError **error);
