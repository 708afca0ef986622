/* query.c - a statement: values bound, stepped, columns read; rows that are gathered. */
#include <string.h>
#include "store/private.h"

/* --- binding --------------------------------------------------------------------------------------------------- */

static void note(Query *query, int code)
{
    if (G_UNLIKELY(code != SQLITE_OK))
        query->failed = code;
}

void query_null(Query *query, guint parameter)
{
    if (!query->gathered) /* where all is NULL that was not set */
        note(query, sqlite3_bind_null(query->statement, (int)parameter));
}

void query_int(Query *query, guint parameter, gint64 value)
{
    if (query->gathered)
        gathered_int(query->gathered, parameter - 1, value);
    else
        note(query, sqlite3_bind_int64(query->statement, (int)parameter, value));
}

void query_text(Query *query, guint parameter, Span value)
{
    if (query->gathered)
        gathered_text(query->gathered, parameter - 1, value);
    else
        note(query, sqlite3_bind_text64(query->statement, (int)parameter, value.p, value.n, SQLITE_STATIC,
                                        SQLITE_UTF8));
}

void query_blob(Query *query, guint parameter, Span value)
{
    if (query->gathered)
        gathered_blob(query->gathered, parameter - 1, value);
    else
        note(query, sqlite3_bind_blob64(query->statement, (int)parameter, value.p, value.n, SQLITE_STATIC));
}

/* A copy of its own for the statement. */
static void bind_seal(Query *query, guint parameter, const void *sealed, gsize n)
{
    if (query->gathered)
        gathered_blob(query->gathered, parameter - 1, (Span){sealed, n});
    else
        note(query, sqlite3_bind_blob64(query->statement, (int)parameter, sealed, n, SQLITE_TRANSIENT));
}

static void bind_new_seal(Query *query, guint parameter, const char *context, Span plain)
{
    g_autofree guint8 *sealed = g_malloc(plain.n + SEAL_OVERHEAD);
    bind_seal(query, parameter, sealed, seal(query->store->keys, context, plain, sealed));
}

void query_sealed(Query *query, guint parameter, const char *context, Span plain)
{
    Store *store = query->store;
    query->no_key |= plain.p && !store->keys;
    if (!plain.p || !store->keys) {
        query_null(query, parameter);
        return;
    }
    const SealedValue *remembered = seal_memory_get(&store->seals, store->keys, context, plain);
    if (remembered)
        bind_seal(query, parameter, remembered->sealed, remembered->n);
    else
        bind_new_seal(query, parameter, context, plain);
}

/* --- stepping -------------------------------------------------------------------------------------------------- */

void query_rewind(Query *query)
{
    sqlite3_reset(query->statement);
    query->failed = 0;
    query->no_key = query->broke = FALSE;
}

static gboolean binding_error(Query *query, GError **error)
{
    if (query->no_key)
        return error_set(error, CANDOR_ERROR_DENIED,
                         "%s seals, and the case was opened without its key: set CANDOR_KEY_FILE",
                         query->name);
    if ((query->failed & 0xff) == SQLITE_NOMEM)
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory for statement %s", query->name);
    return error_set(error, CANDOR_ERROR_BUG, "statement %s: a value that cannot be bound", query->name);
}

gboolean query_step(Query *query, GError **error)
{
    int code = query->failed || query->no_key ? SQLITE_MISUSE : sqlite3_step(query->statement);
    if (code == SQLITE_ROW)
        return TRUE;
    if (query->failed || query->no_key)
        binding_error(query, error);
    else if (code != SQLITE_DONE)
        store_error(query->store, query->name, error);
    query_rewind(query);
    query->broke = code != SQLITE_DONE;
    return FALSE;
}

gboolean query_ended(const Query *query)
{
    return !query->broke;
}

/* All rows that wait, by one step of their statement. */
static gboolean write_gathered(Query *query, GError **error)
{
    int code = sqlite3_step(query->statement);
    if (code != SQLITE_DONE)
        store_error(query->store, query->name, error);
    sqlite3_reset(query->statement);
    gathered_clear(query->gathered);
    return code == SQLITE_DONE;
}

static gboolean gather_row(Query *query, GError **error)
{
    if (G_UNLIKELY(query->no_key))
        return binding_error(query, error);
    if (!query->store->in_transaction)
        return error_set(error, CANDOR_ERROR_BUG, "statement %s outside a transaction", query->name);
    return !gathered_end_row(query->gathered) || write_gathered(query, error);
}

