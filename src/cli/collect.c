/* collect.c - candor collect: sources come in and are read. */
#include "collect/collect.h"
#include "lib/moment.h"
#include "cli/options.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

static char *mailbox, *handed_by, *acquired, *note, *covers, *ocr;

static const GOptionEntry options[] = {
    {"mailbox", 0, 0, G_OPTION_ARG_STRING, &mailbox,
     "Whose mailbox it is (default: by case.yaml, else by name)", "NAME"},
    {"handed-by", 0, 0, G_OPTION_ARG_STRING, &handed_by, "Custody: who handed it over", "NAME"},
    {"acquired", 0, 0, G_OPTION_ARG_STRING, &acquired, "Custody: how it was acquired", "HOW"},
    {"covers", 0, 0, G_OPTION_ARG_STRING, &covers,
     "For which time a log is complete (default: from its first record to its last)", "FROM/TO"},
    OPTION_OCR(ocr),
    {"note", 0, 0, G_OPTION_ARG_STRING, &note, "Custody: what else is to be said", "TEXT"},
    {0},
};

static const char *said(const char *value)
{
    return value ? value : "";
}

/* --covers goes before case.yaml, which was understood when it was read. */
static gboolean say_covers(StageRun *stage, const char *path, SourceGiven *given, GError **error)
{
    given->covers_from = given->covers_to = MOMENT_NONE;
    if (!covers) {
        case_config_covers(stage->folder->config, path, &given->covers_from, &given->covers_to);
        return TRUE;
    }
    return moment_parse_range(span_of_string(covers), &given->covers_from, &given->covers_to) ||
           misuse(error, "--covers wants two times, the later one last, as 2025-01-01/2025-03-31T12:00:00Z");
}

static gboolean take_source(StageRun *stage, const char *path, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    SourceGiven given = {
        .path = whole,
        .mailbox = mailbox ? mailbox : case_config_mailbox(stage->folder->config, whole),
        .handed_by = said(handed_by),
        .acquired = said(acquired),
        .taken_by = g_get_user_name(),
        .note = said(note),
    };
    return say_covers(stage, whole, &given, error) && collect_source(stage->store, stage->run, &given, error);
}

/* Each path is a source of its own; then all that nobody has read is read, also of earlier calls. */
static gboolean take_and_read(StageRun *stage, char **paths, GError **error)
{
    for (guint i = 0; paths[i]; i++)
        if (!take_source(stage, paths[i], error))
            return FALSE;
    return stage_run_turn_to(stage, &role_importer, error) && collect(stage->store, stage->run, error);
}

/* A wrong path is said before anything is registered. */
static gboolean paths_are_there(char **paths, GError **error)
{
    for (guint i = 0; paths[i]; i++)
        if (!g_file_test(paths[i], G_FILE_TEST_EXISTS))
            return error_set(error, CANDOR_ERROR_MISSING,
                             "%s: there is no such file or folder; nothing was collected", paths[i]);
    return TRUE;
}

static int run(const Cli *cli, char **operands, GError **error)
{
    if (!option_ocr_is_known(ocr, error) || !paths_are_there(operands + 1, error))
        return EXIT_FAULT;
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "collect", &role_collect, error);
    if (stage && ocr)
        stage->tools->run.ocr = ocr;
    if (!stage || !take_and_read(stage, operands + 1, error))
        return EXIT_FAULT;
    return stage_run_end(stage, error);
}

const Command command_collect = {
    .word = "collect",
    .operands = "CASE [PATH…]",
    .options = options,
    .summary = "Read mail and logs where they lie: mbox, Maildir, EML, audit and sign-in logs",
    .least = 1,
    .most = OPERANDS_ANY,
    .run = run};
