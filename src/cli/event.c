/* event.c - candor event: what happened that clocks hang on. */
#include "report/regimes.h"
#include "lib/moment.h"
#include "cli/act_command.h"
#include "cli/options.h"
#include "cli/paths.h"
#include "cli/stages.h"

static const char *const nouns[] = {"add", "list", "kinds", NULL};
static char *at, *customer, *by, *note;

static const GOptionEntry options[] = {
    {"at", 0, 0, G_OPTION_ARG_STRING, &at, "add: when it happened (needed)", "TIME"},
    {"customer", 0, 0, G_OPTION_ARG_STRING, &customer, "add: whom alone it concerns", "ID"},
    {"note", 0, 0, G_OPTION_ARG_STRING, &note, "add: what else is to be said, as who decided", "TEXT"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "add: who records it (default: the account)", "NAME"},
    {0},
};

static const Field list_fields[] = {{"what", VALUE_TEXT, 19},
                                    {"customer", VALUE_TEXT, 12},
                                    {"at", VALUE_TIME, 20},
                                    {"by", VALUE_TEXT, 10},
                                    {"note", VALUE_TEXT, 0}};
static const Field kind_fields[] = {{"what", VALUE_TEXT, 19}, {"says", VALUE_TEXT, 0}};

static Regimes *load(GError **error)
{
    g_autofree char *data = path_data(error);
    return data ? regimes_load(data, error) : NULL;
}

static gboolean print_kinds(const Cli *cli, GError **error)
{
    g_auto(Output) output = {0};
    g_autoptr(Regimes) regimes = load(error);
    if (!regimes || !output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL,
                                          kind_fields, G_N_ELEMENTS(kind_fields), terminal_columns());
    for (guint i = 0; i < regimes->event_ids->len; i++) {
        writer_text(writer, span_of_string(regimes->event_ids->pdata[i]));
        writer_text(writer, span_of_string(regimes->event_says->pdata[i]));
    }
    return output_finish(&output, error);
}

static gboolean is_kind(const char *what, GError **error)
{
    g_autoptr(Regimes) regimes = load(error);
    if (!regimes)
        return FALSE;
    g_autoptr(GPtrArray) choices = g_ptr_array_new();
    for (guint i = 0; i < regimes->event_ids->len; i++)
        g_ptr_array_add(choices, regimes->event_ids->pdata[i]);
    g_ptr_array_add(choices, NULL);
    return option_choice("candor event add", what, (const char *const *)choices->pdata, error) >= 0;
}

/* The newest of this event says the same already? */
static gboolean is_known(Store *store, const char *what, const char *whom, gint64 moment, gboolean *known,
                         GError **error)
{
    Query *query = store_query(store, "report.fact_newest", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(what));
    query_text(query, 2, span_of_string(whom));
    *known = FALSE;
    while (query_step(query, error))
        *known = query_get_int(query, 1) == moment && span_equals(query_get_text(query, 3), note ? note : "");
    return query_ended(query);
}

static gboolean record_event(const Cli *cli, const char *path, const char *what, gint64 moment, gint64 now,
                             GError **error)
{
    const char *whom = customer ? customer : "";
    gboolean known;
    gint64 act;
    g_autofree char *number = act_command_number(moment);
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_event_fact, error) : NULL;
    if (!store || !act_command_customer(store, whom, error) ||
        !is_known(store, what, whom, moment, &known, error))
        return FALSE;
    if (known) {
        remark(cli, "this is recorded already");
        return TRUE;
    }
    const Span fields[] = {span_of_string(what), span_of_string(whom), span_of_string(number),
                           span_of_string(act_command_by(by)), span_of_string(note ? note : "")};
    if (!act_command_record(store, "event", now, "event_fact", fields, G_N_ELEMENTS(fields), &act, error))
        return FALSE;
    remark(cli, "recorded as act %" G_GINT64_FORMAT, act);
    return TRUE;
}

static int add_event(const Cli *cli, char **operands, GError **error)
{
    gint64 moment, now = moment_now();
    if (!operands[1] || !operands[2])
        return misuse(error, "candor event add needs CASE and WHAT; candor event kinds lists what there is");
    if (!act_command_needs(at, "--at TIME", "event add", error) ||
        !act_command_time("--at", at, 0, &moment, error) || !is_kind(operands[2], error))
        return EXIT_MISUSE;
    if (moment > now)
        return misuse(error, "--at %s lies in the future; an event-fact is recorded once it is one", at);
    return record_event(cli, operands[1], operands[2], moment, now, error) ? EXIT_DONE : EXIT_FAULT;
}

static gboolean list_events(const Cli *cli, const char *path, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    return store && act_command_list(cli, store, "report.fact_list", list_fields, G_N_ELEMENTS(list_fields),
                                     "no event-facts here", error);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor event", operands[0], nouns, error);
    if (word > 0 && !options_only(word == 1 ? "event list" : "event kinds", options, "", error))
        return EXIT_MISUSE;
    switch (word) {
    case 0:
        return add_event(cli, operands, error);
    case 1:
        if (!operands[1] || operands[2])
            return misuse(error, "candor event list takes CASE alone");
        return list_events(cli, operands[1], error) ? EXIT_DONE : EXIT_FAULT;
    case 2:
        return print_kinds(cli, error) ? EXIT_DONE : EXIT_FAULT;
    default:
        return EXIT_MISUSE;
    }
}

const Command command_event = {.word = "event",
                               .operands = "add|list|kinds [CASE [WHAT]]",
                               .options = options,
                               .nouns = nouns,
                               .summary =
                                   "Record what happened that clocks hang on: awareness, materiality …",
                               .least = 1,
                               .most = 3,
                               .run = run};
