/* opinion.c - opinion is built in shadow tables and swapped in; digests of whole tables; whether a stage is stale. */
#include <string.h>
#include "store/private.h"

#define FIELDS_MAX_BYTES (1 << 20)

/* --- digests of fields ----------------------------------------------------------------------------------------- */

void store_digest_fields(Store *store, const char *table, const Span *fields, guint n)
{
    g_auto(RowBuffer) row = {.ceiling = FIELDS_MAX_BYTES};
    row_begin(&row, 'F');
    for (guint i = 0; i < n; i++)
        row_put(&row, fields[i]);
    store_digest_add(store, table, (Span){(const char *)row.bytes, row.length});
}

gboolean store_digest_rows(Store *store, const char *table, const char *statement, GError **error)
{
    g_auto(RowBuffer) row = {.ceiling = FIELDS_MAX_BYTES};
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        row_buffer_reset(&row);
        row_begin(&row, 'F');
        for (guint i = 0; i < query_columns(query); i++)
            query_put_canonical(query, i, &row);
        store_digest_add(store, table, (Span){(const char *)row.bytes, row.length});
    }
    return query_ended(query);
}

/* --- shadows --------------------------------------------------------------------------------------------------- */

static gboolean run_named(Store *store, const char *group, const char *table, GError **error)
{
    g_autofree char *name = g_strconcat(group, ".", table, NULL);
    Query *query = store_query(store, name, error);
    return query && query_run(query, error);
}

gboolean store_shadows_clear(Store *store, const char *const *tables, GError **error)
{
    for (; *tables; tables++)
        if (!run_named(store, "shadow", *tables, error))
            return FALSE;
    return TRUE;
}

static gboolean swap_table(Store *store, const char *table, GError **error)
{
    g_autofree char *steps = g_strdup_printf("swap.%s.", table);
    g_autofree char *digest = g_strconcat("digest_of.", table, NULL);
    store_digest_reset(store, table);
    return store_run_group(store, steps, error) && store_digest_rows(store, table, digest, error);
}

gboolean store_swap(Store *store, const char *const *tables, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    for (const char *const *table = tables; *table; table++)
        if (!swap_table(store, *table, error)) {
            store_rollback(store);
            return FALSE;
        }
    return store_commit(store, error);
}

/* --- staleness ------------------------------------------------------------------------------------------------- */

/* Whether the table has now the digest that it had when that run ended; a table without a digest never differs. */
static gboolean table_is_as_then(Store *store, gint64 run, const char *table, gboolean *same, GError **error)
{
    g_autofree char *now = store_digest(store, table, error);
    g_autofree char *then = NULL;
    Query *query = now ? store_query(store, "run.digest_get", error) : NULL;
    if (!query)
        return FALSE;
    query_int(query, 1, run);
    query_text(query, 2, span_of_string(table));
    if (query_step(query, error)) {
        then = span_dup(query_get_text(query, 0));
        query_step(query, error);
    }
    if (!query_ended(query))
        return FALSE;
    *same = strcmp(now, then ? then : DIGEST_OF_NOTHING) == 0;
    return TRUE;
}

gboolean store_stage_state(Store *store, const StoreRole *role, StageState *state, const char **table,
                           GError **error)
{
    gint64 run;
    Query *query = store_query(store, "run.last_done", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(role->name));
    if (!query_only_int(query, &run, error))
        return FALSE;
    *state = run ? STAGE_CURRENT : STAGE_NEVER;
    *table = NULL;
    for (const char *const *read = role->reads; run && *read; read++) {
        gboolean same = TRUE;
        if (!table_is_as_then(store, run, *read, &same, error))
            return FALSE;
        if (!same) {
            *state = STAGE_STALE;
            *table = *read;
            break;
        }
    }
    return TRUE;
}
