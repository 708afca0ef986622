/* status.c - candor status: one screen that says whether the case adds up. */
#include <string.h>
#include "lib/escape.h"
#include "lib/moment.h"
#include "cli/ask.h"
#include "cli/case_folder.h"
#include "cli/case_status.h"
#include "cli/output.h"
#include "cli/stages.h"
#include "cli/status_json.h"
#include "cli/todo.h"
#include "cli/writer.h"

/* Label column of the screen. */
#define LABEL 12
/* Lines of what a person must do, before the rest is only counted. */
#define TODOS_SHOWN 8
#define HOUR (G_GINT64_CONSTANT(60) * 60 * G_USEC_PER_SEC)

static gboolean with_digests;

static const GOptionEntry options[] = {
    {"digests", 0, 0, G_OPTION_ARG_NONE, &with_digests, "The digest of every table too", NULL},
    {0},
};

static void print_label(FILE *out, const char *label)
{
    fprintf(out, "%-*s", LABEL, label);
}

/* Vendor, sources and files have names from outside. */
static void print_outside(FILE *out, const char *text)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    escape_terminal(shown, span_of_string(text));
    fputs(shown->str, out);
}

static void print_count(FILE *out, const char *before, guint64 count, const char *after)
{
    g_autofree char *digits = progress_count(count);
    fprintf(out, "%s%s%s", before, digits, after);
}

static void print_equation(FILE *out, const char *label, const Sum *sum, const char *const names[3])
{
    print_label(out, label);
    print_count(out, "", sum->whole, "");
    fprintf(out, " %s %s ", names[0], sum_adds_up(sum) ? "=" : "DIFFERS FROM");
    print_count(out, "", sum->one, " ");
    fprintf(out, "%s + ", names[1]);
    print_count(out, "", sum->other, " ");
    fprintf(out, "%s\n", names[2]);
}

static void print_sources(FILE *out, const CaseStatus *status)
{
    print_label(out, "sources");
    print_count(out, "", status->sources, "");
    print_count(out, ", ", status->missing->len, " not where they were\n");
}

static void print_runs(FILE *out, const CaseStatus *status)
{
    for (guint i = 0; i < status->runs->len; i++) {
        const RunLine *line = status->runs->pdata[i];
        g_autofree char *began = moment_format(line->began);
        g_autofree char *took =
            line->ended ? progress_duration((line->ended - line->began) / G_USEC_PER_SEC) : NULL;
        print_label(out, i ? "" : "last runs");
        fprintf(out, "%-9s %-10s %.19sZ%s%s\n", line->stage, line->state, began, took ? " took " : "",
                took ? took : "");
    }
}

/* --- what the stages made of it ---------------------------------------------------------------------------- */

static void print_moment(FILE *out, gint64 moment)
{
    g_autofree char *text = moment_format(moment);
    fprintf(out, "%.10s %.5s", text, text + strlen("2025-10-06T"));
}

static void print_logs(FILE *out, const CaseStatus *status)
{
    if (!status->logs)
        return;
    print_label(out, "logs");
    print_count(out, "", (guint64)status->logs, ", from ");
    print_moment(out, status->covered_from);
    fputs(" to ", out);
    print_moment(out, status->covered_to);
    print_count(out, "; ", (guint64)status->unparsed, " records unread\n");
    if (status->holes) {
        print_label(out, "");
        print_count(out, "", (guint64)(status->uncovered / HOUR),
                    " hours of an intruder's stay are in no log\n");
    }
}

static void print_levels(FILE *out, const CaseStatus *status)
{
    if (!status->mails)
        return;
    print_label(out, "taken");
    print_count(out, "of ", (guint64)status->mails, " mails ");
    print_count(out, "", (guint64)status->confirmed, " confirmed, ");
    print_count(out, "", (guint64)status->presumed, " presumed, ");
    print_count(out, "", (guint64)status->possible, " possible\n");
}

static void print_people(FILE *out, const CaseStatus *status)
{
    if (!status->customers && !status->persons)
        return;
    print_label(out, "concerned");
    print_count(out, "", (guint64)status->customers, " customers, ");
    print_count(out, "", (guint64)status->persons, status->persons == 1 ? " person: " : " persons: ");
    print_count(out, "", (guint64)status->owed, " owed, ");
    print_count(out, "", (guint64)status->told, " told, ");
    print_count(out, "", (guint64)status->pending, " pending, ");
    print_count(out, "", (guint64)status->delayed, " delayed; ");
    print_count(out, "", (guint64)status->held, " holds\n");
}

/* --- what is wrong, and what is next ----------------------------------------------------------------------- */

