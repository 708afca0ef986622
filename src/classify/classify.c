/* classify.c - findings and views are built in the shadow, then swapped in. */
#include "classify/classify.h"

#include "classify/findings.h"
#include "classify/views.h"

gboolean classify_swap(Store *store, GError **error)
{
    static const char *const steps[] = {
        "swap.finding_drop",        "swap.finding_rename",
        "schema.finding_new",       "swap.message_view_drop",
        "swap.message_view_rename", "schema.message_view_new",
        "swap.part_view_drop",      "swap.part_view_rename",
        "schema.part_view_new",     NULL,
    };
    return store_run_together(store, steps, error) && store_search_indexes_build(store, error);
}

gboolean classify(Store *store, Run *run, GError **error)
{
    if (run->tools && run->tools->progress)
        run->tools->progress(run->tools->user, "classifying", 0, 0, 0);
    if (!store_begin(store, error))
        return FALSE;
    store_digest_reset(store, "finding");
    if (store_run_group(store, "classify_clear.", error) && findings_build(store, error) &&
        views_build(store, error) && store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}
