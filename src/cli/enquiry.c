/* enquiry.c - candor enquiry: "is it us?", "you are breached": a number, an owner, a clock, an answer. */
#include "report/answer.h"
#include "lib/moment.h"
#include "cli/act_command.h"
#include "cli/fresh.h"
#include "cli/options.h"
#include "cli/stages.h"

static const char *const nouns[] = {"add", "list", "assign", "answer", NULL};
static const char *const kinds[] = {"is-it-us", "you-are-breached", "other", NULL};

static char *kind, *customer, *contact, *owner, *due, *says, *by, *text_file;
static gboolean draft;

static const GOptionEntry options[] = {
    {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, "add: is-it-us (default), you-are-breached, other", "KIND"},
    {"contact", 0, 0, G_OPTION_ARG_STRING, &contact, "add: who asks: a mail address, a number (needed)",
     "WHO"},
    {"says", 0, 0, G_OPTION_ARG_STRING, &says, "add: what is asked or told (needed)", "TEXT"},
    {"customer", 0, 0, G_OPTION_ARG_STRING, &customer,
     "add: for which customer (default: found by the address)", "ID"},
    {"owner", 0, 0, G_OPTION_ARG_STRING, &owner, "add, assign: who is to answer (default: who records it)",
     "NAME"},
    {"due", 0, 0, G_OPTION_ARG_STRING, &due, "add, assign: answer until then (default: by case.yaml)",
     "TIME"},
    {"draft", 0, 0, G_OPTION_ARG_NONE, &draft, "answer: print the draft and record nothing", NULL},
    {"text", 0, 0, G_OPTION_ARG_FILENAME, &text_file, "answer: with this text instead of the draft", "FILE"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by, "who does it (default: the account)", "NAME"},
    {0},
};

static const Field list_fields[] = {
    {"number", VALUE_NUMBER, 6}, {"kind", VALUE_TEXT, 16}, {"whom", VALUE_TEXT, 12}, {"owner", VALUE_TEXT, 8},
    {"due", VALUE_TIME, 20},     {"state", VALUE_TEXT, 8}, {"says", VALUE_TEXT, 0}};

/* An enquiry as its newest act leaves it. */
typedef struct {
    gint64 number, due;
    char *kind, *whom, *contact, *owner, *state, *says;
} Enquiry;

static void enquiry_clear(Enquiry *it)
{
    g_free(it->kind);
    g_free(it->whom);
    g_free(it->contact);
    g_free(it->owner);
    g_free(it->state);
    g_free(it->says);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Enquiry, enquiry_clear)

static gboolean read_enquiry(Store *store, const char *number, Enquiry *it, GError **error)
{
    Query *query = store_query(store, "report.enquiry", error);
    if (!query)
        return FALSE;
    if (!row_int(span_of_string(number), &it->number))
        return misuse(error, "\"%s\" is no number of an enquiry; candor enquiry list shows them", number);
    query_int(query, 1, it->number);
    while (query_step(query, error)) {
        char **texts[] = {&it->kind, &it->whom, &it->contact, &it->owner};
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
            *texts[i] = span_dup(query_get_text(query, i));
        it->due = query_get_int(query, 4);
        it->state = span_dup(query_get_text(query, 5));
        it->says = span_dup(query_get_text(query, 6));
    }
    if (!query_ended(query))
        return FALSE;
    return it->kind || error_set(error, CANDOR_ERROR_MISSING,
                                 "there is no enquiry %s; candor enquiry list shows them", number);
}

/* `opened` 0 for the act that opens an enquiry. */
static gboolean record(Store *store, const Enquiry *it, const char *state, const char *words, gint64 now,
                       gint64 *act, GError **error)
{
    g_autofree char *opened = act_command_number(it->number), *until = act_command_number(it->due);
    const Span fields[] = {
        span_of_string(opened),   span_of_string(state),       span_of_string(it->kind),
        span_of_string(it->whom), span_of_string(it->contact), span_of_string(it->owner),
        span_of_string(until),    span_of_string(words),       span_of_string(act_command_by(by))};
    return act_command_record(store, "enquiry", now, "enquiry", fields, G_N_ELEMENTS(fields), act, error);
}

/* --- add ------------------------------------------------------------------------------------------------------- */

