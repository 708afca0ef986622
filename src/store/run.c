/* run.c - one writing run at a time: its lock, its row, its digests. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "store/private.h"

/* --- the lock ------------------------------------------------------------------------------------------------- */

static int open_lock(Store *store, GError **error)
{
    g_autofree char *path = g_build_filename(store->folder, "lock", NULL);
    int lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (lock < 0)
        error_set_errno(error, "%s cannot be opened: is the case's folder read-only?", path);
    return lock;
}

/* Who holds it wrote so into it: "pid 123, collect". */
static gboolean held_by_other(Store *store, int lock, GError **error)
{
    char who[64] = "";
    gssize n = pread(lock, who, sizeof who - 1, 0);
    g_strchomp(who);
    return error_set(error, CANDOR_ERROR_CONFLICT,
                     "another run (%s) is writing to case %s: wait until it has ended",
                     n > 0 ? who : "not yet named", store->folder);
}

/* An OFD lock goes with its description: it ends with the process, however that ends, and threads do not share it. */
static int take_lock(Store *store, const char *stage, GError **error)
{
    int lock = open_lock(store, error);
    if (lock < 0)
        return -1;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(lock, F_OFD_SETLK, &whole) == 0) {
        g_autofree char *who = g_strdup_printf("pid %d, %s\n", (int)getpid(), stage);
        if (ftruncate(lock, 0) == 0 && pwrite(lock, who, strlen(who), 0) > 0)
            return lock;
        error_set_errno(error, "the lock of case %s cannot be written", store->folder);
    } else if (errno == EAGAIN || errno == EACCES) {
        held_by_other(store, lock, error);
    } else {
        error_set_errno(error, "the lock of case %s cannot be taken", store->folder);
    }
    close(lock);
    return -1;
}

gboolean store_is_running(const Store *store)
{
    g_autofree char *path = g_build_filename(store->folder, "lock", NULL);
    int lock = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (lock < 0)
        return FALSE;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    gboolean held = fcntl(lock, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    close(lock);
    return held;
}

/* --- the row --------------------------------------------------------------------------------------------------- */

/* SHA-256 of case.yaml, or "" where there is none. */
static char *digest_of_config(const Store *store)
{
    g_autofree char *path = g_build_filename(store->folder, "case.yaml", NULL);
    g_autofree char *text = NULL;
    gsize n;
    if (!g_file_get_contents(path, &text, &n, NULL))
        return g_strdup("");
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guint8 *)text, n);
}

static gboolean add_row(Store *store, Run *run, GError **error)
{
    g_autofree char *config = digest_of_config(store);
    if (!store_ask_int(store, "run.last", &run->id, error))
        return FALSE;
    run->id++;
    Query *query = store_query(store, "run.add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, run->id);
    query_text(query, 2, span_of_string(run->stage));
    query_int(query, 3, run->now);
    query_text(query, 4, SPAN_OF(CANDOR_VERSION));
    query_text(query, 5, span_of_string(config));
    return query_run(query, error);
}

Run *run_begin(Store *store, const char *stage, gint64 now, GError **error)
{
    int lock = take_lock(store, stage, error);
    if (lock < 0)
        return NULL;
    g_autoptr(Run) run = g_new0(Run, 1);
    *run = (Run){.now = now, .stage = g_intern_string(stage), .lock = lock};
    if (!store_begin(store, error))
        return NULL;
    if (!add_row(store, run, error)) {
        store_rollback(store);
        return NULL;
    }
    return store_commit(store, error) ? g_steal_pointer(&run) : NULL;
}

gboolean run_worker(Store *store, Run *run, const char *rules, guint64 box, GError **error)
{
    Query *query = store_query(store, "run.worker", error);
    if (!query)
        return FALSE;
    query_int(query, 1, run->id);
    query_text(query, 2, span_of_string(rules));
    query_int(query, 3, (gint64)box);
    return query_run(query, error);
}

/* --- its end --------------------------------------------------------------------------------------------------- */

static gboolean add_digest(Store *store, const Run *run, Query *all, GError **error)
{
    DigestSum sum = {.table = NULL};
    Span bytes = query_get_blob(all, 1);
    if (bytes.n == sizeof sum.sum)
        memcpy(sum.sum, bytes.p, bytes.n);
    for (guint i = 0; i < 4; i++)
        sum.sum[i] = GUINT64_FROM_LE(sum.sum[i]);
    g_autofree char *hex = digest_sum_hex(&sum);
    Query *query = store_query(store, "run.digest_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, run->id);
    query_text(query, 2, query_get_text(all, 0));
    query_text(query, 3, span_of_string(hex));
    return query_run(query, error);
}

static gboolean add_digests(Store *store, const Run *run, GError **error)
{
    Query *all = store_query(store, "digest.all", error);
    if (!all)
        return FALSE;
    while (query_step(all, error))
        if (!add_digest(store, run, all, error))
            return FALSE;
    return query_ended(all);
}

static gboolean end_row(Store *store, const Run *run, GError **error)
{
    gboolean whole = run->retryable_gaps == 0;
    Query *query = store_query(store, "run.end", error);
    if (!query)
        return FALSE;
    query_int(query, 1, run->id);
    query_text(query, 2, span_of_string(whole ? "done" : "incomplete"));
    query_int(query, 3, g_get_real_time());
    return query_run(query, error) && (!whole || add_digests(store, run, error));
}

gboolean run_end(Store *store, Run *run, GError **error)
{
    if (!store_begin(store, error))
        return FALSE;
    if (end_row(store, run, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

void run_free(Run *run)
{
    if (!run)
        return;
    if (run->lock >= 0)
        close(run->lock);
    g_free(run);
}
