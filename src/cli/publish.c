/* publish.c - candor publish: a sealed release for each customer, and one opened again. */
#include "publish/publish.h"
#include "nouns/release.h"
#include "cli/act_command.h"
#include "cli/fresh.h"
#include "cli/release_print.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

static char **customers, *opened, *key_path, *folder, *key_to_write;

static const GOptionEntry options[] = {
    {"customer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &customers,
     "Only for this customer; may stand more than once", "ID"},
    {"write-key", 0, 0, G_OPTION_ARG_FILENAME, &key_to_write,
     "Write the key of the one --customer, and publish nothing", "FILE"},
    {"open", 0, 0, G_OPTION_ARG_FILENAME, &opened, "Print what stands in a release; needs --key, and no CASE",
     "FILE"},
    {"key", 0, 0, G_OPTION_ARG_FILENAME, &key_path, "With --open: the customer's key", "FILE"},
    {"extract", 0, 0, G_OPTION_ARG_FILENAME, &folder,
     "With --open: write manifest and objects instead of printing", "DIR"},
    {0},
};

static const Field fields[] = {{"customer", VALUE_TEXT, 20},
                               {"messages", VALUE_NUMBER, 8},
                               {"release", VALUE_TEXT, 32},
                               {"sha256", VALUE_TEXT, 0}};

/* --- opening --------------------------------------------------------------------------------------------------- */

static gboolean print_release(Release *release, GError **error)
{
    g_auto(Output) output = {0};
    return output_open(&output, NULL, error) && release_print(release, output.file, error) &&
           output_finish(&output, error);
}

static int open_release(char **operands, GError **error)
{
    if (operands[0] || !key_path || customers || key_to_write)
        return misuse(error, "candor publish --open FILE takes --key FILE, and neither CASE nor customers");
    g_autoptr(CaseKeys) keys = case_keys_open(key_path, error);
    g_autoptr(Release) release = keys ? release_open(opened, keys, error) : NULL;
    if (!release)
        return EXIT_FAULT;
    gboolean done = folder ? release_extract(release, folder, error) : print_release(release, error);
    return done ? EXIT_DONE : EXIT_FAULT;
}

/* --- the key of a customer ------------------------------------------------------------------------------------- */

static int write_key(const Cli *cli, const char *path, GError **error)
{
    if (!customers || customers[1])
        return misuse(error, "--write-key goes with one --customer");
    g_autofree char *branch = release_branch(customers[0]);
    g_autoptr(CaseFolder) kase = case_folder_open(path, TRUE, error);
    g_autoptr(Store) store = kase ? case_folder_store(kase, &role_reader, error) : NULL;
    if (!store || !act_command_customer(store, customers[0], error) ||
        !case_keys_branch_create(store_keys(store), branch, key_to_write, error))
        return EXIT_FAULT;
    remark(cli, "%s opens every release of %s, and nothing else", key_to_write, customers[0]);
    return EXIT_DONE;
}

/* --- publishing ------------------------------------------------------------------------------------------------ */

static void say_published(const Cli *cli, const Published *told)
{
    remark(cli, "%u published, %u as before%s", told->published, told->unchanged,
           told->left ? "; others wait for mail that cannot be read again now" : "");
}

static int publish_all(const Cli *cli, const char *path, GError **error)
{
    Published told;
    g_autoptr(StageRun) stage = stage_run_begin(cli, path, "publish", &role_publish, error);
    if (!stage || !stages_allow(stage->store, path, "nothing was published", error) ||
        !publish(stage->store, stage->run, (const char *const *)customers, &told, error))
        return EXIT_FAULT;
    progress_finish(stage->tools->progress);
    if (!act_command_list(cli, stage->store, "publish.list", fields, G_N_ELEMENTS(fields),
                          "nothing to publish", error))
        return EXIT_FAULT;
    say_published(cli, &told);
    int code = stage_run_end(stage, error);
    return code == EXIT_DONE && told.left ? EXIT_GAPS : code;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    if (opened)
        return open_release(operands, error);
    if (key_path || folder)
        return misuse(error, "--key and --extract go with --open");
    if (!operands[0])
        return misuse(error, "candor publish needs CASE; see: candor help publish");
    return key_to_write ? write_key(cli, operands[0], error) : publish_all(cli, operands[0], error);
}

const Command command_publish = {.word = "publish",
                                 .operands = "[CASE]",
                                 .options = options,
                                 .summary = "Write for each customer a sealed release of what it may see",
                                 .least = 0,
                                 .most = 1,
                                 .run = run};
