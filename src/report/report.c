/* report.c - deadlines: for each duty what began its clock, and for whom. */
#include "report/report.h"

#include <string.h>
#include "report/due.h"
#include "report/facts.h"

const char *const report_tables[] = {"deadline", NULL};

typedef struct {
    Store *store;
    GPtrArray *facts, *filings; /* Happened * */
} Reckoning;

static void reckoning_clear(Reckoning *it)
{
    g_clear_pointer(&it->facts, g_ptr_array_unref);
    g_clear_pointer(&it->filings, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reckoning, reckoning_clear)

/* ",AT,BE," for LIKE; "" for any. */
static char *listed(char **of)
{
    if (!of)
        return g_strdup("");
    g_autofree char *joined = g_strjoinv(",", of);
    return g_strdup_printf(",%s,", joined);
}

static gboolean add_one(Reckoning *it, const Duty *duty, const char *whom, gint64 began, gint64 since,
                        GError **error)
{
    gint64 due;
    Query *query = due_reckon(duty, began, &due, NULL, error)
                       ? store_query(it->store, "report.deadline_add", error)
                       : NULL;
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(duty->id));
    query_text(query, 2, span_of_string(whom));
    query_text(query, 3, span_of_string(duty->recipient));
    query_int(query, 4, began);
    query_int(query, 5, due);
    query_int(query, 6, since);
    return query_run(query, error);
}

/* What happened for everybody begins the clock of every customer that has no event of its own. */
static gboolean add_for_all(Reckoning *it, const Duty *duty, const Happened *start, GError **error)
{
    gint64 due;
    g_autofree char *sectors = listed(duty->sectors), *countries = listed(duty->countries);
    Query *query = due_reckon(duty, start->at, &due, NULL, error)
                       ? store_query(it->store, "report.deadline_of_all", error)
                       : NULL;
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(duty->id));
    query_text(query, 2, span_of_string(start->what));
    query_text(query, 3, span_of_string(duty->recipient));
    query_int(query, 4, start->at);
    query_int(query, 5, due);
    query_int(query, 6, start->act);
    query_text(query, 7, span_of_string(sectors));
    query_text(query, 8, span_of_string(countries));
    return query_run(query, error);
}

static gboolean add_own(Reckoning *it, const Duty *duty, GError **error)
{
    g_autofree char *sectors = listed(duty->sectors), *countries = listed(duty->countries);
    Query *query = store_query(it->store, "report.facts_of_customers", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(duty->starts));
    query_text(query, 2, span_of_string(sectors));
    query_text(query, 3, span_of_string(countries));
    while (query_step(query, error)) {
        g_autofree char *whom = span_dup(query_get_text(query, 0));
        if (!add_one(it, duty, whom, query_get_int(query, 1), query_get_int(query, 2), error))
            return FALSE;
    }
    return query_ended(query);
}

static gboolean add_duty(Reckoning *it, const Duty *duty, GError **error)
{
    const Happened *start = duty->after ? happened_find(it->filings, duty->after, "")
                                        : happened_find(it->facts, duty->starts, "");
    if (duty->whose == FOR_VENDOR)
        return !start || add_one(it, duty, "", start->at, start->act, error);
    return (!start || add_for_all(it, duty, start, error)) && (duty->after || add_own(it, duty, error));
}

static gboolean mark_delayed(Store *store, const Duty *duty, gint64 now, GError **error)
{
    Query *query = duty->delay ? store_query(store, "report.deadline_delayed", error) : NULL;
    if (!query)
        return !duty->delay;
    query_text(query, 1, span_of_string(duty->id));
    query_int(query, 2, now);
    return query_run(query, error);
}

static gboolean mark(Store *store, const Regimes *regimes, gint64 now, GError **error)
{
    Query *filed = store_query(store, "report.deadline_filed", error);
    if (!filed || !query_run(filed, error))
        return FALSE;
    Query *overdue = store_query(store, "report.deadline_overdue", error);
    if (!overdue)
        return FALSE;
    query_int(overdue, 1, now);
    if (!query_run(overdue, error))
        return FALSE;
    for (guint i = 0; i < regimes->duties->len; i++)
        if (!mark_delayed(store, regimes->duties->pdata[i], now, error))
            return FALSE;
    return TRUE;
}

static gboolean build(Store *store, const Regimes *regimes, gint64 now, GError **error)
{
    g_auto(Reckoning) it = {.store = store};
    it.facts = event_facts_read(store, error);
    it.filings = it.facts ? filings_read(store, error) : NULL;
    if (!it.filings || !store_shadows_clear(store, report_tables, error))
        return FALSE;
    for (guint i = 0; i < regimes->duties->len; i++)
        if (!add_duty(&it, regimes->duties->pdata[i], error))
            return FALSE;
    return mark(store, regimes, now, error);
}

gboolean report(Store *store, Run *run, const Regimes *regimes, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (build(store, regimes, run->now, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
