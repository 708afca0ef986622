/* sqlite.c - a connection to SQLite, its transactions, and what its failures mean. */
#include <errno.h>
#include <string.h>
#include "store/private.h"

/* How long a short transaction (an act) waits for another to end. */
#define WAIT_MS 10000

static const char *const setup[] = {
    "connect.page_size",    "connect.journal",        "connect.synchronous",
    "connect.checkpoint",   "connect.cache",          "connect.temporary",
    "connect.foreign_keys", "connect.trusted_schema", "connect.cell_size",
};

gboolean connection_error(sqlite3 *sqlite, const char *path, const char *doing, GError **error)
{
    int code = sqlite3_extended_errcode(sqlite);
    int cause = sqlite3_system_errno(sqlite);
    switch (code & 0xff) {
    case SQLITE_FULL:
        return error_set(error, CANDOR_ERROR_IO, "disk full: %s cannot grow; make room there and run again",
                         path);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return error_set(error, CANDOR_ERROR_IO, "%s cannot be written: its folder or file is read-only",
                         path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, CANDOR_ERROR_CONFLICT, "%s is in use by another candor: wait for it", path);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return error_set(error, CANDOR_ERROR_IO, "%s is damaged: restore it from a backup", path);
    case SQLITE_NOMEM:
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory for %s", doing);
    case SQLITE_CONSTRAINT: /* the row's fault, not the store's: import.c tells them apart */
        return error_set(error, CANDOR_ERROR_FORMAT, "%s: %s: %s", path, doing, sqlite3_errmsg(sqlite));
    case SQLITE_IOERR:
        if (cause == ENOSPC || cause == EDQUOT)
            return error_set(error, CANDOR_ERROR_IO,
                             "disk full: %s cannot grow; make room there and run again", path);
        return error_set(error, CANDOR_ERROR_IO, "%s: %s (%s)", path, sqlite3_errmsg(sqlite),
                         g_strerror(cause));
    default:
        return error_set(error, CANDOR_ERROR_BUG, "%s: %s: %s", path, doing, sqlite3_errmsg(sqlite));
    }
}

/* PRAGMAs answer with a row, or with none. */
static gboolean run_setup(sqlite3 *sqlite, const char *path, const char *name, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(sqlite, sql_statement(name)->text, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    gboolean done = code == SQLITE_ROW || code == SQLITE_DONE || connection_error(sqlite, path, name, error);
    sqlite3_finalize(statement);
    return done;
}

static gboolean set_up(sqlite3 *sqlite, const char *path, gboolean writes, GError **error)
{
    sqlite3_extended_result_codes(sqlite, 1);
    sqlite3_busy_timeout(sqlite, WAIT_MS);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(setup); i++)
        if (!run_setup(sqlite, path, setup[i], error))
            return FALSE;
    return writes || run_setup(sqlite, path, "connect_reader.query_only", error);
}

/* Statistics of memory cost a lock on every allocation. Fails harmlessly when something used SQLite before us. */
static void set_up_library(void)
{
    static gsize once;
    if (g_once_init_enter(&once)) {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        g_once_init_leave(&once, 1);
    }
}

gboolean connection_enlarge(sqlite3 *sqlite, const char *path, GError **error)
{
    return run_setup(sqlite, path, "connect_large.cache", error);
}

sqlite3 *connection_open(const char *path, gboolean writes, GError **error)
{
    set_up_library();
    sqlite3 *sqlite = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    if (sqlite3_open_v2(path, &sqlite, flags, NULL) == SQLITE_OK && set_up(sqlite, path, writes, error))
        return sqlite;
    if (error && !*error)
        connection_error(sqlite, path, "opening", error);
    sqlite3_close(sqlite);
    return NULL;
}

gboolean store_error(Store *store, const char *doing, GError **error)
{
    g_autofree char *path = g_build_filename(store->folder, "case.db", NULL);
    if (sqlite3_errcode(store->sqlite) == SQLITE_AUTH)
        error_set(error, CANDOR_ERROR_DENIED, "%s: %s", doing,
                  store->refused ? store->refused : "not permitted");
    else
        connection_error(store->sqlite, path, doing, error);
    /* SQLite itself rolls back when the disk is full or fails; then there is nothing left to commit. */
    if (store->in_transaction && sqlite3_get_autocommit(store->sqlite))
        store_rollback(store);
    return FALSE;
}

/* --- transactions ------------------------------------------------------------------------------------------ */

static gboolean run_named(Store *store, const char *name, GError **error)
{
    Query *query = store_query(store, name, error);
    return query && query_run(query, error);
}

gboolean store_begin(Store *store, GError **error)
{
    if (store->in_transaction)
        return error_set(error, CANDOR_ERROR_BUG, "a transaction within a transaction");
    if (store->role && !store->role->writes[0])
        return error_set(error, CANDOR_ERROR_DENIED, "stage %s may not write anything", store->role->name);
    if (!run_named(store, "transaction.begin", error))
        return FALSE;
    store->in_transaction = TRUE;
    return TRUE;
}

void store_rollback(Store *store)
{
    if (!store->in_transaction)
        return;
    if (!sqlite3_get_autocommit(store->sqlite))
        run_named(store, "transaction.rollback", NULL);
    store->in_transaction = FALSE;
    store_forget_gathered(store);
    digests_forget(store);
    audit_forget(store);
    keys_forget(store);
}

gboolean store_commit(Store *store, GError **error)
{
    if (!store->in_transaction)
        return error_set(error, CANDOR_ERROR_BUG, "a commit without a transaction");
    if (!store_write_gathered(store, error) || !digests_write(store, error) || !audit_sign(store, error) ||
        !run_named(store, "transaction.commit", error)) {
        store_rollback(store);
        return FALSE;
    }
    store->in_transaction = FALSE;
    digests_forget(store);
    return TRUE;
}
