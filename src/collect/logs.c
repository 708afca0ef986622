/* logs.c - what is known of a log as a file: how much it holds, and for which time it is complete. */
#include "collect/logs.h"

gboolean is_log_kind(const char *kind)
{
    return g_str_equal(kind, "audit-log") || g_str_equal(kind, "signin-log");
}

/* A row of a query kept while others are written: its columns as text, NULL for an absent one. */
typedef struct {
    gint64 item;
    char *columns[7];
} Line;

static void line_clear(gpointer data)
{
    Line *line = data;
    for (guint i = 0; i < G_N_ELEMENTS(line->columns); i++)
        g_free(line->columns[i]);
}

/* The rows of `query`: the item's id, then `n` columns, of which the first `texts` are text. */
static GArray *lines_of(Query *query, guint n, guint texts, GError **error)
{
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_autoptr(GError) cause = NULL;
    g_array_set_clear_func(lines, line_clear);
    while (query_step(query, &cause)) {
        Line line = {.item = query_get_int(query, 0)};
        for (guint i = 0; i < n; i++)
            if (!query_is_null(query, i + 1))
                line.columns[i] = i < texts
                                      ? span_dup(query_get_text(query, i + 1))
                                      : g_strdup_printf("%" G_GINT64_FORMAT, query_get_int(query, i + 1));
        g_array_append_val(lines, line);
    }
    if (!cause)
        return g_steal_pointer(&lines);
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

static void digest_line(Store *store, const char *table, const Line *line, guint n)
{
    Span fields[G_N_ELEMENTS(line->columns)];
    for (guint i = 0; i < n; i++)
        fields[i] = span_of_string(line->columns[i]);
    store_digest_fields(store, table, fields, n);
}

/* --- log_file -------------------------------------------------------------------------------------------------- */

static gboolean add_log_file(Store *store, const Line *line, GError **error)
{
    Query *query = store_query(store, "collect.log_file_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, line->item);
    for (guint i = 2; i < 7; i++)
        query_text(query, i, span_of_string(line->columns[i]));
    digest_line(store, "log_file", line, 7);
    return query_run(query, error);
}

static gboolean add_log_files(Store *store, GError **error)
{
    Query *query = store_query(store, "collect.logs_read", error);
    g_autoptr(GArray) lines = query ? lines_of(query, 7, 3, error) : NULL;
    for (guint i = 0; lines && i < lines->len; i++)
        if (!add_log_file(store, &g_array_index(lines, Line, i), error))
            return FALSE;
    return lines != NULL;
}

gboolean record_logs(Store *store, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (add_log_files(store, error) && store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}

/* --- log_stated ------------------------------------------------------------------------------------------------ */

static gboolean has_logs(Registering *it, const SourceGiven *given, GError **error)
{
    gint64 logs;
    Query *query = store_query(it->store, "collect.logs_of_source", error);
    if (!query)
        return FALSE;
    query_int(query, 1, it->source);
    if (!query_only_int(query, &logs, error))
        return FALSE;
    return logs > 0 ||
           error_set(error, CANDOR_ERROR_FORMAT,
                     "%s holds no log that candor knows, so it cannot be stated for which time it is "
                     "complete; see doc/logs-in-the-wild.md for the forms that are read",
                     given->path);
}

static gboolean add_stated(Registering *it, const SourceGiven *given, gint64 item, GError **error)
{
    Query *query = store_query(it->store, "collect.log_stated_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, item);
    query_int(query, 2, given->covers_from);
    query_int(query, 3, given->covers_to);
    return query_run(query, error);
}

gboolean state_logs(Registering *it, const SourceGiven *given, GError **error)
{
    Query *query = has_logs(it, given, error) ? store_query(it->store, "collect.logs_to_state", error) : NULL;
    if (!query)
        return FALSE;
    query_int(query, 1, it->source);
    query_int(query, 2, given->covers_from);
    query_int(query, 3, given->covers_to);
    g_autoptr(GArray) lines = lines_of(query, 0, 0, error);
    for (guint i = 0; lines && i < lines->len; i++)
        if (!add_stated(it, given, g_array_index(lines, Line, i).item, error))
            return FALSE;
    if (!lines)
        return FALSE;
    store_digest_reset(it->store, "log_stated");
    return store_digest_rows(it->store, "log_stated", "digest_of.log_stated", error);
}
