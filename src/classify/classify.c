/* classify.c - findings and views are built in the shadow, then swapped in. */
#include "classify/classify.h"

#include "classify/findings.h"
#include "classify/views.h"

static gboolean run_each(Store *store, const char *const *names, GError **error)
{
    for (; *names; names++) {
        Query *query = store_query(store, *names, error);
        if (!query || !query_run(query, error))
            return FALSE;
    }
    return TRUE;
}

/* Run the named statements as one transaction. */
static gboolean run_together(Store *store, const char *const *names, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (run_each(store, names, error) && store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}

gboolean classify_swap(Store *store, GError **error)
{
    static const char *const steps[] = {
        "swap.finding_drop",        "swap.finding_rename",
        "schema.finding_new",       "swap.message_view_drop",
        "swap.message_view_rename", "schema.message_view_new",
        "swap.part_view_drop",      "swap.part_view_rename",
        "schema.part_view_new",     NULL,
    };
    return run_together(store, steps, error) && store_search_indexes_build(store, error);
}

gboolean classify(Store *store, Run *run, GError **error)
{
    static const char *const clear[] = {"classify.finding_clear", "classify.subject_view_clear",
                                        "classify.filename_view_clear", NULL};
    if (run->tools && run->tools->progress)
        run->tools->progress(run->tools->user, "classifying", 0, 0, 0);
    if (!store_begin(store, error))
        return FALSE;
    store_digest_reset(store, "finding");
    if (run_each(store, clear, error) && findings_build(store, error) && views_build(store, error) &&
        store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}
