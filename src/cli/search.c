/* search.c - candor search: messages by what the store knows, and by words in the mail itself. */
#include <string.h>
#include "lib/moment.h"
#include "cli/find_words.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "cli/stages.h"

static char *address, *message_id, *type, *after, *before, *subject, *words;

static const GOptionEntry options[] = {
    {"address", 0, 0, G_OPTION_ARG_STRING, &address,
     "In a header, or quoted: a@b.example, or b.example alone", "A"},
    {"message-id", 0, 0, G_OPTION_ARG_STRING, &message_id, "The Message-ID, with or without <>", "ID"},
    {"type", 0, 0, G_OPTION_ARG_STRING, &type, "Has a finding of this type: secret.password", "TYPE"},
    {"after", 0, 0, G_OPTION_ARG_STRING, &after, "Dated on or after: 2024-05-01, or RFC 3339", "DATE"},
    {"before", 0, 0, G_OPTION_ARG_STRING, &before, "Dated before", "DATE"},
    {"subject", 0, 0, G_OPTION_ARG_STRING, &subject, "These words stand in the subject", "WORDS"},
    {"words", 0, 0, G_OPTION_ARG_STRING, &words, "These words stand in subject or text", "WORDS"},
    {0},
};

static const Field fields[] = {
    {"key", VALUE_HEX, 12}, {"date", VALUE_TIME, 20}, {"from", VALUE_TEXT, 24}, {"subject", VALUE_VIEW, 0}};
static const Field word_fields[] = {
    {"key", VALUE_HEX, 12}, {"part", VALUE_TEXT, 8}, {"excerpt", VALUE_TEXT, 0}};
/* What is asked of the store; "" = any. */
typedef struct {
    gboolean dated;
    gint64 from, to;
    char *address, *domain, *message_id;
} Wanted;

