/* customer.c - candor customer: the list of customers, in; and who they are. */
#include "attribute/customer_list.h"
#include "cli/case_folder.h"
#include "cli/options.h"
#include "cli/show_customer.h"
#include "cli/show_tables.h"
#include "cli/stages.h"
#include "cli/tools.h"
#include "lib/moment.h"

static const char *const nouns[] = {"import", "list", "show", NULL};
enum { IMPORT, LIST_ALL, SHOW };

/* --- import ---------------------------------------------------------------------------------------------------- */

static CustomerList *read_list(const Cli *cli, const CaseFolder *folder, const char *path, GError **error)
{
    g_autoptr(Tools) tools = tools_new(cli, folder->config, error);
    g_autoptr(ConsumerDomains) consumer = tools ? consumer_domains_load(tools->data, error) : NULL;
    return consumer ? customer_list_read(path, consumer, (const char *const *)folder->config->vendor_domains,
                                         error)
                    : NULL;
}

static gboolean add_list(Store *store, const CustomerList *list, gboolean *added, GError **error)
{
    g_autoptr(Run) run = run_begin(store, "customer import", moment_now(), error);
    return run && customer_list_add(store, run, list, added, error) && run_end(store, run, error);
}

static int import(const Cli *cli, const char *path, const char *file, GError **error)
{
    gboolean added;
    if (!file)
        return misuse(error, "candor customer import needs CASE and the FILE of the list");
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(CustomerList) list = folder ? read_list(cli, folder, file, error) : NULL;
    g_autoptr(Store) store = list ? case_folder_store(folder, &role_customers, error) : NULL;
    if (!store || !add_list(store, list, &added, error))
        return EXIT_FAULT;
    if (added)
        remark(cli, "%u customer%s; candor attribute %s takes the list into account", list->customers->len,
               list->customers->len == 1 ? "" : "s", path);
    else
        remark(cli, "the newest list is this one already; nothing was imported");
    return EXIT_DONE;
}

/* --- list, show ------------------------------------------------------------------------------------------------ */

static gboolean print_customers(const Cli *cli, Store *store, GError **error)
{
    g_auto(Output) output = {0};
    guint64 rows;
    if (!output_open(&output, NULL, error) ||
        !show_table_print(store, show_table("customers"), 0, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL,
                          &output, &rows, error))
        return FALSE;
    if (!rows)
        remark(cli, "no customers here: candor customer import brings in a list");
    return output_finish(&output, error);
}

static int look(const Cli *cli, const char *path, const char *id, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    if (!store)
        return EXIT_FAULT;
    return (id ? show_customer(cli, store, id, error) : print_customers(cli, store, error)) ? EXIT_DONE
                                                                                            : EXIT_FAULT;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    const char *last = operands[2];
    switch (option_choice("candor customer", operands[0], nouns, error)) {
    case IMPORT:
        return import(cli, operands[1], last, error);
    case LIST_ALL:
        return last ? misuse(error, "candor customer list takes CASE alone")
                    : look(cli, operands[1], NULL, error);
    case SHOW:
        return last ? look(cli, operands[1], last, error)
                    : misuse(error, "candor customer show needs CASE and the ID of a customer");
    default:
        return EXIT_MISUSE;
    }
}

const Command command_customer = {.word = "customer",
                                  .operands = "import|list|show CASE [FILE|ID]",
                                  .nouns = nouns,
                                  .summary = "Import the list of customers; list them, or show one",
                                  .least = 2,
                                  .most = 3,
                                  .run = run};
