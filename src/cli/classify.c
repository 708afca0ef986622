/* classify.c - candor classify: findings and masked views of what was read. */
#include "classify/classify.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

static int run(const Cli *cli, char **operands, GError **error)
{
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "classify", &role_classify, error);
    if (!stage || !classify(stage->store, stage->run, error))
        return EXIT_FAULT;
    if (!stage_run_turn_to(stage, &role_swap, error) || !classify_swap(stage->store, error) ||
        !stage_run_turn_to(stage, &role_classify, error))
        return EXIT_FAULT;
    return stage_run_end(stage, error);
}

const Command command_classify = {.word = "classify",
                                  .operands = "CASE",
                                  .least = 1,
                                  .most = 1,
                                  .run = run,
                                  .summary = "Make findings of what the rules saw, and masked views"};