static void wanted_clear(Wanted *wanted)
{
    g_free(wanted->address);
    g_free(wanted->domain);
    g_free(wanted->message_id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wanted, wanted_clear)

static gboolean read_date(const char *option, const char *text, gint64 *moment, GError **error)
{
    if (!text || moment_parse(span_of_string(text), moment))
        return TRUE;
    return misuse(error, "%s takes a date as 2024-05-01 or 2024-05-01T12:30:00Z, not \"%s\"", option, text);
}

static gboolean read_wanted(Wanted *wanted, GError **error)
{
    wanted->from = G_MININT64 + 1; /* the least itself means: no date */
    wanted->to = G_MAXINT64;
    wanted->dated = after || before;
    if (!read_date("--after", after, &wanted->from, error) ||
        !read_date("--before", before, &wanted->to, error))
        return FALSE;
    const char *at = address ? strrchr(address, '@') : NULL;
    wanted->address = at && at != address ? g_ascii_strdown(address, -1) : g_strdup("");
    wanted->domain = g_ascii_strdown(at ? at + 1 : address ? address : "", -1);
    g_autofree char *bare = g_strdup(message_id ? message_id : "");
    g_strstrip(bare);
    gsize n = strlen(bare);
    gboolean angled = n > 2 && bare[0] == '<' && bare[n - 1] == '>';
    wanted->message_id = angled ? g_strndup(bare + 1, n - 2) : g_strdup(bare);
    return TRUE;
}

/* The statement that begins at the condition that leaves least; each takes the first few parameters. */
static Query *wanted_query(Store *store, const Wanted *wanted, GError **error)
{
    const char *by = *wanted->message_id ? "search.by_message_id"
                     : *wanted->domain   ? "search.by_address"
                     : type              ? "search.by_type"
                                         : "search.by_date";
    Query *query = store_query(store, by, error);
    if (!query)
        return NULL;
    query_int(query, 1, wanted->dated);
    query_int(query, 2, wanted->from);
    query_int(query, 3, wanted->to);
    if (type || *wanted->domain || *wanted->message_id)
        query_text(query, 4, span_of_string(type ? type : ""));
    if (*wanted->domain || *wanted->message_id) {
        query_text(query, 5, span_of_string(wanted->address));
        query_text(query, 6, span_of_string(wanted->domain));
    }
    if (*wanted->message_id)
        query_text(query, 7, span_of_string(wanted->message_id));
    return query;
}

static gboolean list_messages(const Cli *cli, Store *store, Query *query, guint64 *rows, GError **error)
{
    g_auto(Output) output = {0};
    if (!output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL, fields,
                                          G_N_ELEMENTS(fields), terminal_columns());
    if (!listing_write(store, query, fields, G_N_ELEMENTS(fields), writer, &output, error))
        return FALSE;
    *rows = writer_rows(writer);
    return output_finish(&output, error);
}

/* Line ends and runs of blanks as one blank. */
static char *one_line(Span text)
{
    g_autofree char *copy = span_dup(text);
    g_auto(GStrv) words_of = g_strsplit_set(copy, " \t\r\n", -1);
    GString *line = g_string_sized_new(text.n);
    for (guint i = 0; words_of[i]; i++)
        if (*words_of[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words_of[i]);
    return g_string_free(line, FALSE);
}

/* Of the message, or of a mail within it. */
static gboolean is_subject(Span path)
{
    static const char name[] = "@subject";
    gsize n = sizeof name - 1;
    return path.n >= n && memcmp(path.p, name, n) == 0 && (path.n == n || path.p[n] == ':');
}

static gboolean print_found(const FoundWords *found, gpointer user, GError **error)
{
    Writer *writer = user;
    (void)error;
    if (subject && !is_subject(found->path))
        return TRUE;
    g_autofree char *key = span_hex((Span){(const char *)found->key, DIGEST_BYTES});
    g_autofree char *excerpt = one_line(found->excerpt);
    writer_text(writer, span_of_string(key));
    writer_text(writer, found->path);
    writer_text(writer, span_of_string(excerpt));
    return TRUE;
}

static gboolean search_words(const Cli *cli, const CaseFolder *folder, Store *store, Query *query,
                             guint64 *rows, guint64 *unread, GError **error)
{
    g_auto(Output) output = {0};
    g_autoptr(Tools) tools = tools_new(cli, folder->config, error);
    if (!tools || !output_open(&output, NULL, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL,
                                          word_fields, G_N_ELEMENTS(word_fields), terminal_columns());
    if (!find_words(tools, store, subject ? subject : words, query, print_found, writer, unread, error))
        return FALSE;
    progress_finish(tools->progress);
    *rows = writer_rows(writer);
    return output_finish(&output, error);
}

static gboolean says_something(GError **error)
{
    if (subject && words)
        return misuse(error, "--subject and --words do not go together: --words looks into subjects too");
    const char *said[] = {address, message_id, type, after, before, subject, words};
    for (guint i = 0; i < G_N_ELEMENTS(said); i++) {
        if (said[i] && *said[i])
            return TRUE;
    }
    return misuse(error, "candor search needs something to look for; see: candor help search");
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_auto(Wanted) wanted = {0};
    guint64 rows = 0, unread = 0;
    if (!says_something(error) || !read_wanted(&wanted, error))
        return EXIT_MISUSE;
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    Query *query = store ? wanted_query(store, &wanted, error) : NULL;
    if (!query)
        return EXIT_FAULT;
    gboolean done = subject || words ? search_words(cli, folder, store, query, &rows, &unread, error)
                                     : list_messages(cli, store, query, &rows, error);
    if (!done)
        return EXIT_FAULT;
    if (rows == 0)
        remark(cli, "nothing found");
    if (unread)
        remark(cli, "%" G_GUINT64_FORMAT " messages could not be read again, and were not searched", unread);
    return unread ? EXIT_GAPS : EXIT_DONE;
}

const Command command_search = {.word = "search",
                                .operands = "CASE",
                                .options = options,
                                .least = 1,
                                .most = 1,
                                .run = run,
                                .summary = "Find messages by address, Message-ID, type, date, or words"};