gboolean store_write_gathered(Store *store, GError **error)
{
    GHashTableIter each;
    gpointer query;
    if (!store->queries)
        return TRUE;
    g_hash_table_iter_init(&each, store->queries);
    while (g_hash_table_iter_next(&each, NULL, &query)) {
        const Gathered *gathered = ((Query *)query)->gathered;
        if (gathered && gathered_waits(gathered) && !write_gathered(query, error))
            return FALSE;
    }
    return TRUE;
}

void store_forget_gathered(Store *store)
{
    GHashTableIter each;
    gpointer query;
    if (!store->queries)
        return;
    g_hash_table_iter_init(&each, store->queries);
    while (g_hash_table_iter_next(&each, NULL, &query))
        if (((Query *)query)->gathered)
            gathered_clear(((Query *)query)->gathered);
}

gboolean query_run(Query *query, GError **error)
{
    if (query->gathered)
        return gather_row(query, error);
    if (G_LIKELY(!query_step(query, error)))
        return query_ended(query);
    query_rewind(query);
    return error_set(error, CANDOR_ERROR_BUG, "statement %s gives rows", query->name);
}

/* --- reading --------------------------------------------------------------------------------------------------- */

gboolean query_is_null(Query *query, guint column)
{
    return sqlite3_column_type(query->statement, (int)column) == SQLITE_NULL;
}

gint64 query_get_int(Query *query, guint column)
{
    return sqlite3_column_int64(query->statement, (int)column);
}

/* An empty value is there all the same: SQLite gives NULL for an empty BLOB. */
static Span present(const void *bytes, int n)
{
    return bytes ? (Span){bytes, (gsize)n} : (Span){"", 0};
}

Span query_get_text(Query *query, guint column)
{
    if (query_is_null(query, column))
        return SPAN_NONE;
    const void *bytes = sqlite3_column_text(query->statement, (int)column);
    return present(bytes, sqlite3_column_bytes(query->statement, (int)column));
}

Span query_get_blob(Query *query, guint column)
{
    if (query_is_null(query, column))
        return SPAN_NONE;
    const void *bytes = sqlite3_column_blob(query->statement, (int)column);
    return present(bytes, sqlite3_column_bytes(query->statement, (int)column));
}

char *query_get_sealed(Query *query, guint column, const char *context, GError **error)
{
    Span sealed = query_get_blob(query, column);
    if (!sealed.p)
        return NULL;
    if (!query->store->keys) {
        error_set(error, CANDOR_ERROR_DENIED, "%s is sealed, and the case was opened without its key: set %s",
                  query->name, "CANDOR_KEY_FILE");
        return g_strdup("");
    }
    char *plain = g_malloc(sealed.n + 1);
    gssize n = unseal(query->store->keys, context, sealed, (guint8 *)plain, error);
    plain[MAX(n, 0)] = 0;
    return plain;
}

gboolean query_only_int(Query *query, gint64 *value, GError **error)
{
    if (query_step(query, error)) {
        *value = query_get_int(query, 0);
        query_rewind(query);
        return TRUE;
    }
    return query_ended(query) && error_set(error, CANDOR_ERROR_BUG, "statement %s gives no row", query->name);
}

gboolean store_ask_int(Store *store, const char *name, gint64 *value, GError **error)
{
    Query *query = store_query(store, name, error);
    return query && query_only_int(query, value, error);
}

guint query_columns(Query *query)
{
    return (guint)sqlite3_column_count(query->statement);
}

void query_put_canonical(Query *query, guint column, RowBuffer *row)
{
    if (query_is_null(query, column)) {
        row_put(row, SPAN_NONE);
    } else if (sqlite3_column_type(query->statement, (int)column) == SQLITE_BLOB) {
        Span bytes = query_get_blob(query, column);
        row_put_hex(row, (const guint8 *)bytes.p, bytes.n);
    } else {
        row_put(row, query_get_text(query, column));
    }
}

gint64 store_last_id(Store *store)
{
    return sqlite3_last_insert_rowid(store->sqlite);
}

gint64 store_changes(Store *store)
{
    return sqlite3_changes64(store->sqlite);
}
