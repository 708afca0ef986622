/* hold.c - holds and delays: what keeps content, or a notice, back. */
#include "notify/notify.h"

#include "notify/statement.h"

/* The newest such act as one row, compared column by column with what would be added. *found: there is one. */
static gboolean is_said(Query *query, const Span *fields, guint n, gboolean *found, gboolean *said,
                        GError **error)
{
    *found = *said = FALSE;
    while (query_step(query, error)) {
        *found = *said = TRUE;
        for (guint i = 0; i < n; i++) {
            Span has = query_get_text(query, i);
            *said = *said && has.n == fields[i].n && (!has.n || memcmp(has.p, fields[i].p, has.n) == 0);
        }
    }
    return query_ended(query);
}

static gboolean append(Store *store, Run *run, const char *kind, const Span *fields, guint n, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (act_record(store, run, kind, fields, n, NULL, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

gboolean notify_hold(Store *store, Run *run, const NotifyHold *hold, gboolean *added, GError **error)
{
    g_autofree char *ends = g_strdup_printf("%" G_GINT64_FORMAT, hold->ends);
    const Span fields[] = {span_of_string(hold->content),
                           span_of_string(hold->whom),
                           hold->lifted ? SPAN_OF("lifted") : SPAN_OF("held"),
                           span_of_string(hold->owner),
                           span_of_string(ends),
                           span_of_string(hold->reason)};
    gboolean found, said;
    Query *query = store_query(store, "notify.hold_now", error);
    if (!query)
        return FALSE;
    query_text(query, 1, fields[0]);
    query_text(query, 2, fields[1]);
    /* A hold that is lifted is lifted, whoever says so again. */
    if (!is_said(query, fields + 2, hold->lifted ? 1 : 4, &found, &said, error))
        return FALSE;
    *added = !said;
    if (hold->lifted && !found)
        return error_set(error, CANDOR_ERROR_MISSING,
                         "nothing is held there; candor export CASE holds lists holds");
    return said || append(store, run, "hold", fields, G_N_ELEMENTS(fields), error);
}

gboolean notify_delay(Store *store, Run *run, const NotifyDelay *delay, gboolean *added, GError **error)
{
    g_autofree char *ends = g_strdup_printf("%" G_GINT64_FORMAT, delay->ends);
    const Span fields[] = {span_of_string(delay->whom), span_of_string(delay->authority),
                           span_of_string(delay->basis), span_of_string(ends), span_of_string(delay->by)};
    gboolean found, said;
    Query *query = store_query(store, "notify.delay_now", error);
    if (!query)
        return FALSE;
    query_text(query, 1, fields[0]);
    if (!is_said(query, fields + 1, 3, &found, &said, error))
        return FALSE;
    *added = !said;
    return said || append(store, run, "delay", fields, G_N_ELEMENTS(fields), error);
}
