/* meta.c - what a case says of itself: names and values. */
#include "store/private.h"

char *store_meta(Store *store, const char *name, GError **error)
{
    Query *query = store_query(store, "meta.get", error);
    if (!query)
        return NULL;
    g_autofree char *value = NULL;
    query_text(query, 1, span_of_string(name));
    if (query_step(query, error)) {
        value = span_dup(query_get_text(query, 0));
        query_step(query, error);
    }
    if (!query_ended(query))
        return NULL;
    if (!value)
        error_set(error, CANDOR_ERROR_MISSING, "case %s does not say its %s: it is damaged", store->folder,
                  name);
    return g_steal_pointer(&value);
}

gboolean store_meta_set(Store *store, const char *name, const char *value, GError **error)
{
    Query *query = store_query(store, "meta.set", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(name));
    query_text(query, 2, span_of_string(value));
    return query_run(query, error);
}
