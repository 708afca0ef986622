/* fresh.c - whether the stages before an acting one have seen all that is there. */
#include "cli/fresh.h"

gboolean stages_are_fresh(Store *store, const StoreRole *const *stages, char **sentence, GError **error)
{
    *sentence = NULL;
    for (; *stages; stages++) {
        StageState state;
        const char *table;
        if (!store_stage_state(store, *stages, &state, &table, error))
            return FALSE;
        if (state == STAGE_CURRENT)
            continue;
        *sentence = state == STAGE_NEVER
                        ? g_strdup_printf("candor %s has not been run yet", (*stages)->name)
                        : g_strdup_printf("candor %s has not seen what table %s holds now: run it again",
                                          (*stages)->name, table);
        return TRUE;
    }
    return TRUE;
}
