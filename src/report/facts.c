/* facts.c - event-facts and filings as clocks see them: the newest of each. */
#include "report/facts.h"

#include <string.h>

static void happened_free(gpointer data)
{
    Happened *it = data;
    g_free(it->what);
    g_free(it->whom);
    g_free(it);
}

static GPtrArray *read_all(Store *store, const char *statement, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(happened_free);
    Query *query = store_query(store, statement, error);
    if (!query)
        return NULL;
    while (query_step(query, error)) {
        Happened *it = g_new(Happened, 1);
        *it = (Happened){.what = span_dup(query_get_text(query, 0)),
                         .whom = span_dup(query_get_text(query, 1)),
                         .at = query_get_int(query, 2),
                         .act = query_get_int(query, 3)};
        g_ptr_array_add(all, it);
    }
    return query_ended(query) ? g_steal_pointer(&all) : NULL;
}

GPtrArray *event_facts_read(Store *store, GError **error)
{
    return read_all(store, "report.facts", error);
}

GPtrArray *filings_read(Store *store, GError **error)
{
    return read_all(store, "report.filings", error);
}

const Happened *happened_find(const GPtrArray *all, const char *what, const char *whom)
{
    for (guint i = 0; i < all->len; i++) {
        const Happened *it = all->pdata[i];
        if (strcmp(it->what, what) == 0 && strcmp(it->whom, whom) == 0)
            return it;
    }
    return NULL;
}
