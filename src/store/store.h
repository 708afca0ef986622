/* store.h - the case on disk: statements by name, runs, digests, acts.
 *
 * A case is a folder: case.db (SQLite, WAL, synchronous=FULL, 16 KiB pages), case.yaml, lock.  All SQL stands
 * in store/X.sql, each statement under a name ("-- name: match.insert"); code asks for it by that name and
 * binds values.  Nothing else in candor knows SQL.
 *
 * Who may touch what: a Store is opened for one *role*, a line of the table in cli/stages.c; SQLite's authorizer
 * refuses everything else (DENIED, naming role and table).  Roles: the importer (writes evidence), each stage
 * (writes its opinion, or acts), swap (renames shadow tables), reader (writes nothing). */
#pragma once
#include <glib.h>
#include "lib/error.h"
#include "lib/seal.h"
#include "lib/span.h"
#include "nouns/evidence.h"

typedef struct Store Store;
typedef struct Query Query;

/* One line of the stage table. Lists end with NULL; "*" in reads means every table. */
typedef struct {
    const char *name;
    const char *const *reads;
    const char *const *writes;
    gboolean large; /* looks at all mail at once: its connection keeps 256 MB of pages, not 64 */
} StoreRole;

/* Make a new case in `folder` (made if missing; CONFLICT when it holds a case). vendor may be "". Writes
 * case.db, and records suite, key check value, public key and where the key file is. DENIED when that lies inside
 * the case. A case that could not be finished is taken away again. */
gboolean store_create(const char *folder, const CaseKeys *keys, const char *vendor, gint64 now,
                      GError **error);
/* Open for a role. keys may be NULL where nothing sealed is touched (`candor verify` on a copy).
 * Errors: MISSING (no case there; remedy in the sentence), DENIED (wrong key file), CONFLICT (newer schema),
 * IO (read-only folder, disk full). An older schema is migrated by the first writing role. */
Store *store_open(const char *folder, const StoreRole *role, const CaseKeys *keys, GError **error);
void store_close(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)
const CaseKeys *store_keys(const Store *store);
const char *store_folder(const Store *store);

/* --- statements --------------------------------------------------------------------------------------- */
/* The prepared statement of that name, reset and unbound; owned by the store, one user at a time. NULL with
 * BUG (no such name) or DENIED (role). Parameters are numbered from 1, columns from 0. */
Query *store_query(Store *store, const char *name, GError **error);
void query_null(Query *query, guint parameter);
void query_int(Query *query, guint parameter, gint64 value);
void query_text(Query *query, guint parameter, Span value); /* SPAN_NONE binds NULL; not copied: */
void query_blob(Query *query, guint parameter, Span value); /* must live until query_run/step    */
void query_sealed(Query *query, guint parameter, const char *context, Span plain); /* copied */
/* TRUE while there is a row; FALSE at the end, or with *error set. After the end the query is reset. */
gboolean query_step(Query *query, GError **error);
/* Once query_step gave FALSE: TRUE when that was the end of the rows, FALSE when it failed and *error is set. So a loop
 * reads: while (query_step(query, error)) …; return query_ended(query); */
gboolean query_ended(const Query *query);
/* Run a statement that gives no row. Rows of the statements import.X whose shape incoming.sql gives are only gathered,
 * and written many at once: when there are enough of them, and by store_commit. Until then no statement sees them, an
 * error of theirs comes late, and store_changes and store_last_id do not speak of them. */
gboolean query_run(Query *query, GError **error);
gboolean query_is_null(Query *query, guint column);
gint64 query_get_int(Query *query, guint column);
Span query_get_text(Query *query, guint column); /* good until the next step */
Span query_get_blob(Query *query, guint column);
/* Opened seal, g_free; NULL for NULL; "" with *error for one that does not open. */
char *query_get_sealed(Query *query, guint column, const char *context, GError **error);
/* The first column of the one row that a statement gives; the query is reset. */
gboolean query_only_int(Query *query, gint64 *value, GError **error);
/* The same for a statement without parameters. */
gboolean store_ask_int(Store *store, const char *name, gint64 *value, GError **error);
gint64 store_last_id(Store *store);
gint64 store_changes(Store *store);

/* A transaction. A commit that fails has rolled back. Closing rolls back what is open; so does SQLite when the disk is
 * full, and store_rollback without a transaction does nothing. */
gboolean store_begin(Store *store, GError **error); /* BEGIN IMMEDIATE */
gboolean store_commit(Store *store, GError **error);
void store_rollback(Store *store);
/* Run every statement whose name begins with `group` ("schema."), in order, in the open transaction. */
gboolean store_run_group(Store *store, const char *group, GError **error);
/* The same for each of `groups` (NULL at the end), as a transaction of its own. */
gboolean store_run_together(Store *store, const char *const *groups, GError **error);

/* The indexes that searches want and loads do not (indexes.sql, group search_index): collect drops them before a load,
 * classify's swap builds them. Each is a transaction; the role lists "index". */
gboolean store_search_indexes_build(Store *store, GError **error);
gboolean store_search_indexes_drop(Store *store, GError **error);

/* --- content keys ------------------------------------------------------------------------------------- */
/* Resolve n content keys inside the open transaction: sorted by their first 64 bits, looked up, the full key
 * compared; unknown ones get the next content id. ids[i] is the content id of key i, fresh[i] whether it was made
 * now (for equal keys in one call: the first is fresh). A key that shares its first 64 bits with another goes
 * to content_key_collision. */
