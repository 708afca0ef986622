/* scope.c - how sure it is, for each copy of a mail, that the intruder had it. */
#include "scope/scope.h"

#include "nouns/fact.h"
#include "scope/twins.h"

const char *const scope_tables[] = {"access",           "access_reason", "twin", "class_access",
                                    "intruder_contact", "scope_note",    NULL};

static gboolean run_named(Store *store, const char *name, GError **error)
{
    Query *query = store_query(store, name, error);
    return query && query_run(query, error);
}

/* Nobody can say what an intruder did not take where there is no log at all. */
static gboolean presume_without_log(Store *store, GError **error)
{
    Query *query = store_query(store, "scope.no_log", error);
    return query && query_run(query, error);
}

static gboolean build(Store *store, GError **error)
{
    return store_shadows_clear(store, scope_tables, error) && presume_without_log(store, error) &&
           run_named(store, "scope.access", error) && twins_build(store, error) &&
           run_named(store, "scope.class_access", error);
}

gboolean scope(Store *store, Run *run, GError **error)
{
    if (run->tools && run->tools->progress)
        run->tools->progress(run->tools->user, "scoping", 0, 0, 0);
    if (!store_begin(store, error))
        return FALSE;
    if (build(store, error) && store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}
