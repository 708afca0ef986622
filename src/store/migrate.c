/* migrate.c - evidence and acts move to a newer schema; opinion is emptied, for its stage to build again. */
#include "store/private.h"

#define VERSION "schema_version"

static gboolean version_of(Store *store, gint64 *version, GError **error)
{
    g_autofree char *text = store_meta(store, VERSION, error);
    if (!text)
        return FALSE;
    return row_int(span_of_string(text), version) ||
           error_set(error, CANDOR_ERROR_FORMAT, "case %s: its schema version is no number", store->folder);
}

static gboolean may_open(const Store *store, gint64 version, gboolean writes, GError **error)
{
    if (version > SCHEMA_VERSION)
        return error_set(error, CANDOR_ERROR_CONFLICT,
                         "case %s has schema %" G_GINT64_FORMAT
                         ", this candor knows up to %d: use a newer candor",
                         store->folder, version, SCHEMA_VERSION);
    if (version < SCHEMA_VERSION && !writes)
        return error_set(error, CANDOR_ERROR_CONFLICT,
                         "case %s has schema %" G_GINT64_FORMAT
                         " of an older candor: candor collect or classify "
                         "brings it to %d",
                         store->folder, version, SCHEMA_VERSION);
    return TRUE;
}

static gboolean take_steps(Store *store, gint64 from, GError **error)
{
    for (gint64 next = from + 1; next <= SCHEMA_VERSION; next++) {
        g_autofree char *group = g_strdup_printf("migrate_%" G_GINT64_FORMAT ".", next);
        if (!store_run_group(store, group, error))
            return FALSE;
    }
    g_autofree char *now = g_strdup_printf("%d", SCHEMA_VERSION);
    return store_run_group(store, "stages.", error) && store_run_group(store, "view_drop.", error) &&
           store_run_group(store, "view.", error) && store_run_group(store, "index.", error) &&
           store_run_group(store, "opinion_clear.", error) && store_meta_set(store, VERSION, now, error);
}

gboolean migrate(Store *store, gboolean writes, GError **error)
{
    gint64 version;
    if (!version_of(store, &version, error) || !may_open(store, version, writes, error))
        return FALSE;
    if (version == SCHEMA_VERSION)
        return TRUE;
    if (!store_begin(store, error))
        return FALSE;
    /* Asked again: another may have migrated it while we waited for the transaction. */
    if (version_of(store, &version, error) && may_open(store, version, writes, error) &&
        take_steps(store, version, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
