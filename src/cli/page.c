/* page.c - candor page: the case as one HTML file to look at. */
#include <string.h>
#include "page/page.h"
#include "cli/case_folder.h"
#include "cli/output.h"
#include "cli/stages.h"

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autofree char *beside = g_build_filename(operands[0], "case.html", NULL);
    const char *path = operands[1] ? operands[1] : beside;
    g_autoptr(CaseFolder) folder = case_folder_open(operands[0], FALSE, error);
    g_autoptr(Store) store = folder ? case_folder_store(folder, &role_reader, error) : NULL;
    g_autoptr(GString) page = g_string_new(NULL);
    g_auto(Output) output = {0};
    if (!store || !page_write(store, page, error) || !output_open(&output, path, error))
        return EXIT_FAULT;
    fwrite(page->str, 1, page->len, output.file);
    if (!output_finish(&output, error))
        return EXIT_FAULT;
    if (strcmp(path, "-") != 0)
        remark(cli, "%s: open it in a browser", path);
    return EXIT_DONE;
}

const Command command_page = {.word = "page",
                              .operands = "CASE [FILE]",
                              .least = 1,
                              .most = 2,
                              .run = run,
                              .summary = "Write the case as one HTML page to look at (CASE/case.html)"};
