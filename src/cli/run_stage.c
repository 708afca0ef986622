/* run_stage.c - a stage as a command runs it. */
#include "cli/run_stage.h"

#include "lib/moment.h"
#include "cli/counts.h"
#include "cli/stages.h"

void stage_run_free(StageRun *stage)
{
    if (!stage)
        return;
    run_free(stage->run);
    store_close(stage->store);
    tools_free(stage->tools);
    case_folder_free(stage->folder);
    g_free(stage);
}

gboolean stage_run_turn_to(StageRun *stage, const StoreRole *role, GError **error)
{
    g_clear_pointer(&stage->store, store_close);
    stage->store = case_folder_store(stage->folder, role, error);
    return stage->store != NULL;
}

/* One line for people, or one object: what the run's end means. */
static void say_end(const StageRun *stage)
{
    const Run *run = stage->run;
    const char *state = tools_stopped() ? "stopped" : run->new_gaps ? "gaps" : "done";
    if (stage->cli->json) {
        printf("{\"stage\":\"%s\",\"state\":\"%s\",\"run\":%" G_GINT64_FORMAT
               ",\"new_gaps\":%" G_GUINT64_FORMAT ",\"retryable_gaps\":%" G_GUINT64_FORMAT "}\n",
               run->stage, state, run->id, run->new_gaps, run->retryable_gaps);
        return;
    }
    if (tools_stopped())
        remark(stage->cli, "stopped; run the same command to go on");
    else if (run->new_gaps)
        remark(stage->cli, "%s done, with %" G_GUINT64_FORMAT " new gap%s; see: candor show %s gaps",
               run->stage, run->new_gaps, run->new_gaps == 1 ? "" : "s", stage->folder->folder);
    else
        remark(stage->cli, "%s done", run->stage);
}

gboolean stage_run_swap(StageRun *stage, const char *const *tables, const StoreRole *back, GError **error)
{
    return stage_run_turn_to(stage, &role_swap, error) && store_swap(stage->store, tables, error) &&
           stage_run_turn_to(stage, back, error);
}

/* Sums that status shows are kept by whichever run changed what they are of. */
static gboolean keep_counts(StageRun *stage, GError **error)
{
    gboolean kept;
    return stage_run_turn_to(stage, &role_counts, error) && counts_are_kept(stage->store, &kept, error) &&
           (kept || counts_keep(stage->store, error));
}

int stage_run_end(StageRun *stage, GError **error)
{
    progress_finish(stage->tools->progress);
    /* A run that was stopped is left as it is: not ended, shown as broken off. */
    if (!tools_stopped() && (!run_end(stage->store, stage->run, error) || !keep_counts(stage, error)))
        return EXIT_FAULT;
    say_end(stage);
    return tools_stopped() ? EXIT_AGAIN : stage->run->new_gaps ? EXIT_GAPS : EXIT_DONE;
}

StageRun *stage_run_begin(const Cli *cli, const char *path, const char *stage_name, const StoreRole *role,
                          GError **error)
{
    g_autoptr(StageRun) stage = g_new0(StageRun, 1);
    stage->cli = cli;
    stage->folder = case_folder_open(path, TRUE, error);
    if (!stage->folder)
        return NULL;
    stage->tools = tools_new(cli, stage->folder->config, error);
    if (!stage->tools || !stage_run_turn_to(stage, role, error))
        return NULL;
    stage->run = run_begin(stage->store, stage_name, moment_now(), error);
    if (!stage->run)
        return NULL;
    stage->run->tools = &stage->tools->run;
    return g_steal_pointer(&stage);
}
