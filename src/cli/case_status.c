/* case_status.c - the state of a case in figures. */
#include "cli/case_status.h"

#include "cli/ask.h"
#include "cli/counts.h"
#include "cli/stages.h"

/* Runs on the screen. */
#define RUNS_SHOWN 4

static void run_line_free(gpointer data)
{
    RunLine *run = data;
    g_free(run->stage);
    g_free(run);
}

static void digest_line_free(gpointer data)
{
    DigestLine *digest = data;
    g_free(digest->table);
    g_free(digest->hex);
    g_free(digest);
}

void case_status_free(CaseStatus *status)
{
    if (!status)
        return;
    g_free(status->vendor);
    g_ptr_array_unref(status->missing);
    g_ptr_array_unref(status->runs);
    g_ptr_array_unref(status->digests);
    g_ptr_array_unref(status->stale);
    g_string_free(status->outdated, TRUE);
    g_ptr_array_unref(status->contradicted);
    g_free(status);
}

gboolean case_status_is_well(const CaseStatus *status)
{
    return sum_adds_up(&status->messages) && sum_adds_up(&status->bytes) && status->messages.other == 0 &&
           status->missing->len == 0 && status->units_open == 0;
}

/* Call `take` for each row of a statement. */
typedef void (*TakeRow)(CaseStatus *status, Store *store, Query *query);

static gboolean each_row(CaseStatus *status, Store *store, Query *query, TakeRow take, GError **error)
{
    while (query_step(query, error))
        take(status, store, query);
    return query_ended(query);
}

static void take_source(CaseStatus *status, Store *store, Query *query)
{
    (void)store;
    g_autofree char *path = span_dup(query_get_text(query, 2));
    status->sources++;
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        g_ptr_array_add(status->missing, g_steal_pointer(&path));
}

/* What the store knows only of a run that holds the lock now. */
static const char *state_of(Span state, gboolean is_newest, gboolean is_running)
{
    if (span_equals(state, "running"))
        return is_newest && is_running ? "running" : "broken off";
    return span_equals(state, "done") ? "done" : "incomplete";
}

static void take_run(CaseStatus *status, Store *store, Query *query)
{
    RunLine *run = g_new0(RunLine, 1);
    run->stage = span_dup(query_get_text(query, 1));
    run->state = state_of(query_get_text(query, 2), status->runs->len == 0, store_is_running(store));
    run->began = query_get_int(query, 3);
    run->ended = query_is_null(query, 4) ? 0 : query_get_int(query, 4);
    g_ptr_array_add(status->runs, run);
}

static void take_digest(CaseStatus *status, Store *store, Query *query)
{
    (void)store;
    DigestLine *digest = g_new0(DigestLine, 1);
    digest->table = span_dup(query_get_text(query, 0));
    g_ptr_array_add(status->digests, digest);
}

static gboolean read_lists(CaseStatus *status, Store *store, GError **error)
{
    Query *sources = store_query(store, "status.sources", error);
    if (!sources || !each_row(status, store, sources, take_source, error))
        return FALSE;
    Query *runs = store_query(store, "status.runs", error);
    if (!runs)
        return FALSE;
    query_int(runs, 1, RUNS_SHOWN);
    return each_row(status, store, runs, take_run, error);
}

gboolean case_status_read_digests(CaseStatus *status, Store *store, GError **error)
{
    Query *digests = store_query(store, "status.digests", error);
    if (!digests || !each_row(status, store, digests, take_digest, error))
        return FALSE;
    for (guint i = 0; i < status->digests->len; i++) {
        DigestLine *digest = status->digests->pdata[i];
        digest->hex = store_digest(store, digest->table, error);
        if (!digest->hex)
            return FALSE;
    }
    return TRUE;
}

static gboolean read_counts(CaseStatus *status, Store *store, GError **error)
{
    Counts counts;
    gint64 messages[6], units[2];
    if (!ask_numbers(store, "status.accounting", messages, G_N_ELEMENTS(messages), error) ||
        !ask_numbers(store, "status.units", units, G_N_ELEMENTS(units), error) ||
        !counts_read(store, &counts, error))
        return FALSE;
    status->messages = (Sum){(guint64)messages[0], (guint64)messages[1], (guint64)messages[2]};
    status->contents = (guint64)messages[3];
    status->part_gaps = (guint64)messages[4];
    status->retryable_gaps = (guint64)messages[5];
    status->bytes = (Sum){(guint64)counts.read, (guint64)counts.scanned, (guint64)counts.unscanned};
    status->units_open = (guint64)(units[0] - units[1]);
    status->findings = (guint64)counts.findings;
    status->messages_with_findings = (guint64)counts.messages_with_findings;
    return TRUE;
}

