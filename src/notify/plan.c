/* plan.c - the plan, step by step: what is known, what is owed, whom to tell. */
#include "notify/notify.h"

#include "notify/plan_acts.h"
#include "notify/statement.h"

const char *const notify_tables[] = {"plan_notice", "plan_fact", "plan_review", NULL};

/* Only a telling that covers "all before" asks when each mail was first held: the whole table of copies. */
static gboolean fill_held(Store *store, GError **error)
{
    static const char *const clear[] = {"plan.twin_clear", "plan.twin", "plan.held_clear", NULL};
    static const char *const fill[] = {"plan.held", NULL};
    gint64 tellings;
    return statements_run(store, clear, error) &&
           store_ask_int(store, "plan.tellings_before", &tellings, error) &&
           (!tellings || statements_run(store, fill, error));
}

static gboolean find_known(Store *store, GError **error)
{
    static const char *const who_is_who[] = {"plan.heir_clear", "plan.heir", NULL};
    static const char *const arrived[] = {"plan.delivery_clear", "plan.delivery",        "plan.telling_clear",
                                          "plan.telling",        "plan.successor_clear", "plan.successor",
                                          "plan.reach_clear",    "plan.reach",           NULL};
    static const char *const known[] = {"plan.closed_clear", "plan.closed", "plan.known_clear", "plan.known",
                                        NULL};
    return statements_run(store, who_is_who, error) && statements_run(store, arrived, error) &&
           fill_held(store, error) && statements_run(store, known, error);
}

/* What is owed, then what was told and holds no more. */
static gboolean find_owed(Store *store, GError **error)
{
    static const char *const owed[] = {"plan.owed",       "plan.gone_clear", "plan.gone",
                                       "plan.read_clear", "plan.read",       NULL};
    static const char *const rest[] = {"plan.resolved", "plan.available", "plan.corrected",
                                       "plan.review",   "plan.waiting",   NULL};
    return plan_rulings(store, error) && plan_holds(store, error) && statements_run(store, owed, error) &&
           plan_reads_unhashed(store, error) && statements_run(store, rest, error);
}

static gboolean make_notices(Store *store, gint64 now, GError **error)
{
    static const char *const contacts[] = {"plan.delay_clear", "plan.delay",          "plan.contact_clear",
                                           "plan.contact",     "plan.contact_person", NULL};
    Query *query = statements_run(store, contacts, error) ? store_query(store, "plan.notice", error) : NULL;
    if (!query)
        return FALSE;
    query_int(query, 1, now);
    if (!query_run(query, error))
        return FALSE;
    query = store_query(store, "plan.no_contact", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, SPAN_OF(""));
    return query_run(query, error);
}

gboolean notify_plan(Store *store, Run *run, GError **error)
{
    const char *data_dir = run->tools ? run->tools->data_dir : NULL;
    if (!store_begin(store, error))
        return FALSE;
    if (store_shadows_clear(store, notify_tables, error) && plan_renames(store, data_dir, error) &&
        find_known(store, error) && find_owed(store, error) && make_notices(store, run->now, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
