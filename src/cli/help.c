/* help.c - candor help: the commands, or one of them. */
#include <string.h>
#include "cli/command.h"
#include "cli/options.h"

static void print_all(void)
{
    puts("usage: candor [options] COMMAND [options] …\n\n"
         "From stolen mail to told customers: what was in it, and whom it concerns.\n");
    for (guint i = 0; commands[i]; i++)
        printf("  %-12s%s\n", commands[i]->word, commands[i]->summary);
    puts("\nEvery command takes --quiet, --json, --jobs N and --help; candor --version.\n"
         "More: candor help COMMAND, man candor");
}

static int run(const Cli *cli, char **operands, GError **error)
{
    (void)cli;
    if (!operands[0]) {
        print_all();
        return EXIT_DONE;
    }
    const Command *command = command_named(operands[0]);
    if (!command) {
        misuse(error, "there is no command \"%s\" to explain; see: candor help", operands[0]);
        return EXIT_MISUSE;
    }
    g_autofree char *page = options_page(command);
    fputs(page, stdout);
    return EXIT_DONE;
}

const Command command_help = {
    .word = "help", .operands = "[COMMAND]", .summary = "Explain a command", .most = 1, .run = run};