/* What the stages made of it. */
static gboolean read_stages(CaseStatus *status, Store *store, GError **error)
{
    gint64 levels[4], covered[4], uncovered[2], exposed[2], reach[5], alerts[2];
    if (!ask_numbers(store, "status.levels", levels, G_N_ELEMENTS(levels), error) ||
        !ask_numbers(store, "status.covered", covered, G_N_ELEMENTS(covered), error) ||
        !ask_numbers(store, "status.uncovered", uncovered, G_N_ELEMENTS(uncovered), error) ||
        !ask_numbers(store, "status.exposed", exposed, G_N_ELEMENTS(exposed), error) ||
        !ask_numbers(store, "status.reach", reach, G_N_ELEMENTS(reach), error) ||
        !ask_numbers(store, "watch.count", alerts, G_N_ELEMENTS(alerts), error))
        return FALSE;
    status->confirmed = levels[0], status->presumed = levels[1], status->possible = levels[2];
    status->mails = levels[3];
    status->covered_from = covered[0], status->covered_to = covered[1], status->logs = covered[2];
    status->unparsed = covered[3];
    status->uncovered = uncovered[0], status->holes = uncovered[1];
    status->customers = exposed[0], status->persons = exposed[1];
    status->alerts = alerts[0], status->alerts_valid = alerts[1];
    status->told = reach[0], status->pending = reach[1], status->held = reach[2], status->delayed = reach[3];
    status->owed = reach[4];
    return TRUE;
}

/* The first stage that has not seen all that is there: what comes after it waits for it. */
static gboolean read_stale(CaseStatus *status, Store *store, GError **error)
{
    for (guint i = 0; stages_in_order[i]; i++) {
        StageState state;
        const char *table;
        if (!store_stage_state(store, stages_in_order[i], &state, &table, error))
            return FALSE;
        if (state == STAGE_STALE || (state == STAGE_NEVER && status->messages.one && i < STAGES_ALWAYS))
            g_ptr_array_add(status->stale, g_strdup(stages_in_order[i]->name));
        if (state == STAGE_STALE)
            g_string_append_printf(status->outdated, "%s%s", status->outdated->len ? ", " : "",
                                   stages_in_order[i]->name);
    }
    return TRUE;
}

static void take_contradicted(CaseStatus *status, Store *store, Query *query)
{
    (void)store;
    g_autofree char *place = span_dup(query_get_text(query, 2)),
                    *measure = span_dup(query_get_text(query, 3));
    g_ptr_array_add(status->contradicted, g_strdup_printf("%s (%s)", place, measure));
}

/* Asked only where something was said: the answer counts all mail. */
static gboolean read_statements(CaseStatus *status, Store *store, GError **error)
{
    gint64 statements;
    if (!ask_numbers(store, "status.statements", &statements, 1, error))
        return FALSE;
    Query *query = statements ? store_query(store, "report.contradicted", error) : NULL;
    return statements == 0 || (query && each_row(status, store, query, take_contradicted, error));
}

CaseStatus *case_status_read(Store *store, GError **error)
{
    g_autoptr(CaseStatus) status = g_new0(CaseStatus, 1);
    status->missing = g_ptr_array_new_with_free_func(g_free);
    status->runs = g_ptr_array_new_with_free_func(run_line_free);
    status->digests = g_ptr_array_new_with_free_func(digest_line_free);
    status->outdated = g_string_new(NULL);
    status->stale = g_ptr_array_new_with_free_func(g_free);
    status->contradicted = g_ptr_array_new_with_free_func(g_free);
    status->vendor = ask_text_of(store, "status.meta", "vendor", error);
    if (!status->vendor || !read_counts(status, store, error) || !read_lists(status, store, error) ||
        !read_stages(status, store, error) || !read_stale(status, store, error) ||
        !read_statements(status, store, error))
        return NULL;
    return g_steal_pointer(&status);
}
