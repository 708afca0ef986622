/* indexes.c - the indexes that searching wants and loading does not. */
#include "store/private.h"

gboolean store_search_indexes_build(Store *store, GError **error)
{
    return store_run_together(store, (const char *const[]){"search_index.", NULL}, error);
}

gboolean store_search_indexes_drop(Store *store, GError **error)
{
    return store_run_together(store, (const char *const[]){"search_drop.", NULL}, error);
}
