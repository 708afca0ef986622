/* ask.c - statements that answer with one row. */
#include "cli/ask.h"

/* Step past the row, so that the statement is at rest again. */
static gboolean finish(Query *query, GError **error)
{
    gboolean more = query_step(query, error);
    if (more)
        return error_set(error, CANDOR_ERROR_BUG, "a statement that answers with one row gave two");
    return query_ended(query);
}

/* Step to the row that must be there. */
static gboolean to_row(Query *query, const char *statement, GError **error)
{
    if (query_step(query, error))
        return TRUE;
    return query_ended(query) && error_set(error, CANDOR_ERROR_BUG, "statement %s gave no row", statement);
}

gboolean ask_numbers(Store *store, const char *statement, gint64 *numbers, guint count, GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    if (!to_row(query, statement, error))
        return FALSE;
    for (guint i = 0; i < count; i++)
        numbers[i] = query_get_int(query, i);
    return finish(query, error);
}

gboolean ask_number_of(Store *store, const char *statement, const char *of, gint64 *number, GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(of));
    if (!to_row(query, statement, error))
        return FALSE;
    *number = query_get_int(query, 0);
    return finish(query, error);
}

char *ask_text_of(Store *store, const char *statement, const char *of, GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return NULL;
    query_text(query, 1, span_of_string(of));
    g_autofree char *text = NULL;
    while (query_step(query, error)) {
        g_free(text);
        text = span_dup(query_get_text(query, 0));
    }
    if (!query_ended(query))
        return NULL;
    return text ? g_steal_pointer(&text) : g_strdup("");
}
