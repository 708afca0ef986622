/* review.c - candor review: what waits for a person, who decides on it, and until when. */
#include "cli/act_command.h"
#include "cli/stages.h"
#include "lib/moment.h"

static char *owner, *due, *by;

static const GOptionEntry options[] = {
    {"owner", 0, 0, G_OPTION_ARG_STRING, &owner, "assign: who decides (needed)", "NAME"},
    {"due", 0, 0, G_OPTION_ARG_STRING, &due, "assign: until when (needed)", "TIME"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "assign: who says so (default: the account)", "NAME"},
    {0},
};

static const Field group_fields[] = {{"cause", VALUE_TEXT, 20},      {"items", VALUE_NUMBER, 8},
                                     {"customers", VALUE_NUMBER, 9}, {"owner", VALUE_TEXT, 14},
                                     {"due", VALUE_TIME, 20},        {"state", VALUE_TEXT, 0}};
static const Field item_fields[] = {{"whom", VALUE_TEXT, 22},   {"kind", VALUE_FACT_KIND, 9},
                                    {"message", VALUE_HEX, 12}, {"type", VALUE_TEXT, 22},
                                    {"level", VALUE_LEVEL, 9},  {"subject", VALUE_TEXT, 20},
                                    {"mark", VALUE_HEX, 0}};

static gboolean print(const Cli *cli, Query *query, Store *store, const Field *fields, guint count,
                      guint64 *rows, GError **error)
{
    g_auto(Output) output = {0};
    if (!output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL, fields,
                                          count, terminal_columns());
    if (!listing_write(store, query, fields, count, writer, &output, error))
        return FALSE;
    *rows = writer_rows(writer);
    return output_finish(&output, error);
}

/* The groups; or the items of one. */
static int list_review(const Cli *cli, const char *path, const char *cause, GError **error)
{
    guint64 rows = 0;
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    Query *query = store ? store_query(store, cause ? "review.items" : "review.groups", error) : NULL;
    if (!query)
        return EXIT_FAULT;
    if (cause)
        query_text(query, 1, span_of_string(cause));
    else
        query_int(query, 1, moment_now());
    if (!print(cli, query, store, cause ? item_fields : group_fields,
               cause ? G_N_ELEMENTS(item_fields) : G_N_ELEMENTS(group_fields), &rows, error))
        return EXIT_FAULT;
    if (!rows)
        remark(cli, cause ? "nothing waits in this group" : "nothing waits for a person");
    return EXIT_DONE;
}

/* Owners may be named before anything waits; but that may also be a slip of the pen. */
static gboolean count_waiting(Store *store, const char *cause, gint64 *count, GError **error)
{
    Query *query = store_query(store, "review.waiting", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(cause));
    return query_only_int(query, count, error);
}

/* Whether the newest word of the group says just this. */
static gboolean is_assigned(Store *store, const Span fields[10], gboolean *same, GError **error)
{
    gint64 count;
    Query *query = store_query(store, "review.assigned", error);
    if (!query)
        return FALSE;
    query_text(query, 1, fields[9]);
    query_text(query, 2, fields[8]);
    query_text(query, 3, fields[4]);
    if (!query_only_int(query, &count, error))
        return FALSE;
    *same = count > 0;
    return TRUE;
}

static int assign(const Cli *cli, const char *path, const char *cause, GError **error)
{
    gint64 until, act, waiting;
    gboolean same = FALSE;
    if (!cause)
        return misuse(error, "candor review assign needs CASE and the CAUSE of a group");
    if (!act_command_needs(owner, "--owner NAME", "review assign", error) ||
        !act_command_needs(due, "--due TIME", "review assign", error) ||
        !act_command_time("--due", due, 0, &until, error))
        return EXIT_MISUSE;
    g_autofree char *when = act_command_number(until);
    const Span none = SPAN_OF(""), zero = SPAN_OF("0");
    const Span fields[] = {SPAN_OF("assign"),
                           none,
                           zero,
                           none,
                           span_of_string(when),
                           none,
                           none,
                           zero,
                           span_of_string(owner),
                           span_of_string(cause),
                           span_of_string(act_command_by(by)),
                           none};
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_acts, error) : NULL;
    if (!store || !count_waiting(store, cause, &waiting, error) ||
        !is_assigned(store, fields, &same, error) ||
        (!same && !act_command_record(store, "review", moment_now(), "ruling", fields, G_N_ELEMENTS(fields),
                                      &act, error)))
        return EXIT_FAULT;
    remark(cli, "%s%s", same ? "this is assigned so already" : "assigned",
           waiting ? "" : "; nothing waits in that group now");
    return EXIT_DONE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    gboolean assigns = strcmp(operands[0], "assign") == 0;
    if (!assigns && (owner || due || by))
        return misuse(error, "--owner, --due and --by go with: candor review assign CASE CAUSE");
    if (!assigns)
        return operands[1] && operands[2] ? misuse(error, "candor review takes CASE and at most one CAUSE")
                                          : list_review(cli, operands[0], operands[1], error);
    if (!operands[1])
        return misuse(error, "candor review assign needs CASE and the CAUSE of a group");
    return assign(cli, operands[1], operands[2], error);
}

const Command command_review = {.word = "review",
                                .operands = "CASE [CAUSE] | assign CASE CAUSE",
                                .options = options,
                                .summary = "Show what waits for a person; say who decides, and until when",
                                .least = 1,
                                .most = 3,
                                .run = run};
