/* statements.c - statements by name, each prepared once. */
#include "store/statements.h"

#include <string.h>
#include "store/private.h"

/* Built once, of names that live as long as the program. */
static GHashTable *by_name(void)
{
    static GHashTable *table;
    if (g_once_init_enter(&table)) {
        GHashTable *made = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < sql_statement_count; i++)
            g_hash_table_insert(made, (gpointer)sql_statements[i].name, (gpointer)&sql_statements[i]);
        g_once_init_leave(&table, made);
    }
    return table;
}

const SqlStatement *sql_statement(const char *name)
{
    return g_hash_table_lookup(by_name(), name);
}

/* --- making one ---------------------------------------------------------------------------------------------- */

static void query_free(gpointer data)
{
    Query *query = data;
    sqlite3_finalize(query->statement);
    gathered_free(query->gathered);
    g_free(query);
}

/* The rows of statement import.X are gathered where incoming.X says which shape they have. */
static Gathered *gathered_of(Store *store, const char *name)
{
    if (!g_str_has_prefix(name, "import."))
        return NULL;
    const char *what = name + strlen("import.");
    g_autofree char *shape_name = g_strconcat("incoming.", what, NULL);
    g_autofree char *table = g_strconcat("incoming_", what, NULL);
    const SqlStatement *shape = sql_statement(shape_name);
    return shape ? gathered_new(store->sqlite, table, shape->text) : NULL;
}

static Query *prepare(Store *store, const char *name, GError **error)
{
    const SqlStatement *sql = sql_statement(name);
    if (!sql) {
        error_set(error, CANDOR_ERROR_BUG, "no statement is named %s", name);
        return NULL;
    }
    Query *query = g_new0(Query, 1);
    *query = (Query){.store = store, .name = sql->name, .gathered = gathered_of(store, sql->name)};
    if (sqlite3_prepare_v3(store->sqlite, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &query->statement,
                           NULL) != SQLITE_OK) {
        store_error(store, name, error);
        query_free(query);
        return NULL;
    }
    if (!store->queries)
        store->queries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, query_free);
    g_hash_table_insert(store->queries, (gpointer)sql->name, query);
    return query;
}

static void begin_query(Query *query)
{
    if (query->gathered) {
        gathered_begin_row(query->gathered);
        return;
    }
    query_rewind(query);
    sqlite3_clear_bindings(query->statement);
}

/* Names are literals, mostly the very same one: where it lies says where to look first. */
static Query **recent_place(Store *store, const char *name)
{
    return &store->recent[((gsize)name >> 2) % RECENT_QUERIES];
}

Query *store_query(Store *store, const char *name, GError **error)
{
    Query **recent = recent_place(store, name);
    Query *query = *recent;
    if (!query || strcmp(query->name, name) != 0)
        query = store->queries ? g_hash_table_lookup(store->queries, name) : NULL;
    if (G_UNLIKELY(!query))
        query = prepare(store, name, error);
    *recent = query;
    if (query)
        begin_query(query);
    return query;
}

void store_forget_queries(Store *store)
{
    memset(store->recent, 0, sizeof store->recent);
    g_clear_pointer(&store->queries, g_hash_table_unref);
}

gboolean store_run_group(Store *store, const char *group, GError **error)
{
    for (guint i = 0; i < sql_statement_count; i++) {
        if (!g_str_has_prefix(sql_statements[i].name, group))
            continue;
        Query *query = store_query(store, sql_statements[i].name, error);
        if (!query || !query_run(query, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean run_groups(Store *store, const char *const *groups, GError **error)
{
    for (; *groups; groups++)
        if (!store_run_group(store, *groups, error))
            return FALSE;
    return TRUE;
}

gboolean store_run_together(Store *store, const char *const *groups, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (run_groups(store, groups, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
