/* statement.c - candor statement: what was said in public, and whether it still holds. */
#include "lib/moment.h"
#include "cli/act_command.h"
#include "cli/options.h"
#include "cli/stages.h"

static const char *const nouns[] = {"add", "list", "check", NULL};
static const char *const measures[] = {"mailboxes", "mailbox-share", "customers", "messages",
                                       "secrets",   "none",          NULL};
enum { MEASURE_SHARE = 1, MEASURE_NONE = 5 };

static char *at, *place, *says, *measure, *bound, *by;
static gint64 among;

static const GOptionEntry options[] = {
    {"at", 0, 0, G_OPTION_ARG_STRING, &at, "add: when it was said (needed)", "TIME"},
    {"place", 0, 0, G_OPTION_ARG_STRING, &place, "add: where, as \"Form 8-K\" (needed)", "PLACE"},
    {"says", 0, 0, G_OPTION_ARG_STRING, &says, "add: its words (needed)", "TEXT"},
    {"measure", 0, 0, G_OPTION_ARG_STRING, &measure,
     "add: what it counts: mailboxes, mailbox-share, customers, messages, secrets", "WHAT"},
    {"bound", 0, 0, G_OPTION_ARG_STRING, &bound, "add: not more than this; of a share 0.01 or 1%", "N"},
    {"among", 0, 0, G_OPTION_ARG_INT64, &among, "add: of a share, how many mailboxes there are in all", "N"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "add: who records it (default: the account)", "NAME"},
    {0},
};

static const Field list_fields[] = {{"at", VALUE_TIME, 20},      {"place", VALUE_TEXT, 14},
                                    {"measure", VALUE_TEXT, 13}, {"bound", VALUE_NUMBER, 8},
                                    {"among", VALUE_NUMBER, 6},  {"says", VALUE_TEXT, 0}};
static const Field check_fields[] = {{"act", VALUE_NUMBER, 4},   {"at", VALUE_TIME, 20},
                                     {"place", VALUE_TEXT, 12},  {"measure", VALUE_TEXT, 13},
                                     {"bound", VALUE_NUMBER, 7}, {"found", VALUE_NUMBER, 7},
                                     {"says", VALUE_TEXT, 0}};

/* A count, or of a share millionths: "0.01" and "1%" are 10000. */
static gboolean read_bound(gboolean share, gint64 *value, GError **error)
{
    const char *text = bound ? bound : "";
    char *end;
    gdouble number = g_ascii_strtod(text, &end);
    gboolean percent = share && g_str_equal(end, "%");
    gdouble scaled = !share ? number : percent ? number * 10000 : number * 1000000;
    if (end == text || (*end && !percent) || !(scaled >= 0) || scaled > 1e15 || (share && scaled > 1000000) ||
        (!share && scaled - (gdouble)(gint64)scaled > 0))
        return misuse(error, "--bound takes %s, not \"%s\"",
                      share ? "a share, as 0.01 or 1%" : "a whole number of 0 or more", text);
    *value = (gint64)(scaled + 0.5);
    return TRUE;
}

typedef struct {
    gint64 at;
    const char *measure;
    gint64 bound, among;
} Said;

static gboolean read_said(Said *said, GError **error)
{
    int what = option_choice("--measure", measure ? measure : "none", measures, error);
    if (what < 0 || !act_command_needs(at, "--at TIME", "statement add", error) ||
        !act_command_needs(place, "--place PLACE", "statement add", error) ||
        !act_command_needs(says, "--says TEXT", "statement add", error) ||
        !act_command_time("--at", at, 0, &said->at, error))
        return FALSE;
    said->measure = what == MEASURE_NONE ? "" : measures[what];
    if (what == MEASURE_NONE)
        return !bound || misuse(error, "--bound goes with --measure: say what it counts");
    if (what == MEASURE_SHARE ? among <= 0 : among != 0)
        return misuse(error, "--among N goes with --measure mailbox-share, which needs it");
    said->among = among;
    return read_bound(what == MEASURE_SHARE, &said->bound, error);
}

static gboolean is_known(Store *store, const Said *said, gint64 *same, GError **error)
{
    Query *query = store_query(store, "report.statement_same", error);
    if (!query)
        return FALSE;
    query_int(query, 1, said->at);
    query_text(query, 2, span_of_string(place));
    query_text(query, 3, span_of_string(says));
    query_text(query, 4, span_of_string(said->measure));
    query_int(query, 5, said->bound);
    query_int(query, 6, said->among);
    return query_only_int(query, same, error);
}

static gboolean record_statement(const Cli *cli, const char *path, const Said *said, GError **error)
{
    gint64 same, act;
    g_autofree char *when = act_command_number(said->at), *most = act_command_number(said->bound);
    g_autofree char *all = act_command_number(said->among);
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_statement, error) : NULL;
    if (!store || !is_known(store, said, &same, error))
        return FALSE;
    if (same) {
        remark(cli, "this is recorded already");
        return TRUE;
    }
    const Span fields[] = {span_of_string(when),
                           span_of_string(place),
                           span_of_string(says),
                           span_of_string(said->measure),
                           span_of_string(most),
                           span_of_string(all),
                           span_of_string(act_command_by(by))};
    if (!act_command_record(store, "statement", moment_now(), "statement", fields, G_N_ELEMENTS(fields), &act,
                            error))
        return FALSE;
    remark(cli, "recorded as act %" G_GINT64_FORMAT, act);
    return TRUE;
}

static int add_statement(const Cli *cli, const char *path, GError **error)
{
    Said said = {0};
    if (!read_said(&said, error))
        return EXIT_MISUSE;
    return record_statement(cli, path, &said, error) ? EXIT_DONE : EXIT_FAULT;
}

static gboolean list(const Cli *cli, const char *path, gboolean check, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    if (!store)
        return FALSE;
    return check
               ? act_command_list(cli, store, "report.contradicted", check_fields, G_N_ELEMENTS(check_fields),
                                  "nothing that was said is contradicted by what was found", error)
               : act_command_list(cli, store, "report.statement_list", list_fields, G_N_ELEMENTS(list_fields),
                                  "no statements here", error);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor statement", operands[0], nouns, error);
    if (word < 0)
        return EXIT_MISUSE;
    if (word == 0)
        return add_statement(cli, operands[1], error);
    if (!options_only(word == 1 ? "statement list" : "statement check", options, "", error))
        return EXIT_MISUSE;
    return list(cli, operands[1], word == 2, error) ? EXIT_DONE : EXIT_FAULT;
}

const Command command_statement = {.word = "statement",
                                   .operands = "add|list|check CASE",
                                   .options = options,
                                   .nouns = nouns,
                                   .summary = "Record what was said in public, and check it against the case",
                                   .least = 2,
                                   .most = 2,
                                   .run = run};