static gboolean is_known(Store *store, const Enquiry *it, gint64 *same, GError **error)
{
    Query *query = store_query(store, "report.enquiry_same", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(it->kind));
    query_text(query, 2, span_of_string(it->whom));
    query_text(query, 3, span_of_string(it->contact));
    query_text(query, 4, span_of_string(it->says));
    return query_only_int(query, same, error);
}

static gboolean compose(Store *store, const CaseConfig *config, int which, gint64 now, Enquiry *it,
                        GError **error)
{
    if (!act_command_customer(store, customer ? customer : "", error))
        return FALSE;
    it->kind = g_strdup(kinds[which]);
    it->whom = customer ? g_strdup(customer) : answer_whom(store, contact, error);
    it->contact = g_strdup(contact);
    it->owner = g_strdup(owner ? owner : act_command_by(by));
    it->says = g_strdup(says);
    return it->whom && act_command_time("--due", due, now + config->enquiry_days[which] * G_TIME_SPAN_DAY,
                                        &it->due, error);
}

static gboolean open_enquiry(const Cli *cli, const char *path, int which, GError **error)
{
    g_auto(Enquiry) it = {0};
    gint64 now = moment_now(), same, number;
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_enquiry, error) : NULL;
    if (!store || !compose(store, folder->config, which, now, &it, error) ||
        !is_known(store, &it, &same, error))
        return FALSE;
    if (same) {
        remark(cli, "this is enquiry %" G_GINT64_FORMAT " already", same);
        return TRUE;
    }
    if (!record(store, &it, "open", it.says, now, &number, error))
        return FALSE;
    g_autofree char *until = moment_format(it.due - it.due % G_USEC_PER_SEC);
    remark(cli, "enquiry %" G_GINT64_FORMAT ", for %s to answer until %s", number, it.owner, until);
    return TRUE;
}

static int add_enquiry(const Cli *cli, char **operands, GError **error)
{
    int which = option_choice("--kind", kind ? kind : kinds[0], kinds, error);
    if (operands[2])
        return misuse(error, "candor enquiry add takes CASE alone");
    if (which < 0 || !act_command_needs(contact, "--contact WHO", "enquiry add", error) ||
        !act_command_needs(says, "--says TEXT", "enquiry add", error))
        return EXIT_MISUSE;
    return open_enquiry(cli, operands[1], which, error) ? EXIT_DONE : EXIT_FAULT;
}

/* --- assign ---------------------------------------------------------------------------------------------------- */

static gboolean reassign(const Cli *cli, const char *path, const char *number, GError **error)
{
    g_auto(Enquiry) it = {0};
    gint64 act, until;
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_enquiry, error) : NULL;
    if (!store || !read_enquiry(store, number, &it, error) ||
        !act_command_time("--due", due, it.due, &until, error))
        return FALSE;
    if (g_str_equal(it.state, "answered"))
        return error_set(error, CANDOR_ERROR_DENIED, "enquiry %s is answered already", number);
    if (until == it.due && (!owner || g_str_equal(owner, it.owner))) {
        remark(cli, "it is so already");
        return TRUE;
    }
    it.due = until;
    if (owner) {
        g_free(it.owner);
        it.owner = g_strdup(owner);
    }
    return record(store, &it, "assigned", "", moment_now(), &act, error);
}

static int assign_enquiry(const Cli *cli, char **operands, GError **error)
{
    if (!operands[2] || (!owner && !due))
        return misuse(error, "candor enquiry assign needs CASE, the number, and --owner NAME or --due TIME");
    return reassign(cli, operands[1], operands[2], error) ? EXIT_DONE : EXIT_FAULT;
}

/* --- answer ---------------------------------------------------------------------------------------------------- */

/* Whoever asks may not be who may know. */
static gboolean warn_of_stranger(const Cli *cli, Store *store, const Enquiry *it, GError **error)
{
    gint64 listed = 0;
    Query *query = store_query(store, "report.is_contact", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(it->whom));
    query_text(query, 2, span_of_string(it->contact));
    if (!query_only_int(query, &listed, error))
        return FALSE;
    if (!listed)
        remark(cli,
               "who asks is no listed contact of that customer: find out who it is before this goes out");
    return TRUE;
}

