/* show.c - candor show: what the case holds, for people. */
#include "cli/case_folder.h"
#include "cli/message_key.h"
#include "cli/options.h"
#include "cli/remedy.h"
#include "cli/show_customer.h"
#include "cli/show_tables.h"
#include "cli/stages.h"

static const char *const nouns[] = {"message", "addresses", "copies", "parts",   "findings",  "gaps",     "access",
                                    "contacts", "notes",    "sources", "runs",   "custody",   "customers", "customer",
                                    NULL};

static gboolean show_list(const Cli *cli, Store *store, const ShowTable *table, gint64 content,
                          GError **error)
{
    g_auto(Output) output = {0};
    guint64 rows;
    if (!output_open(&output, NULL, error) ||
        !show_table_print(store, table, content, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL, &output,
                          &rows, error))
        return FALSE;
    gboolean gaps = strcmp(table->noun, "gaps") == 0;
    if (gaps && !content && !cli->json && !remedies_print(store, output.file, error))
        return FALSE;
    if (rows == 0)
        remark(cli, "no %s here", table->noun);
    return output_finish(&output, error);
}

/* The message itself, then each list of it that is not empty, under its name. */
static gboolean show_message(const Cli *cli, Store *store, gint64 content, GError **error)
{
    static const char *const parts[] = {"addresses", "copies", "parts", "findings", "gaps"};
    Format head = cli->json ? FORMAT_NDJSON : FORMAT_RECORD, list = cli->json ? FORMAT_NDJSON : FORMAT_TEXT;
    g_auto(Output) output = {0};
    guint64 rows;
    if (!output_open(&output, NULL, error) ||
        !show_table_print(store, show_table("message"), content, head, "message", &output, &rows, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!show_table_print(store, show_table(parts[i]), content, list, parts[i], &output, &rows, error))
            return FALSE;
    return output_finish(&output, error);
}

/* Is the key there where one is needed, and not where none is taken? */
static gboolean key_fits(const ShowTable *table, const char *key, GError **error)
{
    if (!key && !table->all)
        return misuse(error, "candor show CASE %s needs the KEY of a message; candor search finds them",
                      table->noun);
    if (key && !table->of_message)
        return misuse(error, "candor show CASE %s takes no KEY", table->noun);
    return TRUE;
}

static int show_one_customer(const Cli *cli, const char *path, const char *id, GError **error)
{
    if (!id)
        return misuse(
            error, "candor show CASE customer needs the ID of a customer; candor customer list shows them");
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    return store && show_customer(cli, store, id, error) ? EXIT_DONE : EXIT_FAULT;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    const char *key = operands[2];
    gint64 content = 0;
    if (option_choice("candor show", operands[1], nouns, error) < 0)
        return EXIT_MISUSE;
    if (strcmp(operands[1], "customer") == 0)
        return show_one_customer(cli, operands[0], key, error);
    const ShowTable *table = show_table(operands[1]);
    if (!key_fits(table, key, error))
        return EXIT_MISUSE;
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    if (!store || (key && !message_key_find(store, key, &content, error)))
        return EXIT_FAULT;
    gboolean whole = strcmp(table->noun, "message") == 0;
    gboolean shown =
        whole ? show_message(cli, store, content, error) : show_list(cli, store, table, content, error);
    return shown ? EXIT_DONE : EXIT_FAULT;
}

const Command command_show = {.word = "show",
                              .operands = "CASE WHAT [KEY]",
                              .nouns = nouns,
                              .summary = "Show a message or a customer, or lists of what the case holds",
                              .least = 2,
                              .most = 3,
                              .run = run};
