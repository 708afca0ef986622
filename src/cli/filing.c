/* filing.c - candor filing: what was filed, for which duty, with the hash of the copy. */
#include "report/regimes.h"
#include "lib/moment.h"
#include "cli/act_command.h"
#include "cli/options.h"
#include "cli/paths.h"
#include "cli/stages.h"

static const char *const nouns[] = {"add", "list", NULL};
static char *at, *customer, *by, *copy;

static const GOptionEntry options[] = {
    {"at", 0, 0, G_OPTION_ARG_STRING, &at, "add: when it was filed (needed)", "TIME"},
    {"copy", 0, 0, G_OPTION_ARG_FILENAME, &copy, "add: what was filed; its SHA-256 is recorded", "FILE"},
    {"customer", 0, 0, G_OPTION_ARG_STRING, &customer, "add: for which customer alone (default: for all)",
     "ID"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "add: who filed it (default: the account)", "NAME"},
    {0},
};

static const Field list_fields[] = {{"duty", VALUE_TEXT, 20},
                                    {"customer", VALUE_TEXT, 12},
                                    {"at", VALUE_TIME, 20},
                                    {"by", VALUE_TEXT, 10},
                                    {"copy", VALUE_TEXT, 0}};

static gboolean is_duty(const char *id, GError **error)
{
    g_autofree char *data = path_data(error);
    g_autoptr(Regimes) regimes = data ? regimes_load(data, error) : NULL;
    if (!regimes)
        return FALSE;
    g_autoptr(GPtrArray) choices = g_ptr_array_new();
    for (guint i = 0; i < regimes->duties->len; i++)
        g_ptr_array_add(choices, ((const Duty *)regimes->duties->pdata[i])->id);
    g_ptr_array_add(choices, NULL);
    return option_choice("candor filing add", id, (const char *const *)choices->pdata, error) >= 0;
}

static gboolean is_known(Store *store, const char *duty, const char *whom, gint64 moment, const char *sha256,
                         gboolean *known, GError **error)
{
    Query *query = store_query(store, "report.filing_newest", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(duty));
    query_text(query, 2, span_of_string(whom));
    *known = FALSE;
    while (query_step(query, error))
        *known = query_get_int(query, 1) == moment && span_equals(query_get_text(query, 2), sha256);
    return query_ended(query);
}

static gboolean record_filing(const Cli *cli, const char *path, const char *duty, gint64 moment,
                              GError **error)
{
    const char *whom = customer ? customer : "";
    gboolean known;
    gint64 act;
    g_autofree char *number = act_command_number(moment), *sha256 = act_command_sha256(copy, error);
    g_autoptr(CaseFolder) folder = sha256 ? case_folder_open(path, TRUE, error) : NULL;
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_filing, error) : NULL;
    if (!store || !act_command_customer(store, whom, error) ||
        !is_known(store, duty, whom, moment, sha256, &known, error))
        return FALSE;
    if (known) {
        remark(cli, "this is recorded already");
        return TRUE;
    }
    const Span fields[] = {span_of_string(duty), span_of_string(whom), span_of_string(number),
                           span_of_string(sha256), span_of_string(act_command_by(by))};
    if (!act_command_record(store, "filing", moment_now(), "filing", fields, G_N_ELEMENTS(fields), &act,
                            error))
        return FALSE;
    remark(cli, "recorded as act %" G_GINT64_FORMAT, act);
    return TRUE;
}

static int add_filing(const Cli *cli, char **operands, GError **error)
{
    gint64 moment;
    if (!operands[2])
        return misuse(error, "candor filing add needs CASE and DUTY; candor report CASE lists the duties");
    if (!act_command_needs(at, "--at TIME", "filing add", error) ||
        !act_command_time("--at", at, 0, &moment, error) || !is_duty(operands[2], error))
        return EXIT_MISUSE;
    if (moment > moment_now())
        return misuse(error, "--at %s lies in the future; record a filing once it was made", at);
    return record_filing(cli, operands[1], operands[2], moment, error) ? EXIT_DONE : EXIT_FAULT;
}

static gboolean list_filings(const Cli *cli, const char *path, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    return store && act_command_list(cli, store, "report.filing_list", list_fields, G_N_ELEMENTS(list_fields),
                                     "no filings here", error);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor filing", operands[0], nouns, error);
    if (word < 0)
        return EXIT_MISUSE;
    if (word == 0)
        return add_filing(cli, operands, error);
    if (operands[2])
        return misuse(error, "candor filing list takes CASE alone");
    if (!options_only("filing list", options, "", error))
        return EXIT_MISUSE;
    return list_filings(cli, operands[1], error) ? EXIT_DONE : EXIT_FAULT;
}

const Command command_filing = {.word = "filing",
                                .operands = "add|list CASE [DUTY]",
                                .options = options,
                                .nouns = nouns,
                                .summary = "Record what was filed with an authority, and when",
                                .least = 2,
                                .most = 3,
                                .run = run};
