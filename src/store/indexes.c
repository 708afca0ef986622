/* indexes.c - the indexes that searching wants and loading does not. */
#include "store/private.h"

static gboolean run_together(Store *store, const char *group, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (store_run_group(store, group, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

gboolean store_search_indexes_build(Store *store, GError **error)
{
    return run_together(store, "search_index.", error);
}

gboolean store_search_indexes_drop(Store *store, GError **error)
{
    return run_together(store, "search_drop.", error);
}
