/* candor.c - the conductor's command line: a table of words. */
#include <locale.h>
#include <langinfo.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include "lib/escape.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/suggest.h"

/* In the order in which a case meets them. */
/* clang-format off: one a line, so that two new ones meet in no line */
const Command *const commands[] = {
    &command_init,
    &command_collect,
    &command_scope,
    &command_classify,
    &command_customer,
    &command_attribute,
    &command_notify,
    &command_review,
    &command_ruling,
    &command_status,
    &command_show,
    &command_search,
    &command_export,
    &command_scan,
    &command_rules,
    &command_verify,
    &command_source, &command_page, &command_run,
    &command_event,
    &command_filing,
    &command_report,
    &command_statement,
    &command_enquiry,
    &command_watch,
    &command_publish,
    &command_completion,
    &command_help,
    NULL,
};
/* clang-format on */

const Command *command_named(const char *word)
{
    for (guint i = 0; commands[i]; i++)
        if (strcmp(commands[i]->word, word) == 0)
            return commands[i];
    return NULL;
}

static const char *code_name(const GError *error)
{
    static const char *const names[] = {"io",      "format",   "limit",  "denied",
                                        "missing", "conflict", "memory", "bug"};
    if (error->domain == MISUSE)
        return "misuse";
    return error->domain == CANDOR_ERROR ? names[error->code] : "io";
}

static int report(const Cli *cli, const GError *error)
{
    if (cli->json) {
        g_autoptr(GString) line = g_string_new(NULL);
        g_string_append_printf(line, "{\"error\":\"%s\",\"sentence\":", code_name(error));
        escape_json(line, span_of_string(error->message));
        fprintf(stderr, "%s}\n", line->str);
    } else {
        tell(error->message);
    }
    return error->domain == MISUSE ? EXIT_MISUSE : candor_error_exit_code(error);
}

static gboolean unknown_word(const char *word, GError **error)
{
    const char *words[G_N_ELEMENTS(commands)] = {NULL};
    guint count = 0;
    for (; commands[count]; count++)
        words[count] = commands[count]->word;
    const char *near = word_nearest(word, words, count);
    if (near)
        return misuse(error, "there is no command \"%s\"; did you mean \"%s\"?", word, near);
    return misuse(error, "there is no command \"%s\"; see: candor help", word);
}

/* No core that could hold mail or keys, no file that others can read, UTF-8 whatever the locale says. */
static void prepare_process(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    umask(S_IRWXG | S_IRWXO);
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN); /* a worker that died is an answer, not an end */
}

static int run_command(Cli *cli, char ***words, GError **error)
{
    const Command *command = **words ? command_named(**words) : &command_help;
    if (!command) {
        unknown_word(**words, error);
        return EXIT_MISUSE;
    }
    if (**words && !options_take(cli, command, words, error))
        return EXIT_MISUSE;
    if (cli->help && **words) {
        g_autofree char *page = options_page(command);
        fputs(page, stdout);
        return EXIT_DONE;
    }
    return command->run(cli, **words ? *words + 1 : *words, error);
}

/* The options of every command may stand before its word; GOption wants a program's name in front. */
static int run_words(Cli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = g_strdupv(argv);
    if (!options_take_global(cli, &words, error))
        return EXIT_MISUSE;
    g_auto(GStrv) rest = g_strdupv(words + (words[0] ? 1 : 0));
    if (cli->version) {
        puts("candor " CANDOR_VERSION);
        return EXIT_DONE;
    }
    return run_command(cli, &rest, error);
}

int main(int argc, char **argv)
{
    (void)argc;
    Cli cli = {0};
    g_autoptr(GError) error = NULL;
    prepare_process();
    int code = run_words(&cli, argv, &error);
    return error ? report(&cli, error) : code;
}
