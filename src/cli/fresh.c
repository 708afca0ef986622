/* fresh.c - whether the stages before an acting one have seen all that is there. */
#include "cli/fresh.h"

#include "cli/stages.h"

/* Whether a stage would see something else now. Policies do not count: a stage that goes by one records it itself
 * when it runs, so what another stage recorded since is none of its business. */
static gboolean input_state(Store *store, const StoreRole *input, StageState *state, const char **table,
                            GError **error)
{
    g_autoptr(GPtrArray) reads = g_ptr_array_new();
    for (const char *const *read = input->reads; *read; read++)
        if (!g_str_equal(*read, "act_policy"))
            g_ptr_array_add(reads, (gpointer)*read);
    g_ptr_array_add(reads, NULL);
    const StoreRole without = {.name = input->name, .reads = (const char *const *)reads->pdata};
    return store_stage_state(store, &without, state, table, error);
}

/* The first of `stages` that has not seen all; *stale is NULL when all have. */
static gboolean find_stale(Store *store, const StoreRole *const *stages, const StoreRole **stale,
                           char **sentence, GError **error)
{
    *sentence = NULL;
    for (*stale = NULL; *stages && !*stale; stages++) {
        StageState state;
        const char *table;
        if (!input_state(store, *stages, &state, &table, error))
            return FALSE;
        if (state == STAGE_CURRENT)
            continue;
        *stale = *stages;
        *sentence = state == STAGE_NEVER
                        ? g_strdup_printf("candor %s has not been run yet", (*stages)->name)
                        : g_strdup_printf("candor %s has not seen what is in the table %s now",
                                          (*stages)->name, table);
    }
    return TRUE;
}

gboolean stages_are_fresh(Store *store, const StoreRole *const *stages, char **sentence, GError **error)
{
    const StoreRole *stale;
    return find_stale(store, stages, &stale, sentence, error);
}

gboolean stages_allow(Store *store, const char *path, const char *nothing, GError **error)
{
    static const StoreRole *const before[] = {&role_scope, &role_classify, &role_attribute, NULL};
    const StoreRole *stale;
    g_autofree char *sentence = NULL;
    if (!find_stale(store, before, &stale, &sentence, error))
        return FALSE;
    return !stale || error_set(error, CANDOR_ERROR_DENIED, "%s: %s: %s; run: candor %s %s", path, nothing,
                               sentence, stale->name, path);
}
