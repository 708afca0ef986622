/* classify.c - candor classify: what was read by older rules is read again; then findings and masked views. */
#include "classify/classify.h"
#include "cli/options.h"
#include "cli/run_stage.h"
#include "cli/stages.h"
#include "collect/collect.h"

static char *ocr;

static const GOptionEntry options[] = {OPTION_OCR(ocr), {0}};

static int run(const Cli *cli, char **operands, GError **error)
{
    if (!option_ocr_is_known(ocr, error))
        return EXIT_FAULT;
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "classify", &role_importer, error);
    if (stage && ocr)
        stage->tools->run.ocr = ocr;
    if (!stage || !collect_again(stage->store, stage->run, error) ||
        !stage_run_turn_to(stage, &role_classify, error) || !classify(stage->store, stage->run, error))
        return EXIT_FAULT;
    if (!stage_run_turn_to(stage, &role_swap, error) || !classify_swap(stage->store, error) ||
        !stage_run_turn_to(stage, &role_classify, error))
        return EXIT_FAULT;
    return stage_run_end(stage, error);
}

const Command command_classify = {.word = "classify",
                                  .operands = "CASE",
                                  .options = options,
                                  .least = 1,
                                  .most = 1,
                                  .run = run,
                                  .summary = "Make findings of what the rules saw, and masked views"};
