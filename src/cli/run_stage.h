/* run_stage.h - a stage as a command runs it: case, tools, store, run, and how it ended. */
#pragma once
#include "cli/tools.h"

typedef struct {
    const Cli *cli;
    CaseFolder *folder;
    Tools *tools;
    Store *store; /* in the role of the moment */
    Run *run;
} StageRun;

/* Open the case in `role` and begin a run, the only one of the case (CONFLICT: exit code 75). */
StageRun *stage_run_begin(const Cli *cli, const char *path, const char *stage, const StoreRole *role,
                          GError **error);
/* Go on in another role: another connection to the same case, in the same run. */
gboolean stage_run_turn_to(StageRun *stage, const StoreRole *role, GError **error);
/* Put the shadows of these tables in their place, and go on in role `back`. */
gboolean stage_run_swap(StageRun *stage, const char *const *tables, const StoreRole *back, GError **error);
/* End the run and say how it went. Returns an exit code: done, new gaps, or again when it was stopped. */
int stage_run_end(StageRun *stage, GError **error);
void stage_run_free(StageRun *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StageRun, stage_run_free)
