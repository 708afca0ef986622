/* tools.c - what the command line lends a run. */
#include "cli/tools.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "lib/escape.h"
#include "cli/paths.h"

static volatile sig_atomic_t stop_asked;

/* Only what a signal handler may do. */
static void ask_to_stop(int signal_number)
{
    static const char words[] = "\ncandor: stopping when this unit is done; once more ends it at once\n";
    (void)signal_number;
    stop_asked = 1;
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
        stop_asked = 1;
}

/* The second signal meets the default: it kills. The store is whole at any moment. */
static void catch_stop(void)
{
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

gboolean tools_stopped(void)
{
    return stop_asked != 0;
}

static gboolean stopped(void *user)
{
    (void)user;
    return tools_stopped();
}

static void show_progress(void *user, const char *what, guint64 done, guint64 all, guint64 messages)
{
    Tools *tools = user;
    progress_at(tools->progress, what, done, all, messages);
}

/* Sentences may name files, and files have names from outside. */
static void say(void *user, const char *sentence)
{
    Tools *tools = user;
    g_autoptr(GString) shown = g_string_new("candor: ");
    escape_terminal(shown, span_of_string(sentence));
    progress_say(tools->progress, shown->str);
}

void tools_free(Tools *tools)
{
    if (!tools)
        return;
    progress_free(tools->progress);
    g_free(tools->worker);
    g_free(tools->data);
    g_free(tools->cache);
    g_free(tools);
}

Tools *tools_new(const Cli *cli, const CaseConfig *config, GError **error)
{
    g_autoptr(Tools) tools = g_new0(Tools, 1);
    ProgressPlan plan = progress_plan(stderr, cli->quiet || cli->json);
    tools->progress = progress_new(&plan);
    tools->worker = path_worker(error);
    if (!tools->worker)
        return NULL;
    tools->data = path_data(error);
    if (!tools->data)
        return NULL;
    tools->cache = path_cache();
    guint jobs = cli->jobs ? (guint)cli->jobs : config ? config->jobs : 0;
    tools->run = (RunTools){.worker = tools->worker,
                            .data_dir = tools->data,
                            .cache_dir = tools->cache,
                            .extra_rules = config ? config->rules : NULL,
                            .ocr = config ? config->ocr : NULL,
                            .jobs = jobs,
                            .progress = show_progress,
                            .stopped = stopped,
                            .say = say,
                            .user = tools};
    catch_stop();
    return g_steal_pointer(&tools);
}
