/* pool.h - the pool of workers: requests out, checked rows in.
 *
 * Whoever needs outside bytes read asks here.  A worker is a candor-worker process with pipes; it gets one request
 * at a time and answers with rows up to a 'D' row.  A thread per worker drains the answer into memory and checks
 * it whole (nouns/check.h); the caller, in one thread, gets finished answers.  At most jobs + 2 answers are in
 * memory.  A worker that dies is replaced and its request sent once more; if it dies again, the answer is one gap,
 * "worker-died", retryable. */
#pragma once
#include "nouns/evidence.h"
#include "store/store.h"

typedef struct Pool Pool;

/* Start tools->jobs workers lazily, one per thread that has work. `key` of 32 bytes may be NULL (no case). */
Pool *pool_open(const RunTools *tools, const guint8 *key, GError **error);
void pool_close(Pool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pool, pool_close)

/* What the first worker said of itself; starts one if none has. Owned by the pool. */
typedef struct {
    char *reader;     /* version of its reader                                          */
    char *rules;      /* digest of its rules                                            */
    char *converters; /* "ooxml 1 body,notes;rtf 1 body;none ooxml 1,rtf 1": see convert.h */
    guint64 level;    /* of its box, box.h bits                                         */
} WorkerHello;
const WorkerHello *pool_hello(Pool *pool, GError **error);

/* One thing to ask. */
typedef struct {
    guint64 unit;     /* number that the answer must carry                                  */
    GString *request; /* the whole line without newline; owned by the task                  */
    int descriptor;   /* handed over as descriptor 4, or -1                                 */
    gboolean check;   /* a `mail` request: the answer is held to the bounds below           */
    GArray *parts;    /* a `convert` or `rescan`: hashes of the parts asked for; owned; or NULL */
    gboolean rescan;  /* of those: texts                                                    */
    gboolean log;     /* a `log` request: likewise                                          */
    guint64 items;    /* paths in the request                                               */
    gboolean places;  /* a range of places                                                  */
    guint64 from, to; /* range of bytes, or of places; 0, 0 for a list                      */
    gpointer data;    /* the caller's                                                       */
} PoolTask;
void pool_task_free(PoolTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PoolTask, pool_task_free)

/* An answer: every row up to and with 'D', as lines. Owned by the pool until `answer` returns; may be overwritten
 * (rows are split in place). `dead` says that it is a stand-in for an answer that never came. */
typedef struct {
    PoolTask *task;
    char *rows;
    gsize length;
    gboolean dead;
} PoolAnswer;

/* Give tasks until `next` returns NULL, and call `answer` for each, in whatever order they finish, in the calling
 * thread. FALSE when `answer` failed (workers are ended), or no worker can be started. Stops early, returning TRUE,
 * once tools->stopped says so. */
typedef PoolTask *(*PoolNext)(gpointer user);
typedef gboolean (*PoolTake)(PoolAnswer *answer, gpointer user, GError **error);
gboolean pool_run(Pool *pool, PoolNext next, PoolTake take, gpointer user, GError **error);

/* Ask one thing and get its rows one by one. */
typedef gboolean (*PoolRow)(Row *row, gpointer user, GError **error);
gboolean pool_ask(Pool *pool, PoolTask *task, PoolRow each, gpointer user, GError **error);

/* The requests of the protocol. Each returns a task that the caller fills up with paths (pool_task_add)
 * and gives away. */
PoolTask *pool_task_plan(guint64 unit, const char *root);
PoolTask *pool_task_members(guint64 unit, const char *root);
PoolTask *pool_task_mail(guint64 unit, const char *root, const char *kind, guint64 from, guint64 to);
PoolTask *pool_task_log(guint64 unit, const char *root, const char *kind, guint64 from, guint64 to);
PoolTask *pool_task_scan(guint64 unit, const char *name, int descriptor);
PoolTask *pool_task_find(guint64 unit, const char *root, const char *words);
PoolTask *pool_task_convert(guint64 unit, const char *root);
PoolTask *pool_task_rescan(guint64 unit, int texts);
PoolTask *pool_task_words(guint64 unit, const char *words, int texts);
/* A part of a `convert`, behind its item: its message's place, its path there, its hash and media type. */
void pool_task_add_part(PoolTask *task, Span kind, guint64 start, guint64 length, Span part,
                        const guint8 sha256[DIGEST_BYTES], Span media_type);
/* A text of a `rescan` or `words`: which part's, and where it lies on the descriptor. */
void pool_task_add_text(PoolTask *task, const guint8 sha256[DIGEST_BYTES], guint64 start, guint64 length);
/* texts: descriptor of those that were made of the one message's attachments, or -1. */
PoolTask *pool_task_release(guint64 unit, const char *root, int texts);
void pool_task_add(PoolTask *task, Span field);

/* Where a source is for a worker: the folder to open beneath, and the name in it when the source is a
 * file ("" else). Both g_free. */
void source_root_and_name(const char *source_path, char **root, char **name);
/* Add an item of a source, which is called so, to a task: `path` is "" for the source itself, and begins with
 * MEMBER_BETWEEN for a member of it. */
void pool_task_add_item(PoolTask *task, const char *name, Span path);