static char *answer_text(Store *store, const Enquiry *it, gint64 now, GError **error)
{
    g_autoptr(GError) cause = NULL;
    char *words;
    if (text_file) {
        if (g_file_get_contents(text_file, &words, NULL, &cause))
            return words;
        error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
        return NULL;
    }
    static const StoreRole *const before[] = {&role_scope, &role_classify, &role_attribute, NULL};
    g_autofree char *stale = NULL;
    if (!stages_are_fresh(store, before, &stale, error))
        return NULL;
    const Asked asked = {.number = it->number,
                         .kind = it->kind,
                         .whom = it->whom,
                         .says = it->says,
                         .unmatched = stale != NULL,
                         .now = now};
    GString *drafted = answer_draft(store, &asked, error);
    return drafted ? g_string_free(drafted, FALSE) : NULL;
}

static gboolean print_text(const char *words, GError **error)
{
    g_auto(Output) output = {0};
    if (!output_open(&output, NULL, error))
        return FALSE;
    fputs(words, output.file);
    return output_finish(&output, error);
}

static gboolean give_answer(const Cli *cli, const char *path, const char *number, GError **error)
{
    g_auto(Enquiry) it = {0};
    gint64 now = moment_now(), act;
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_enquiry, error) : NULL;
    if (!store || !read_enquiry(store, number, &it, error) || !warn_of_stranger(cli, store, &it, error))
        return FALSE;
    if (!draft && g_str_equal(it.state, "answered"))
        return error_set(error, CANDOR_ERROR_DENIED,
                         "enquiry %s is answered already; a new question is a new enquiry", number);
    g_autofree char *words = answer_text(store, &it, now, error);
    return words && (draft || record(store, &it, "answered", words, now, &act, error)) &&
           print_text(words, error);
}

static int answer_enquiry(const Cli *cli, char **operands, GError **error)
{
    if (!operands[2])
        return misuse(error,
                      "candor enquiry answer needs CASE and the number; candor enquiry list shows them");
    return give_answer(cli, operands[1], operands[2], error) ? EXIT_DONE : EXIT_FAULT;
}

/* --- list ------------------------------------------------------------------------------------------------------ */

/* How many wait, and how many of them too long. */
static gboolean say_open(const Cli *cli, Store *store, GError **error)
{
    Query *query = store_query(store, "report.enquiries_open", error);
    gint64 open = 0, overdue = 0;
    if (!query)
        return FALSE;
    query_int(query, 1, moment_now());
    while (query_step(query, error)) {
        open = query_get_int(query, 0);
        overdue = query_get_int(query, 1);
    }
    if (open)
        remark(cli, "%" G_GINT64_FORMAT " not answered yet, %" G_GINT64_FORMAT " of them overdue", open,
               overdue);
    return query_ended(query);
}

static int list_enquiries(const Cli *cli, char **operands, GError **error)
{
    if (operands[2])
        return misuse(error, "candor enquiry list takes CASE alone");
    g_autoptr(CaseFolder) folder = case_folder_open(operands[1], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    gboolean fine = store && act_command_list(cli, store, "report.enquiry_list", list_fields,
                                              G_N_ELEMENTS(list_fields), "no enquiries here", error);
    return fine && say_open(cli, store, error) ? EXIT_DONE : EXIT_FAULT;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    static int (*const verbs[])(const Cli *, char **, GError **) = {add_enquiry, list_enquiries,
                                                                    assign_enquiry, answer_enquiry};
    static const char *const takes[] = {" kind contact says customer owner due by ", "", " owner due by ",
                                        " draft text by "};
    int word = option_choice("candor enquiry", operands[0], nouns, error);
    g_autofree char *command = word < 0 ? NULL : g_strconcat("enquiry ", nouns[word], NULL);
    if (!command || !options_only(command, options, takes[word], error))
        return EXIT_MISUSE;
    return verbs[word](cli, operands, error);
}

const Command command_enquiry = {.word = "enquiry",
                                 .operands = "add|list|assign|answer CASE [NUMBER]",
                                 .options = options,
                                 .nouns = nouns,
                                 .summary = "Keep and answer what people ask: is it us? you are breached",
                                 .least = 2,
                                 .most = 3,
                                 .run = run};
