/* intruder_acts.c - what case.yaml states of intruders becomes an act, when it differs from the newest. */
#include "cli/intruder_acts.h"

#include "cli/case_intruders.h"

/* A line of a set as one text, to be compared. */
static char *line_text(const char *intruder, const char *kind, const char *value, gint64 began, gint64 ended)
{
    return g_strdup_printf("%s\t%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", intruder, kind, value,
                           began, ended);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

/* Sorted here, since databases sort texts each in their own way. */
static char *joined(GPtrArray *lines)
{
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("", (char **)lines->pdata);
}

/* The set of the newest act. */
static char *known_intruders(Store *store, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) cause = NULL;
    Query *query = store_query(store, "acts.intruders", error);
    if (!query)
        return NULL;
    while (query_step(query, &cause)) {
        g_autofree char *intruder = span_dup(query_get_text(query, 0));
        g_autofree char *kind = span_dup(query_get_text(query, 1));
        g_autofree char *value = span_dup(query_get_text(query, 2));
        g_ptr_array_add(lines,
                        line_text(intruder, kind, value, query_get_int(query, 3), query_get_int(query, 4)));
    }
    if (!cause)
        return joined(lines);
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

static char *stated_intruders(const GPtrArray *stated)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < stated->len; i++) {
        const IntruderLine *line = stated->pdata[i];
        g_ptr_array_add(lines, line_text(line->intruder, line->kind, line->value, line->began, line->ended));
    }
    return joined(lines);
}

static gboolean add_line(Store *store, gint64 act, const IntruderLine *line, GError **error)
{
    Query *query = store_query(store, "acts.intruder_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    query_text(query, 2, span_of_string(line->intruder));
    query_text(query, 3, span_of_string(line->kind));
    query_text(query, 4, span_of_string(line->value));
    query_int(query, 5, line->began);
    query_int(query, 6, line->ended);
    return query_run(query, error);
}

gboolean intruder_acts_stand(Store *store, const CaseConfig *config, gboolean *stand, GError **error)
{
    g_autofree char *before = known_intruders(store, error);
    g_autofree char *now = stated_intruders(config->intruders);
    if (!before)
        return FALSE;
    *stand = g_str_equal(before, now);
    return TRUE;
}

static gboolean write_intruders(StageRun *stage, GError **error)
{
    const GPtrArray *stated = stage->folder->config->intruders;
    gboolean stand;
    gint64 act;
    if (!intruder_acts_stand(stage->store, stage->folder->config, &stand, error))
        return FALSE;
    if (stand)
        return TRUE;
    if (!act_next(stage->store, &act, error))
        return FALSE;
    for (guint i = 0; i < stated->len; i++)
        if (!add_line(stage->store, act, stated->pdata[i], error))
            return FALSE;
    return act_record(stage->store, stage->run, "intruders", NULL, 0, NULL, error);
}

gboolean intruder_acts_write(StageRun *stage, GError **error)
{
    if (!store_begin(stage->store, error))
        return FALSE;
    if (write_intruders(stage, error) && store_commit(stage->store, error))
        return TRUE;
    store_rollback(stage->store);
    return FALSE;
}
