/* tools.h - what the command line lends a run: worker, rules, jobs, a bar, and Ctrl-C. */
#pragma once
#include "cli/case_folder.h"

typedef struct {
    RunTools run; /* points into the rest */
    char *worker, *data, *cache;
    Progress *progress;
} Tools;

/* `config` may be NULL (no case). From here on the first Ctrl-C asks to stop, the second ends the
 * process. NULL with MISSING when worker or rules are not there. */
Tools *tools_new(const Cli *cli, const CaseConfig *config, GError **error);
void tools_free(Tools *tools);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tools, tools_free)
/* Has the person asked to stop? */
gboolean tools_stopped(void);
