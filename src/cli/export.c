/* export.c - candor export: a table of the case as NDJSON or CSV, the same bytes for the same evidence. */
#include "cli/ask.h"
#include "cli/case_folder.h"
#include "cli/export_tables.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "cli/stages.h"

static char *format_name, *file;

static const GOptionEntry options[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format_name, "ndjson (default) or csv", "FORMAT"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &file, "Write to this file instead of standard output", "FILE"},
    {0},
};

/* Subjects and file names are shown as classify masked them, never raw. */
static gboolean say_what_is_empty(const Cli *cli, Store *store, GError **error)
{
    gint64 classified;
    if (!ask_number_of(store, "status.last_done", "classify", &classified, error))
        return FALSE;
    if (!classified)
        remark(cli, "subjects and file names are empty until candor classify has masked them");
    return TRUE;
}

static gboolean export_rows(Store *store, const ExportTable *table, Format format, GError **error)
{
    g_auto(Output) output = {0};
    Query *query = store_query(store, table->statement, error);
    if (!query || !output_open(&output, file, error))
        return FALSE;
    g_autoptr(Writer) writer = writer_new(output.file, format, table->schema, table->fields, table->count, 0);
    return listing_write(store, query, table->fields, table->count, writer, &output, error) &&
           output_finish(&output, error);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    static const char *const formats[] = {"ndjson", "csv", NULL};
    int format = option_choice("--format", format_name ? format_name : "ndjson", formats, error);
    if (format < 0 || option_choice("candor export", operands[1], export_table_names, error) < 0)
        return EXIT_MISUSE;
    const ExportTable *table = export_table(operands[1]);
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    if (!store || (table->views && !say_what_is_empty(cli, store, error)))
        return EXIT_FAULT;
    return export_rows(store, table, format ? FORMAT_CSV : FORMAT_NDJSON, error) ? EXIT_DONE : EXIT_FAULT;
}

const Command command_export = {.word = "export",
                                .operands = "CASE TABLE",
                                .options = options,
                                .nouns = export_table_names,
                                .summary = "Write a table as NDJSON or CSV; man 7 candor-export",
                                .least = 2,
                                .most = 2,
                                .run = run};