gboolean store_content_ids(Store *store, const guint8 (*keys)[DIGEST_BYTES], gsize n, gint64 *ids,
                           gboolean *fresh, GError **error);

/* --- digests ------------------------------------------------------------------------------------------ */
/* The digest of a table is the sum modulo 2^256 of SHA-256(table ‖ row), row being its exported fields without
 * ids, run times or jobs; so it is the same in whatever order the rows came, and can be kept up to date as they
 * are added (doc/decisions). Added inside the open transaction, and written by store_commit. */
void store_digest_add(Store *store, const char *table, Span row);
/* Hex of the current digest of a table, g_free. */
char *store_digest(Store *store, const char *table, GError **error);
/* Start again at zero (opinion that is rebuilt). */
void store_digest_reset(Store *store, const char *table);

/* The same of a row that is only texts: every field enters as row.h encodes it. */
void store_digest_fields(Store *store, const char *table, const Span *fields, guint n);
/* Add every row that a statement without parameters gives, each column as store_digest_fields would (bytes in
 * hexadecimal, NULL as the absent value). */
gboolean store_digest_rows(Store *store, const char *table, const char *statement, GError **error);

/* --- opinion ------------------------------------------------------------------------------------------ */
/* A table of opinion stands in schema_stages.sql with the word "shadow". Its stage empties X_new, fills it, commits;
 * then the swap, in its own role, puts every X_new in the place of its X and takes the digest of X anew, by the
 * statement digest_of.X (its fields without ids that mean nothing outside the store, in any order). One transaction. */
gboolean store_shadows_clear(Store *store, const char *const *tables, GError **error);
gboolean store_swap(Store *store, const char *const *tables, GError **error);

/* Whether a stage would see something else now than when it last ended whole: some table that its role reads has
 * another digest. *table names the first such table, or is NULL; it belongs to the role. */
typedef enum { STAGE_NEVER, STAGE_STALE, STAGE_CURRENT } StageState;
gboolean store_stage_state(Store *store, const StoreRole *role, StageState *state, const char **table,
                           GError **error);

/* --- runs --------------------------------------------------------------------------------------------- */
/* What the command line lends a run: where things are, how many workers, whom to tell. All may be NULL or 0. */
typedef struct {
    const char *worker;      /* path of candor-worker                                                    */
    const char *data_dir;    /* holds types.yaml and rules/                                              */
    const char *extra_rules; /* the user's own rules, or NULL                                           */
    const char *cache_dir;   /* for compiled rules                                                       */
    const char *ocr;         /* of which pictures text is read: off, images, all; NULL: converters.yaml  */
    guint jobs;              /* workers at once; 0 = as many as CPUs                                     */
    /* Called now and then in the main thread with what is done and what there is. */
    void (*progress)(void *user, const char *what, guint64 done, guint64 all, guint64 messages);
    gboolean (*stopped)(void *user); /* TRUE once the person asked to stop: finish the unit, then end    */
    /* A sentence for the person, now: a file that is empty, a source that is missing. */
    void (*say)(void *user, const char *sentence);
    void *user;
} RunTools;

/* One writing run per case: holds an OFD lock on `lock` until run_end. CONFLICT when another has it. `now` is the
 * only clock of a stage. */
typedef struct {
    gint64 id;
    gint64 now;
    const char *stage;
    guint64 new_gaps;       /* counted by the stage; decides exit code 3        */
    guint64 retryable_gaps; /* any makes the run incomplete: it has no digest   */
    int lock;
    const RunTools *tools; /* set by whoever began the run; not owned          */
} Run;
Run *run_begin(Store *store, const char *stage, gint64 now, GError **error);
/* Note with which rules (their digest) and at which level of the box it runs. */
gboolean run_worker(Store *store, Run *run, const char *rules, guint64 box, GError **error);
/* state "done" or "incomplete"; when done, records the digest of every table, as they are now. */
gboolean run_end(Store *store, Run *run, GError **error);
void run_free(
    Run *run); /* unlocks; a run not ended stays "running" in the store and is shown as broken off */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)
/* Whether a run holds the case's lock now: a run in state "running" without it was broken off. */
gboolean store_is_running(const Store *store);

/* --- acts --------------------------------------------------------------------------------------------- */
/* Append an act: a versioned canonical line ("custody 1\tAT\tRUN\tfield\t…", row-encoded) with its salt as one leaf
 * of the audit tree, in the open transaction; store_commit then signs the new head. Acts are numbered from 1.
 * Fields of custody: path, handed_by, acquired, taken_by, note, as in its table. */
gboolean act_append(Store *store, Run *run, const char *kind, const Span *fields, guint n, GError **error);
/* Append an act of a kind that has a table (schema_stages.sql, "act"), and its row there: the fields in the order of
 * the columns, numbers as decimal text. A kind with a statement act_set.KIND has a set: its lines are inserted before,
 * under the number that act_next gives, and their digest becomes the last field. *act (may be NULL) is the number. */
gboolean act_next(Store *store, gint64 *act, GError **error);
gboolean act_record(Store *store, Run *run, const char *kind, const Span *fields, guint n, gint64 *act,
                    GError **error);
/* Recompute the tree from the acts, compare each leaf, the order, every signed head and its signature, and what the
 * acts' own tables say. FALSE with DENIED and a sentence that names the first act that was changed, removed or moved.
 * *acts, *heads: how many. Opened without keys, the public key is the one that the case names. */
gboolean audit_verify(Store *store, guint64 *acts, guint64 *heads, GError **error);
