/* listing.h - the rows of one statement, printed: what show, export and search have in common. */
#pragma once
#include "cli/output.h"
#include "cli/writer.h"
#include "store/store.h"

/* Write every row of `query` (bound by the caller) by the fields of `writer`, which are `fields`. */
gboolean listing_write(Store *store, Query *query, const Field *fields, guint count, Writer *writer,
                       const Output *output, GError **error);
/* Write the values of the present row of `query`; for callers that choose rows. */
gboolean listing_write_row(Store *store, Query *query, const Field *fields, guint count, Writer *writer,
                           GError **error);

/* Bytes as lower-case hex; g_free. */
char *span_hex(Span bytes);
