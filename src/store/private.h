/* private.h - the inside of a Store, for src/store alone. */
#pragma once
#include <sqlite3.h>
#include "lib/tree.h"
#include "store/gather.h"
#include "store/seal_memory.h"
#include "store/statements.h"
#include "store/store.h"

/* The sum of the hashes of a table's rows, modulo 2^256. */
typedef struct {
    const char *table;
    gconstpointer asked_as; /* the literal by which it was last asked for: compared first, never read */
    guint64 sum[4];         /* least significant first */
    gint64 rows;
} DigestSum;

#define DIGEST_TABLES_MAX 128
/* Of a table without rows. */
#define DIGEST_OF_NOTHING "0000000000000000000000000000000000000000000000000000000000000000"

/* The row that is being put together. */
typedef struct {
    guint8 *bytes;
    gsize n, capacity;
} DigestScratch;

struct Query {
    Store *store;
    sqlite3_stmt *statement;
    const char *name;
    int failed; /* code of a binding that could not be made, told at the next step; 0 */
    gboolean no_key, broke;
    Gathered *gathered; /* of a statement whose rows are written many at once; else NULL */
};

/* Places for the statements that were asked for last. */
#define RECENT_QUERIES 64

struct Store {
    sqlite3 *sqlite;
    char *folder;
    const CaseKeys *keys;
    const StoreRole *role;
    GHashTable *queries; /* name -> Query */
    Query *recent[RECENT_QUERIES];
    char *refused; /* what the authorizer said last */
    gboolean in_transaction;
    /* Touched in the open transaction; written by its commit. */
    DigestSum digests[DIGEST_TABLES_MAX];
    guint digest_count;
    GError *digest_error;
    DigestScratch scratch;
    gint64 keys_waiting; /* rows of content_key_collision, plus one; 0 when not known */
    SealMemory *seals;
    /* The audit tree as far as it is known; new acts are signed by the commit. */
    Tree tree;
    gboolean tree_loaded, tree_grown;
    gint64 tree_at;
};

/* sqlite.c */
sqlite3 *connection_open(const char *path, gboolean writes, GError **error);
/* For a role that looks at all mail at once. */
gboolean connection_enlarge(sqlite3 *sqlite, const char *path, GError **error);
/* Set *error from SQLite's last failure on this connection, and return FALSE; `doing`: "statement meta.get". */
gboolean connection_error(sqlite3 *sqlite, const char *path, const char *doing, GError **error);
/* The same for a store, which also knows what its role was refused. Rolls back where SQLite could not go on. */
gboolean store_error(Store *store, const char *doing, GError **error);

/* statements.c */
void store_forget_queries(Store *store);

/* query.c */
void query_rewind(Query *query);
/* Rows that query_run only gathered: written by a commit first, dropped by a rollback. */
gboolean store_write_gathered(Store *store, GError **error);
void store_forget_gathered(Store *store);
guint query_columns(Query *query);
/* Append a column as it enters canonical lines: NULL as the absent value, bytes in hexadecimal, else as text. */
void query_put_canonical(Query *query, guint column, RowBuffer *row);

/* act_record.c: the digest of an act's set, in hexadecimal, g_free; whether acts of a kind have one. */
char *act_set_digest(Store *store, const char *kind, gint64 act, GError **error);
gboolean act_has_set(const char *kind);

/* role.c: hold the connection to store->role from now on; NULL lifts it. */
void role_impose(Store *store, const StoreRole *role);

/* digest.c, audit.c: what a commit writes first, and what a rollback forgets. */
gboolean digests_write(Store *store, GError **error);
void digests_forget(Store *store);
gboolean audit_sign(Store *store, GError **error);
void audit_forget(Store *store);

/* keys.c: what a rollback forgets. */
void keys_forget(Store *store);

/* The sum in memory, read from the table at first use; NULL with *error set. */
DigestSum *digest_of(Store *store, const char *table, GError **error);
void digest_sum_add(DigestSum *sum, Span row);
char *digest_sum_hex(const DigestSum *sum);

/* meta.c: a value of the table meta, g_free; NULL with *error set (MISSING when there is none). */
char *store_meta(Store *store, const char *name, GError **error);
gboolean store_meta_set(Store *store, const char *name, const char *value, GError **error);

/* migrate.c */
#define SCHEMA_VERSION 8
/* Bring the tables to SCHEMA_VERSION, in one transaction, before a role is imposed. CONFLICT for a newer schema, or an
 * older one where `writes` is FALSE. */
gboolean migrate(Store *store, gboolean writes, GError **error);
