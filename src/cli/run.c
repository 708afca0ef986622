/* run.c - candor run: every stage of a case from one file, and what a person must do then. */
#include <fcntl.h>
#include <glob.h>
#include <string.h>
#include <unistd.h>
#include "cli/case_folder.h"
#include "cli/intruder_acts.h"
#include "cli/make_case.h"
#include "cli/stages.h"
#include "cli/todo.h"
#include "cli/tools.h"

/* What is to be done of candor's own accord, in this order. */
typedef struct {
    const Command *command;
    const char *word;      /* of a command that has several, before CASE; or NULL      */
    const StoreRole *role; /* a stage that has seen what is there is not run again     */
} Step;

static const Step steps[] = {
    {&command_scope, NULL, &role_scope},
    {&command_classify, NULL, NULL}, /* rules and converters, which are no tables, may have changed */
    {&command_attribute, NULL, &role_attribute},
    {&command_notify, "plan", &role_notify},
    {&command_publish, NULL, &role_publish},
    {&command_report, NULL, &role_report},
    {&command_watch, NULL, &role_watch},
};

/* --- the case ---------------------------------------------------------------------------------------------- */

/* The folder of case.yaml is the case; the first time it holds nothing else. */
static gboolean make_if_new(const Cli *cli, const char *folder, const CaseConfig *config, GError **error)
{
    g_autofree char *database = g_build_filename(folder, "case.db", NULL);
    if (g_file_test(database, G_FILE_TEST_EXISTS))
        return TRUE;
    g_autofree char *key_file = NULL;
    gboolean new_key;
    if (!case_make(folder, config, SUITE_SODIUM, &key_file, &new_key, error))
        return FALSE;
    remark(cli, "case made in %s; %s %s: keep a copy elsewhere, without it nothing sealed opens again",
           folder, new_key ? "its key is new:" : "it uses the key", key_file);
    return TRUE;
}

/* --- what comes in ----------------------------------------------------------------------------------------- */

/* A path of case.yaml, from the file's folder; g_free. */
static char *path_from(const char *folder, const char *path)
{
    return g_path_is_absolute(path) ? g_strdup(path) : g_build_filename(folder, path, NULL);
}

/* Add what a pattern stands for; one that stands for nothing is said, since evidence would be missing. */
static gboolean expand(GPtrArray *paths, const char *folder, const char *pattern, GError **error)
{
    g_autofree char *whole = path_from(folder, pattern);
    glob_t found;
    int failed = glob(whole, GLOB_ERR, NULL, &found);
    for (gsize i = 0; !failed && i < found.gl_pathc; i++)
        g_ptr_array_add(paths, g_strdup(found.gl_pathv[i]));
    globfree(&found);
    return !failed || error_set(error, CANDOR_ERROR_MISSING,
                                "%s: there is no such file or folder; sources in case.yaml names it", whole);
}

/* An exit code of a command, or of the first failure. */
static int run_command(const Cli *cli, const Command *command, GPtrArray *operands, GError **error)
{
    g_ptr_array_add(operands, NULL);
    return command->run(cli, (char **)operands->pdata, error);
}

static int take_sources(const Cli *cli, const char *folder, const CaseConfig *config, GError **error)
{
    g_autoptr(GPtrArray) operands = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(operands, g_strdup(folder));
    for (guint i = 0; config->sources && config->sources[i]; i++)
        if (!expand(operands, folder, config->sources[i], error))
            return EXIT_FAULT;
    return run_command(cli, &command_collect, operands, error);
}

static int take_customers(const Cli *cli, const char *folder, const CaseConfig *config, GError **error)
{
    g_autoptr(GPtrArray) operands = g_ptr_array_new_with_free_func(g_free);
    if (!config->customers)
        return EXIT_DONE;
    g_ptr_array_add(operands, g_strdup("import"));
    g_ptr_array_add(operands, g_strdup(folder));
    g_ptr_array_add(operands, path_from(folder, config->customers));
    return run_command(cli, &command_customer, operands, error);
}

/* What commands print is theirs to show when they are typed; here it would bury what a person must do. Progress and
 * remarks, which are on stderr, stay. Returns the descriptor to be given back. */