/* The label stands at the first alarm only. */
static void print_alarm(FILE *out, guint *printed, const char *what, const char *text)
{
    print_label(out, (*printed)++ ? "" : "alarms");
    fputs(what, out);
    print_outside(out, text);
    fputs("\n", out);
}

static void print_alerts(FILE *out, guint *printed, const CaseStatus *status)
{
    if (!status->alerts)
        return;
    print_label(out, (*printed)++ ? "" : "alarms");
    print_count(out, "what was stolen is tried: ", (guint64)status->alerts,
                status->alerts == 1 ? " sign-in from an unknown place, " : " sign-ins from unknown places, ");
    print_count(out, "", (guint64)status->alerts_valid, " with what still opens: candor watch\n");
}

static void print_alarms(FILE *out, const CaseStatus *status, const GPtrArray *todos)
{
    guint printed = 0;
    for (guint i = 0; i < status->missing->len; i++)
        print_alarm(out, &printed, "missing: ", status->missing->pdata[i]);
    for (guint i = 0; i < status->contradicted->len; i++)
        print_alarm(out, &printed, "no longer true: what was said at ", status->contradicted->pdata[i]);
    if (status->outdated->len)
        print_alarm(out, &printed, "made of what is not all any more: ", status->outdated->str);
    print_alerts(out, &printed, status);
    todo_print(out, todos, TODO_LATE, printed ? "" : "alarms", LABEL, G_MAXUINT);
}

/* Candor's own next step; a person's are printed after it. */
static gboolean print_stale(FILE *out, const CaseStatus *status)
{
    if (status->units_open) {
        print_label(out, "next");
        print_count(out, "candor collect: ", status->units_open, " units are not read yet\n");
    } else if (status->stale->len) {
        const char *stage = status->stale->pdata[0];
        print_label(out, "next");
        fprintf(out, "candor %s%s: there is something that it has not seen\n", stage,
                strcmp(stage, "notify") == 0 ? " plan" : "");
    }
    return status->units_open || status->stale->len;
}

static void print_digests(FILE *out, const CaseStatus *status)
{
    for (guint i = 0; i < status->digests->len; i++) {
        const DigestLine *digest = status->digests->pdata[i];
        print_label(out, i ? "" : "digests");
        fprintf(out, "%-16s %.32s…\n", digest->table, digest->hex);
    }
}

static void print_screen(FILE *out, const CaseStatus *status, const GPtrArray *todos)
{
    static const char *const of_messages[] = {"declared", "read", "gaps"};
    static const char *const of_bytes[] = {"bytes read", "scanned", "unscanned"};
    print_label(out, "vendor");
    print_outside(out, *status->vendor ? status->vendor : "not stated");
    fputs("\n", out);
    print_equation(out, "messages", &status->messages, of_messages);
    print_label(out, "");
    print_count(out, "", status->contents, " different ones\n");
    print_equation(out, "parts", &status->bytes, of_bytes);
    print_label(out, "gaps");
    print_count(out, "", status->part_gaps, " in messages that were read; ");
    print_count(out, "", status->retryable_gaps, " can be tried again\n");
    print_label(out, "findings");
    print_count(out, "", status->findings, " in ");
    print_count(out, "", status->messages_with_findings, " messages\n");
    print_sources(out, status);
    print_logs(out, status);
    print_levels(out, status);
    print_people(out, status);
    print_runs(out, status);
    print_alarms(out, status, todos);
    gboolean stale = print_stale(out, status);
    if (!stale || todos->len)
        todo_print(out, todos, TODO_IN_TIME, stale ? "" : "next", LABEL, TODOS_SHOWN);
    print_digests(out, status);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], FALSE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    g_autoptr(CaseStatus) status = store ? case_status_read(store, error) : NULL;
    g_autoptr(GPtrArray) todos = status ? todo_read(store, operands[0], error) : NULL;
    g_auto(Output) output = {0};
    if (!todos || ((with_digests || cli->json) && !case_status_read_digests(status, store, error)) ||
        !output_open(&output, NULL, error))
        return EXIT_FAULT;
    if (cli->json)
        status_print_json(output.file, status, todos);
    else
        print_screen(output.file, status, todos);
    if (!output_finish(&output, error))
        return EXIT_FAULT;
    return case_status_is_well(status) ? EXIT_DONE : EXIT_GAPS;
}

const Command command_status = {.word = "status",
                                .operands = "CASE",
                                .options = options,
                                .least = 1,
                                .most = 1,
                                .run = run,
                                .summary = "Say on one screen whether the case adds up, and what is next"};
