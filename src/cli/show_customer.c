/* show_customer.c - one customer on a screen: who it is, how it is reached, what it would be told. */
#include "cli/show_customer.h"

#include "cli/listing.h"

static const Field card_fields[] = {{"id", VALUE_TEXT, 0},      {"name", VALUE_TEXT, 0},
                                    {"state", VALUE_TEXT, 0},   {"into", VALUE_TEXT, 0},
                                    {"sector", VALUE_TEXT, 0},  {"country", VALUE_TEXT, 0},
                                    {"language", VALUE_TEXT, 0}};
static const Field name_fields[] = {{"kind", VALUE_TEXT, 12}, {"value", VALUE_TEXT, 0}};
static const Field contact_fields[] = {{"n", VALUE_NUMBER, 2},     {"role", VALUE_TEXT, 9},
                                       {"channel", VALUE_TEXT, 8}, {"address", VALUE_TEXT, 26},
                                       {"name", VALUE_TEXT, 14},   {"verified", VALUE_TIME, 20},
                                       {"source", VALUE_TEXT, 0}};
static const Field told_fields[] = {{"kind", VALUE_FACT_KIND, 10},
                                    {"level", VALUE_LEVEL, 10},
                                    {"type", VALUE_TEXT, 30},
                                    {"facts", VALUE_NUMBER, 0}};
static const Field finding_fields[] = {{"message", VALUE_HEX, 12},
                                       {"type", VALUE_TEXT, 24},
                                       {"masked", VALUE_TEXT, 20},
                                       {"part", VALUE_TEXT, 8},
                                       {"why", VALUE_TEXT, 0}};

#define FIELDS(list) (list), G_N_ELEMENTS(list)
static const struct {
    const char *name, *statement;
    const Field *fields;
    guint count;
} lists[] = {
    {"names", "customer.names", FIELDS(name_fields)},
    {"contacts", "customer.contacts", FIELDS(contact_fields)},
    {"told", "customer.told", FIELDS(told_fields)},
    {"findings", "customer.findings", FIELDS(finding_fields)},
};

static gboolean is_known(Store *store, const char *whom, GError **error)
{
    gint64 count;
    Query *query = store_query(store, "customer.known", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(whom));
    if (!query_only_int(query, &count, error))
        return FALSE;
    return count > 0 ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "there is no customer \"%s\"; candor customer list shows who there is; a person is "
                     "called person:ADDRESS",
                     whom);
}

static gboolean print_list(Store *store, const char *whom, const char *name, const char *statement,
                           const Field *fields, guint count, Format format, const Output *output,
                           GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(whom));
    g_autoptr(Writer) writer = writer_new(output->file, format, name, fields, count, terminal_columns());
    return listing_write(store, query, fields, count, writer, output, error);
}

gboolean show_customer(const Cli *cli, Store *store, const char *whom, GError **error)
{
    g_auto(Output) output = {0};
    if (!is_known(store, whom, error) || !output_open(&output, NULL, error) ||
        !print_list(store, whom, "customer", "customer.card", FIELDS(card_fields),
                    cli->json ? FORMAT_NDJSON : FORMAT_RECORD, &output, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        if (!print_list(store, whom, lists[i].name, lists[i].statement, lists[i].fields, lists[i].count,
                        cli->json ? FORMAT_NDJSON : FORMAT_TEXT, &output, error))
            return FALSE;
    return output_finish(&output, error);
}
