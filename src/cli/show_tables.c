/* show_tables.c - the lists that candor show prints: their statements and columns. */
#include "cli/show_tables.h"

static const Field message_fields[] = {{"key", VALUE_HEX, 0},          {"subject", VALUE_VIEW, 0},
                                       {"date", VALUE_TIME, 0},        {"message_id", VALUE_TEXT, 0},
                                       {"in_reply_to", VALUE_TEXT, 0}, {"size", VALUE_NUMBER, 0},
                                       {"defects", VALUE_DEFECTS, 0},  {"bare", VALUE_TRUTH, 0}};
static const Field address_fields[] = {{"role", VALUE_ROLE, 14}, {"address", VALUE_TEXT, 0}};
static const Field copy_fields[] = {{"mailbox", VALUE_TEXT, 18},
                                    {"folder", VALUE_TEXT, 10},
                                    {"source", VALUE_TEXT, 14},
                                    {"offset", VALUE_NUMBER, 11},
                                    {"item", VALUE_TEXT, 0}};
static const Field part_fields[] = {{"part", VALUE_TEXT, 8},   {"media_type", VALUE_TEXT, 26},
                                    {"size", VALUE_NUMBER, 9}, {"state", VALUE_PART_STATE, 9},
                                    {"by", VALUE_TEXT, 5},     {"filename", VALUE_VIEW, 0}};
static const Field gap_fields[] = {{"why", VALUE_TEXT, 20},    {"message", VALUE_HEX, 8},
                                   {"part", VALUE_TEXT, 4},    {"bytes", VALUE_NUMBER, 8},
                                   {"source", VALUE_TEXT, 11}, {"offset", VALUE_NUMBER, 7},
                                   {"item", VALUE_TEXT, 0}};
static const Field finding_fields[] = {{"message", VALUE_HEX, 12},
                                       {"part", VALUE_TEXT, 12},
                                       {"type", VALUE_TEXT, 22},
                                       {"sure", VALUE_NUMBER, 4},
                                       {"masked", VALUE_TEXT, 0}};
static const Field source_fields[] = {{"source", VALUE_TEXT, 14}, {"mailbox", VALUE_TEXT, 16},
                                      {"kind", VALUE_TEXT, 7},    {"messages", VALUE_NUMBER, 8},
                                      {"gaps", VALUE_NUMBER, 4},  {"path", VALUE_TEXT, 0}};
static const Field run_fields[] = {{"run", VALUE_NUMBER, 4},
                                   {"stage", VALUE_TEXT, 11},
                                   {"state", VALUE_TEXT, 10},
                                   {"began", VALUE_TIME, 20},
                                   {"ended", VALUE_TIME, 0}};
static const Field custody_fields[] = {{"act", VALUE_NUMBER, 3},    {"at", VALUE_TIME, 20},
                                       {"source", VALUE_TEXT, 10},  {"handed_by", VALUE_TEXT, 12},
                                       {"taken_by", VALUE_TEXT, 8}, {"acquired", VALUE_TEXT, 8},
                                       {"note", VALUE_TEXT, 0}};

static const Field customer_fields[] = {{"customer", VALUE_TEXT, 18}, {"name", VALUE_TEXT, 22},
                                        {"state", VALUE_TEXT, 8},     {"mails", VALUE_NUMBER, 7},
                                        {"others", VALUE_NUMBER, 7},  {"contacts", VALUE_NUMBER, 8},
                                        {"into", VALUE_TEXT, 0}};

static const Field access_fields[] = {{"message", VALUE_HEX, 8},
                                      {"mailbox", VALUE_TEXT, 20},
                                      {"level", VALUE_LEVEL, 9},
                                      {"reason", VALUE_TEXT, 22},
                                      {"record", VALUE_TEXT, 0}};
static const Field contact_fields[] = {{"address", VALUE_TEXT, 36},
                                       {"level", VALUE_LEVEL, 9},
                                       {"message", VALUE_HEX, 12},
                                       {"record", VALUE_TEXT, 0}};
static const Field note_fields[] = {{"kind", VALUE_TEXT, 15},   {"mailbox", VALUE_TEXT, 20},
                                    {"began", VALUE_TIME, 20},  {"ended", VALUE_TIME, 20},
                                    {"count", VALUE_NUMBER, 5}, {"record", VALUE_TEXT, 0}};

#define FIELDS(list) (list), G_N_ELEMENTS(list)
static const ShowTable tables[] = {
    {"message", NULL, "show.message", FIELDS(message_fields)},
    {"addresses", NULL, "show.addresses_of", FIELDS(address_fields)},
    {"copies", NULL, "show.copies_of", FIELDS(copy_fields)},
    {"parts", NULL, "show.parts_of", FIELDS(part_fields)},
    {"findings", "show.findings", "show.findings_of", FIELDS(finding_fields)},
    {"gaps", "show.gaps", "show.gaps_of", FIELDS(gap_fields)},
    {"access", "show.access", "show.access_of", FIELDS(access_fields)},
    {"contacts", "show.contacts", NULL, FIELDS(contact_fields)},
    {"notes", "show.notes", NULL, FIELDS(note_fields)},
    {"sources", "show.sources", NULL, FIELDS(source_fields)},
    {"runs", "show.runs", NULL, FIELDS(run_fields)},
    {"custody", "show.custody", NULL, FIELDS(custody_fields)},
    {"customers", "show.customers", NULL, FIELDS(customer_fields)},
};

const ShowTable *show_table(const char *noun)
{
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (strcmp(tables[i].noun, noun) == 0)
            return &tables[i];
    return NULL;
}

gboolean show_table_print(Store *store, const ShowTable *table, gint64 content, Format format,
                          const char *schema, const Output *output, guint64 *rows, GError **error)
{
    Query *query = store_query(store, content ? table->of_message : table->all, error);
    if (!query)
        return FALSE;
    if (content)
        query_int(query, 1, content);
    g_autoptr(Writer) writer =
        writer_new(output->file, format, schema, table->fields, table->count, terminal_columns());
    if (!listing_write(store, query, table->fields, table->count, writer, output, error))
        return FALSE;
    *rows = writer_rows(writer);
    return TRUE;
}
