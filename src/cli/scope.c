/* scope.c - candor scope: how sure it is, for each copy of a mail, that it was taken. */
#include "scope/scope.h"
#include "cli/intruder_acts.h"
#include "cli/output.h"
#include "cli/listing.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

/* What is said at the end: a statement and its columns each. */
static const Field level_fields[] = {
    {"level", VALUE_LEVEL, 12}, {"copies", VALUE_NUMBER, 10}, {"mails", VALUE_NUMBER, 0}};
static const Field reason_fields[] = {
    {"reason", VALUE_TEXT, 26}, {"level", VALUE_LEVEL, 12}, {"copies", VALUE_NUMBER, 0}};
static const Field record_fields[] = {
    {"read", VALUE_NUMBER, 12}, {"unique", VALUE_NUMBER, 12}, {"unparsed", VALUE_NUMBER, 0}};
static const Field mailbox_fields[] = {{"mailbox", VALUE_TEXT, 26},     {"covered_h", VALUE_NUMBER, 9},
                                       {"uncovered_h", VALUE_TEXT, 11}, {"resolved", VALUE_NUMBER, 8},
                                       {"not", VALUE_NUMBER, 4},        {"missing", VALUE_NUMBER, 7},
                                       {"more", VALUE_NUMBER, 4},       {"unknown", VALUE_NUMBER, 0}};
static const struct {
    const char *name, *statement;
    const Field *fields;
    guint count;
} lists[] = {
    {"records", "scope.records", record_fields, G_N_ELEMENTS(record_fields)},
    {"mailboxes", "scope.mailboxes", mailbox_fields, G_N_ELEMENTS(mailbox_fields)},
    {"levels", "scope.levels", level_fields, G_N_ELEMENTS(level_fields)},
    {"reasons", "scope.reasons", reason_fields, G_N_ELEMENTS(reason_fields)},
};

static gboolean print_lists(const StageRun *stage, const Output *output, GError **error)
{
    Format format = stage->cli->json ? FORMAT_NDJSON : FORMAT_TEXT;
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        Query *query = store_query(stage->store, lists[i].statement, error);
        g_autoptr(Writer) writer = writer_new(output->file, format, lists[i].name, lists[i].fields,
                                              lists[i].count, terminal_columns());
        if (!query ||
            !listing_write(stage->store, query, lists[i].fields, lists[i].count, writer, output, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean say_levels(StageRun *stage, GError **error)
{
    g_auto(Output) output = {0};
    return stage_run_turn_to(stage, &role_reader, error) && output_open(&output, NULL, error) &&
           print_lists(stage, &output, error) && output_finish(&output, error);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "scope", &role_intruder_acts, error);
    if (!stage || !intruder_acts_write(stage, error) || !stage_run_turn_to(stage, &role_scope, error) ||
        !scope(stage->store, stage->run, error) || !stage_run_swap(stage, scope_tables, &role_scope, error))
        return EXIT_FAULT;
    int ended = stage_run_end(stage, error);
    if (ended == EXIT_FAULT || !say_levels(stage, error))
        return EXIT_FAULT;
    return ended;
}

const Command command_scope = {.word = "scope",
                               .operands = "CASE",
                               .least = 1,
                               .most = 1,
                               .run = run,
                               .summary = "Say of each copy of a mail how sure it is that it was taken"};
