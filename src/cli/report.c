/* report.c - candor report: what is due to whom, by when, and how that was reckoned. */
#include "report/report.h"
#include "report/due.h"
#include "report/explain.h"
#include "report/ics.h"
#include "cli/fresh.h"
#include "cli/listing.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

static char *ics_path, *explained;

static const GOptionEntry options[] = {
    {"ics", 0, 0, G_OPTION_ARG_FILENAME, &ics_path, "Also write the deadlines as a calendar", "FILE"},
    {"explain", 0, 0, G_OPTION_ARG_STRING, &explained, "Show how this duty's deadline was reckoned", "DUTY"},
    {0},
};

static const Field fields[] = {{"duty", VALUE_TEXT, 20}, {"for", VALUE_TEXT, 12},
                               {"due", VALUE_TIME, 20},  {"left", VALUE_TEXT, 9},
                               {"state", VALUE_TEXT, 7}, {"recipient", VALUE_TEXT, 0}};
static const Field all_fields[] = {{"duty", VALUE_TEXT, 0},      {"customer", VALUE_TEXT, 0},
                                   {"recipient", VALUE_TEXT, 0}, {"began", VALUE_TIME, 0},
                                   {"due", VALUE_TIME, 0},       {"state", VALUE_TEXT, 0}};

/* "vendor", a customer's id, or how many there are. */
static char *whose(Query *query)
{
    gint64 count = query_get_int(query, 2);
    Span whom = query_get_text(query, 1);
    if (!whom.n)
        return g_strdup("vendor");
    return count == 1 ? span_dup(whom) : g_strdup_printf("%" G_GINT64_FORMAT " customers", count);
}

static void write_group(Writer *writer, Query *query, gint64 now)
{
    gboolean filed = span_equals(query_get_text(query, 4), "filed");
    g_autofree char *who = whose(query);
    g_autofree char *left = filed ? g_strdup("") : due_left(query_get_int(query, 3), now);
    writer_text(writer, query_get_text(query, 0));
    writer_text(writer, span_of_string(who));
    writer_time(writer, query_get_int(query, 3));
    writer_text(writer, span_of_string(left));
    writer_text(writer, query_get_text(query, 4));
    writer_text(writer, query_get_text(query, 5));
}

static gboolean write_groups(Store *store, Writer *writer, gint64 now, GError **error)
{
    Query *query = store_query(store, "report.deadline_groups", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        write_group(writer, query, now);
    return query_ended(query);
}

/* The duties whose clocks have not begun, and what they wait for. */
static gboolean print_waiting(FILE *out, Store *store, const Regimes *regimes, GError **error)
{
    gboolean first = TRUE;
    for (guint i = 0; i < regimes->duties->len; i++) {
        const Duty *duty = regimes->duties->pdata[i];
        gint64 count;
        Query *query = store_query(store, "report.deadline_count", error);
        if (!query)
            return FALSE;
        query_text(query, 1, span_of_string(duty->id));
        if (!query_only_int(query, &count, error))
            return FALSE;
        if (count)
            continue;
        fprintf(out, "%s%-22s begins with %s%s%s\n", first ? "\nNot begun:\n" : "", duty->id,
                duty->after ? "the filing of " : "", duty->after ? duty->after : duty->starts,
                duty->whose == FOR_CUSTOMERS ? ", for customers that it binds" : "");
        first = FALSE;
    }
    return TRUE;
}

static gboolean print_table(FILE *out, Store *store, const Regimes *regimes, gint64 now, GError **error)
{
    g_autoptr(Writer) writer =
        writer_new(out, FORMAT_TEXT, NULL, fields, G_N_ELEMENTS(fields), terminal_columns());
    return write_groups(store, writer, now, error) && print_waiting(out, store, regimes, error);
}

static gboolean print_rows(const Output *output, Store *store, GError **error)
{
    Query *query = store_query(store, "report.deadlines", error);
    if (!query)
        return FALSE;
    g_autoptr(Writer) writer =
        writer_new(output->file, FORMAT_NDJSON, NULL, all_fields, G_N_ELEMENTS(all_fields), 0);
    return listing_write(store, query, all_fields, G_N_ELEMENTS(all_fields), writer, output, error);
}

static gboolean print_explained(FILE *out, Store *store, const Regimes *regimes, gint64 now, GError **error)
{
    g_autoptr(GString) text = report_explain(store, regimes, explained, now, error);
    if (!text)
        return FALSE;
    fputs(text->str, out);
    return TRUE;
}

static gboolean print_deadlines(const StageRun *stage, const Regimes *regimes, GError **error)
{
    g_auto(Output) output = {0};
    gint64 now = stage->run->now;
    if (!output_open(&output, NULL, error))
        return FALSE;
    gboolean fine = explained          ? print_explained(output.file, stage->store, regimes, now, error)
                    : stage->cli->json ? print_rows(&output, stage->store, error)
                                       : print_table(output.file, stage->store, regimes, now, error);
    return fine && output_finish(&output, error);
}

static gboolean write_calendar(const StageRun *stage, const Regimes *regimes, GError **error)
{
    g_auto(Output) output = {0};
    if (!ics_path)
        return TRUE;
    g_autoptr(GString) text = report_ics(stage->store, regimes, stage->run->now, error);
    if (!text || !output_open(&output, ics_path, error))
        return FALSE;
    fwrite(text->str, 1, text->len, output.file);
    return output_finish(&output, error);
}

/* The vendor's own clocks run from the first hour; those of customers are known once attribute has seen their mail. */
static gboolean say_stale(const Cli *cli, Store *store, GError **error)
{
    static const StoreRole *const before[] = {&role_attribute, NULL};
    g_autofree char *stale = NULL;
    if (!stages_are_fresh(store, before, &stale, error))
        return FALSE;
    if (stale)
        remark(cli, "customers may be missing here: %s", stale);
    return TRUE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "report", &role_report, error);
    g_autoptr(Regimes) regimes = stage ? regimes_load(stage->tools->data, error) : NULL;
    if (!regimes || !say_stale(cli, stage->store, error) ||
        !report(stage->store, stage->run, regimes, error) ||
        !stage_run_swap(stage, report_tables, &role_report, error) ||
        !print_deadlines(stage, regimes, error) || !write_calendar(stage, regimes, error))
        return EXIT_FAULT;
    return stage_run_end(stage, error);
}

const Command command_report = {.word = "report",
                                .operands = "CASE",
                                .options = options,
                                .summary = "Reckon what is due to whom, and by when",
                                .least = 1,
                                .most = 1,
                                .run = run};
