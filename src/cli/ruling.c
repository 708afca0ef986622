/* ruling.c - candor ruling: what a person decides about customers, facts and findings; and what was decided. */
#include "cli/ruling_words.h"
#include "cli/act_command.h"
#include "cli/options.h"
#include "cli/stages.h"
#include "lib/moment.h"

static const char *const nouns[] = {"add", "list", NULL};

static char *message, *type, *mark, *subject, *level, *whom, *by, *reason;

static const GOptionEntry options[] = {
    {"message", 0, 0, G_OPTION_ARG_STRING, &message, "of this message, by its key", "KEY"},
    {"type", 0, 0, G_OPTION_ARG_STRING, &type, "of this type of data, or attack", "TYPE"},
    {"mark", 0, 0, G_OPTION_ARG_STRING, &mark, "of this fingerprint or part, by its beginning", "HEX"},
    {"subject", 0, 0, G_OPTION_ARG_STRING, &subject, "of this tenant, account or record", "TEXT"},
    {"level", 0, 0, G_OPTION_ARG_STRING, &level, "add, level: how sure it is (default: presumed)", "LEVEL"},
    {"whom", 0, 0, G_OPTION_ARG_STRING, &whom, "keep, correct: of this customer alone", "CUSTOMER"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "who decides (default: the account)", "NAME"},
    {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, "add: why (needed)", "TEXT"},
    {0},
};

static const Field list_fields[] = {
    {"act", VALUE_NUMBER, 4},     {"verb", VALUE_TEXT, 7},     {"whom", VALUE_TEXT, 16},
    {"kind", VALUE_FACT_KIND, 8}, {"message", VALUE_TEXT, 12}, {"type", VALUE_TEXT, 14},
    {"other", VALUE_TEXT, 12},    {"by", VALUE_TEXT, 8},       {"reason", VALUE_TEXT, 0}};

static gboolean is_recorded(Store *store, const Span fields[10], gboolean *same, GError **error)
{
    gint64 count;
    Query *query = store_query(store, "ruling.same", error);
    if (!query)
        return FALSE;
    for (guint i = 0; i < 10; i++)
        query_text(query, i + 1, fields[i]);
    if (!query_only_int(query, &count, error))
        return FALSE;
    *same = count > 0;
    return TRUE;
}

static gboolean record_line(Store *store, Run *run, const RulingLine *line, guint *recorded, GError **error)
{
    gboolean same = FALSE;
    g_autofree char *kind = act_command_number(line->kind), *how = act_command_number(line->level);
    const char *const texts[] = {line->verb,         line->whom, kind, line->content, line->subject,
                                 line->type,         line->mark, how,  line->other,   line->grouped,
                                 act_command_by(by), reason};
    Span fields[G_N_ELEMENTS(texts)];
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        fields[i] = span_of_string(texts[i]);
    if (!is_recorded(store, fields, &same, error))
        return FALSE;
    *recorded += !same;
    return same || act_record(store, run, "ruling", fields, G_N_ELEMENTS(fields), NULL, error);
}

/* All or none. */
static gboolean record_lines(Store *store, const GArray *lines, guint *recorded, GError **error)
{
    g_autoptr(Run) run = run_begin(store, "ruling", moment_now(), error);
    if (!run || !store_begin(store, error))
        return FALSE;
    for (guint i = 0; i < lines->len; i++)
        if (!record_line(store, run, &g_array_index(lines, RulingLine, i), recorded, error)) {
            store_rollback(store);
            return FALSE;
        }
    return store_commit(store, error) && run_end(store, run, error);
}

static int add_ruling(const Cli *cli, char **operands, GError **error)
{
    guint recorded = 0;
    if (!operands[2])
        return misuse(error, "candor ruling add needs CASE and a verb; see: candor help ruling");
    if (!act_command_needs(reason, "--reason TEXT", "ruling add", error))
        return EXIT_MISUSE;
    const RulingWords words = {.verb = operands[2],
                               .operands = (const char *const *)operands + 3,
                               .message = message,
                               .type = type,
                               .mark = mark,
                               .subject = subject,
                               .level = level,
                               .whom = whom};
    g_autoptr(CaseFolder) folder = case_folder_open(operands[1], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_acts, error) : NULL;
    g_autoptr(GArray) lines = store ? ruling_lines(store, &words, error) : NULL;
    if (!lines || !record_lines(store, lines, &recorded, error))
        return EXIT_FAULT;
    if (recorded)
        remark(cli, "%u ruling%s recorded; candor attribute %s takes them into account", recorded,
               recorded == 1 ? "" : "s", operands[1]);
    else
        remark(cli, "this is ruled already; nothing was recorded");
    return EXIT_DONE;
}

static int list_rulings(const Cli *cli, char **operands, GError **error)
{
    if (operands[2])
        return misuse(error, "candor ruling list takes CASE alone");
    if (!options_only("ruling list", options, "", error))
        return EXIT_MISUSE;
    g_autoptr(CaseFolder) folder = case_folder_open(operands[1], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    return store && act_command_list(cli, store, "ruling.list", list_fields, G_N_ELEMENTS(list_fields),
                                     "nothing was ruled here", error)
               ? EXIT_DONE
               : EXIT_FAULT;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor ruling", operands[0], nouns, error);
    if (word < 0)
        return EXIT_MISUSE;
    return word == 0 ? add_ruling(cli, operands, error) : list_rulings(cli, operands, error);
}

const Command command_ruling = {.word = "ruling",
                                .operands = "add|list CASE [VERB …]",
                                .nouns = nouns,
                                .options = options,
                                .summary = "Decide what no rule can, or list what was decided",
                                .least = 2,
                                .most = 6,
                                .run = run};
