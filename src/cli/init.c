/* init.c - candor init: a new case, with its key and its case.yaml. */
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>
#include "cli/command.h"
#include "cli/make_case.h"
#include "cli/options.h"

static char *vendor, *config_file, *chosen_suite;

static const GOptionEntry options[] = {
    {"vendor", 0, 0, G_OPTION_ARG_STRING, &vendor, "Whose mailboxes were stolen", "NAME"},
    {"config", 0, 0, G_OPTION_ARG_FILENAME, &config_file, "Take this file as the case's case.yaml", "FILE"},
    {"suite", 0, 0, G_OPTION_ARG_STRING, &chosen_suite, "Cryptography: sodium (default) or openssl", "SUITE"},
    {0},
};

/* What init makes, and takes away again when it fails. */
typedef struct {
    const char *folder;
    char *key_file, *yaml, *text;
    CaseConfig *config;
    Suite suite;
    gboolean made_key;
} Making;

static void making_clear(Making *making)
{
    g_free(making->key_file);
    g_free(making->yaml);
    g_free(making->text);
    case_config_free(making->config);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Making, making_clear)

static gboolean is_free(const Making *making, GError **error)
{
    g_autofree char *database = g_build_filename(making->folder, "case.db", NULL);
    if (g_file_test(database, G_FILE_TEST_EXISTS) || g_file_test(making->yaml, G_FILE_TEST_EXISTS))
        return misuse(error, "%s: there is a case here already; name another folder", making->folder);
    return TRUE;
}

static gboolean choose_suite(Making *making, GError **error)
{
    static const char *const names[] = {"sodium", "openssl", NULL};
    int chosen = chosen_suite ? option_choice("--suite", chosen_suite, names, error) : 0;
    making->suite = chosen == 1 ? SUITE_OPENSSL : SUITE_SODIUM;
    return chosen >= 0;
}

/* A given file becomes case.yaml as it is, once it was understood. */
static gboolean compose(Making *making, GError **error)
{
    g_autoptr(GError) cause = NULL;
    gsize n = 0;
    if (!config_file)
        making->text = case_config_text(vendor ? vendor : "");
    else if (access(config_file, R_OK) != 0)
        return error_set_errno(error, "%s: cannot be read", config_file);
    else if (!g_file_get_contents(config_file, &making->text, &n, &cause))
        return error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
    const char *name = config_file ? config_file : "case.yaml";
    making->config = case_config_parse(name, making->text, config_file ? n : strlen(making->text), error);
    return making->config != NULL;
}

static gboolean write_text(const Making *making, GError **error)
{
    g_autoptr(GError) cause = NULL;
    GFileSetContentsFlags whole = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
    if (g_file_set_contents_full(making->yaml, making->text, -1, whole, 0600, &cause))
        return TRUE;
    return error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
}

/* The store makes its folder and takes it away again when it cannot be finished; what comes after must
 * do so too. */
static gboolean make(Making *making, GError **error)
{
    if (!case_make(making->folder, making->config, making->suite, &making->key_file, &making->made_key,
                   error))
        return FALSE;
    if (write_text(making, error))
        return TRUE;
    g_autofree char *database = g_build_filename(making->folder, "case.db", NULL);
    g_unlink(database);
    g_rmdir(making->folder);
    if (making->made_key)
        g_unlink(making->key_file);
    return FALSE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    g_auto(Making) making = {.folder = operands[0]};
    if (config_file && vendor)
        return misuse(error, "--vendor and --config do not go together: write the vendor into the file");
    making.yaml = g_build_filename(making.folder, "case.yaml", NULL);
    if (!is_free(&making, error) || !choose_suite(&making, error) || !compose(&making, error) ||
        !make(&making, error))
        return EXIT_FAULT;
    remark(cli, "case made in %s", making.folder);
    remark(cli, "%s %s: keep a copy elsewhere, without it nothing sealed opens again",
           making.made_key ? "its key is new:" : "it uses the key", making.key_file);
    return EXIT_DONE;
}

const Command command_init = {.word = "init",
                              .operands = "CASE",
                              .summary = "Make a case, with a key of its own",
                              .options = options,
                              .least = 1,
                              .most = 1,
                              .run = run};
