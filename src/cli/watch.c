/* watch.c - candor watch: somebody tries what was stolen. */
#include "watch/watch.h"
#include "cli/act_command.h"
#include "cli/fresh.h"
#include "cli/run_stage.h"
#include "cli/stages.h"

static const Field fields[] = {{"at", VALUE_TIME, 20},
                               {"customer", VALUE_TEXT, 8},
                               {"account", VALUE_TEXT, 14},
                               {"address", VALUE_TEXT, 14},
                               {"what", VALUE_TEXT, 0}};

static gboolean say_count(const Cli *cli, Store *store, guint64 added, GError **error)
{
    gint64 all = 0, valid = 0;
    Query *query = store_query(store, "watch.count", error);
    while (query && query_step(query, error)) {
        all = query_get_int(query, 0);
        valid = query_get_int(query, 1);
    }
    if (all)
        remark(cli,
               "%" G_GUINT64_FORMAT " new; since the theft %" G_GINT64_FORMAT
               " from unknown places, %" G_GINT64_FORMAT " of them with a secret that is still valid",
               added, all, valid);
    return query && query_ended(query);
}

static int run(const Cli *cli, char **operands, GError **error)
{
    guint64 added;
    g_autoptr(StageRun) stage = stage_run_begin(cli, operands[0], "watch", &role_watch, error);
    if (!stage || !stages_allow(stage->store, operands[0], "nothing is watched for", error) ||
        !watch(stage->store, stage->run, &added, error) ||
        !act_command_list(cli, stage->store, "watch.list", fields, G_N_ELEMENTS(fields),
                          "nobody has tried what was stolen, as far as the sign-in logs say", error) ||
        !say_count(cli, stage->store, added, error))
        return EXIT_FAULT;
    return stage_run_end(stage, error);
}

const Command command_watch = {.word = "watch",
                               .operands = "CASE",
                               .summary = "Look in sign-in logs for whoever tries what was stolen",
                               .least = 1,
                               .most = 1,
                               .run = run};
