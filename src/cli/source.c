/* source.c - candor source: where the evidence is, and where it went. */
#include "lib/moment.h"
#include "cli/options.h"
#include "cli/case_folder.h"
#include "cli/show_tables.h"
#include "cli/stages.h"

static const char *const nouns[] = {"list", "move", NULL};

static gboolean list_sources(const Cli *cli, const char *path, GError **error)
{
    g_autoptr(CaseFolder) folder = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    g_auto(Output) output = {0};
    guint64 rows;
    return store && output_open(&output, NULL, error) &&
           show_table_print(store, show_table("sources"), 0, cli->json ? FORMAT_NDJSON : FORMAT_TEXT, NULL,
                            &output, &rows, error) &&
           output_finish(&output, error);
}

/* The source that is now at `path`. */
static gboolean find_source(Store *store, const char *path, gint64 *source, GError **error)
{
    Query *query = store_query(store, "collect.source_at", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(path));
    *source = 0;
    while (query_step(query, error))
        *source = query_get_int(query, 0);
    if (!query_ended(query))
        return FALSE;
    return *source || error_set(error, CANDOR_ERROR_MISSING,
                                "%s: no source is there by the case's account; candor source "
                                "list shows where each is",
                                path);
}

static gboolean write_move(Store *store, const Run *run, gint64 source, const char *to, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    Query *query = store_query(store, "collect.source_path_add", error);
    if (query) {
        query_int(query, 1, source);
        query_int(query, 2, run->now);
        query_text(query, 3, span_of_string(to));
    }
    if (query && query_run(query, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

static gboolean record_move(Store *store, const char *from, const char *to, GError **error)
{
    gint64 source;
    if (!find_source(store, from, &source, error))
        return FALSE;
    g_autoptr(Run) run = run_begin(store, "source move", moment_now(), error);
    return run && write_move(store, run, source, to, error) && run_end(store, run, error);
}

static int move_source(const Cli *cli, char **operands, GError **error)
{
    if (!operands[2] || !operands[3])
        return misuse(error,
                      "candor source move needs CASE, the path where it was, and the path where it is now");
    g_autofree char *from = g_canonicalize_filename(operands[2], NULL);
    g_autofree char *to = g_canonicalize_filename(operands[3], NULL);
    if (!g_file_test(to, G_FILE_TEST_EXISTS)) {
        error_set(error, CANDOR_ERROR_MISSING, "%s: there is nothing here; nothing was changed", to);
        return EXIT_FAULT;
    }
    g_autoptr(CaseFolder) folder = case_folder_open(operands[1], TRUE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_collect, error) : NULL;
    if (!store || !record_move(store, from, to, error))
        return EXIT_FAULT;
    remark(cli, "the source is now looked for in %s", to);
    return EXIT_DONE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    int word = option_choice("candor source", operands[0], nouns, error);
    if (word < 0)
        return EXIT_MISUSE;
    if (word == 1)
        return move_source(cli, operands, error);
    if (operands[2])
        return misuse(error, "candor source list takes CASE alone");
    return list_sources(cli, operands[1], error) ? EXIT_DONE : EXIT_FAULT;
}

const Command command_source = {.word = "source",
                                .operands = "list|move CASE [FROM TO]",
                                .nouns = nouns,
                                .summary = "List where the evidence is, or say where it went",
                                .least = 2,
                                .most = 4,
                                .run = run};