static int hush(void)
{
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing >= 0) {
        dup2(nothing, STDOUT_FILENO);
        close(nothing);
    }
    return kept;
}

static void speak_again(int kept)
{
    fflush(stdout);
    if (kept >= 0) {
        dup2(kept, STDOUT_FILENO);
        close(kept);
    }
}

/* --- stages ------------------------------------------------------------------------------------------------ */

static gboolean has_seen_all(const char *folder, const Step *step, gboolean *seen, GError **error)
{
    StageState state;
    const char *table;
    g_autoptr(CaseFolder) opened = case_folder_open(folder, TRUE, error);
    g_autoptr(Store) store = opened ? case_folder_store(opened, &role_reader, error) : NULL;
    if (!store || !store_stage_state(store, step->role, &state, &table, error))
        return FALSE;
    *seen = state == STAGE_CURRENT;
    /* Scope also sees what case.yaml says of intruders, which becomes an act only when it runs. */
    gboolean stand = TRUE;
    if (*seen && step->role == &role_scope && !intruder_acts_stand(store, opened->config, &stand, error))
        return FALSE;
    *seen = *seen && stand;
    return TRUE;
}

static int take_step(const Cli *cli, const char *folder, const Step *step, GError **error)
{
    gboolean seen = FALSE;
    if (step->role && !has_seen_all(folder, step, &seen, error))
        return EXIT_FAULT;
    if (seen)
        return EXIT_DONE;
    g_autoptr(GPtrArray) operands = g_ptr_array_new_with_free_func(g_free);
    if (step->word)
        g_ptr_array_add(operands, g_strdup(step->word));
    g_ptr_array_add(operands, g_strdup(folder));
    return run_command(cli, step->command, operands, error);
}

/* Gaps are said and kept; whatever else ends a stage ends the run. */
static gboolean goes_on(int code, gboolean *gaps, const GError *failure)
{
    if (code == EXIT_GAPS)
        *gaps = TRUE;
    return !failure && (code == EXIT_DONE || code == EXIT_GAPS);
}

static int take_all(const Cli *cli, const char *folder, const CaseConfig *config, GError **error)
{
    gboolean gaps = FALSE;
    g_autoptr(GError) cause = NULL;
    int code = take_sources(cli, folder, config, &cause);
    if (goes_on(code, &gaps, cause))
        code = take_customers(cli, folder, config, &cause);
    for (guint i = 0; i < G_N_ELEMENTS(steps) && goes_on(code, &gaps, cause); i++)
        code = take_step(cli, folder, &steps[i], &cause);
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    return code == EXIT_DONE && gaps ? EXIT_GAPS : code;
}

static gboolean say_what_is_next(const char *folder, GError **error)
{
    g_autoptr(CaseFolder) opened = case_folder_open(folder, TRUE, error);
    g_autoptr(Store) store = opened ? case_folder_store(opened, &role_reader, error) : NULL;
    g_autoptr(GPtrArray) todos = store ? todo_read(store, folder, error) : NULL;
    if (!todos)
        return FALSE;
    todo_print(stdout, todos, TODO_ALL, "next", strlen("next  "), G_MAXUINT);
    return TRUE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(operands[0]), *name = g_path_get_basename(operands[0]);
    if (strcmp(name, "case.yaml") != 0)
        return misuse(error, "%s: name the file case.yaml; the folder that it lies in becomes the case",
                      operands[0])
                   ? EXIT_DONE
                   : EXIT_MISUSE;
    g_autoptr(CaseConfig) config = case_config_read(operands[0], error);
    if (!config || !make_if_new(cli, folder, config, error))
        return EXIT_FAULT;
    int kept = hush(), code = take_all(cli, folder, config, error);
    speak_again(kept);
    if ((code == EXIT_DONE || code == EXIT_GAPS) && !say_what_is_next(folder, error))
        return EXIT_FAULT;
    return code;
}

const Command command_run = {.word = "run",
                             .operands = "CASE/case.yaml",
                             .least = 1,
                             .most = 1,
                             .run = run,
                             .summary =
                                 "Do every stage of a case from one file, and say what a person must do"};
