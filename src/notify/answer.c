/* answer.c - one answer for a group of what waits in plan_review. */
#include "notify/notify.h"

#include "notify/statement.h"

static char *hex_of(Span bytes)
{
    GString *hex = g_string_sized_new(bytes.n * 2);
    for (gsize i = 0; i < bytes.n; i++)
        g_string_append_printf(hex, "%02x", (guchar)bytes.p[i]);
    return g_string_free(hex, FALSE);
}

/* A row of notify.review_group: whom, kind, key, subject, type, mark, level. */
static gboolean rule(Store *store, Run *run, const NotifyAnswer *answer, Query *row, GError **error)
{
    g_autofree char *kind = g_strdup_printf("%" G_GINT64_FORMAT, query_get_int(row, 1));
    g_autofree char *key = hex_of(query_get_blob(row, 2)), *mark = hex_of(query_get_blob(row, 5));
    g_autofree char *level = g_strdup_printf("%" G_GINT64_FORMAT, query_get_int(row, 6));
    const Span fields[] = {
        span_of_string(answer->verb),  query_get_text(row, 0),     span_of_string(kind),
        span_of_string(key),           query_get_text(row, 3),     query_get_text(row, 4),
        span_of_string(mark),          span_of_string(level),      SPAN_OF(""),
        span_of_string(answer->group), span_of_string(answer->by), span_of_string(answer->reason),
    };
    return act_record(store, run, "ruling", fields, G_N_ELEMENTS(fields), NULL, error);
}

static gboolean rule_each(Store *store, Run *run, const NotifyAnswer *answer, guint64 *count, GError **error)
{
    Query *query = store_query(store, "notify.review_group", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(answer->group));
    query_text(query, 2, span_of_string(answer->whom ? answer->whom : ""));
    for (*count = 0; query_step(query, error); ++*count)
        if (!rule(store, run, answer, query, error))
            return FALSE;
    return query_ended(query);
}

gboolean notify_answer(Store *store, Run *run, const NotifyAnswer *answer, guint64 *count, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (rule_each(store, run, answer, count, error) && *count)
        return store_commit(store, error);
    store_rollback(store);
    return *count || !error || *error ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "nothing waits in the group %s; candor notify plan lists the groups that do",
                     answer->group);
}
