/* find_texts.c - words looked for in the texts of attachments. */
#include "cli/find_texts.h"

#include <sys/mman.h>
#include <unistd.h>
#include "cli/unit_task.h"
#include "store/text_cache.h"

/* Texts of one request. */
#define BATCH_TEXTS 200
#define BATCH_BYTES (16UL << 20)

/* An attachment of a message. */
typedef struct {
    guint8 key[DIGEST_BYTES], sha256[DIGEST_BYTES];
    char *path, *converter, *version;
} Carried;

typedef struct {
    Store *store;
    const char *words;
    GPtrArray *carried; /* Carried *, those of one part together */
    guint next;
    TextTake take;
    gpointer user;
    guint64 unread;
    GError *error; /* why `next` could not give a task */
} Texts;

/* The parts of a request: for each text the first of those that carry it. */
typedef struct {
    GArray *first; /* guint */
    int file;
} Batch;

static void carried_free(gpointer data)
{
    Carried *carried = data;
    g_free(carried->path);
    g_free(carried->converter);
    g_free(carried->version);
    g_free(carried);
}

static void batch_free(Batch *batch)
{
    g_array_unref(batch->first);
    if (batch->file >= 0)
        close(batch->file);
    g_free(batch);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)

static const Carried *carried_at(const Texts *it, guint i)
{
    return it->carried->pdata[i];
}

static gboolean is_same_text(const Texts *it, guint a, guint b)
{
    return b < it->carried->len &&
           memcmp(carried_at(it, a)->sha256, carried_at(it, b)->sha256, DIGEST_BYTES) == 0;
}

static gboolean find_carried(Texts *it, GHashTable *keys, GError **error)
{
    Query *query = store_query(it->store, "convert.texts", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        Span key = query_get_blob(query, 0), sha256 = query_get_blob(query, 1);
        if (key.n != DIGEST_BYTES || sha256.n != DIGEST_BYTES || !g_hash_table_contains(keys, key.p))
            continue;
        Carried *carried = g_new0(Carried, 1);
        memcpy(carried->key, key.p, DIGEST_BYTES);
        memcpy(carried->sha256, sha256.p, DIGEST_BYTES);
        carried->path = span_dup(query_get_text(query, 2));
        carried->converter = span_dup(query_get_text(query, 3));
        carried->version = span_dup(query_get_text(query, 4));
        g_ptr_array_add(it->carried, carried);
    }
    return query_ended(query);
}

/* The text of a part onto the end of the file; *length is 0 when the cache has none. */
static gboolean append_text(Texts *it, guint index, int file, guint64 *length)
{
    const Carried *carried = carried_at(it, index);
    const TextName name = {carried->sha256, span_of_string(carried->converter),
                           span_of_string(carried->version)};
    g_autoptr(GBytes) text = text_cache_get(it->store, &name);
    gsize n = 0;
    const char *p = text ? g_bytes_get_data(text, &n) : "";
    *length = n;
    for (gssize got = 0; n; p += got, n -= (gsize)got)
        if ((got = write(file, p, n)) <= 0)
            return error_set_errno(&it->error, "no memory for the texts that are searched");
    return TRUE;
}

/* Put the next texts into the request. */
static gboolean fill_task(Texts *it, PoolTask *task, Batch *batch)
{
    for (guint64 start = 0, length;
         it->next < it->carried->len && task->items < BATCH_TEXTS && start < BATCH_BYTES; start += length) {
        guint first = it->next;
        while (is_same_text(it, first, it->next))
            it->next++;
        if (!append_text(it, first, batch->file, &length))
            return FALSE;
        it->unread += length ? 0 : 1;
        if (length) {
            pool_task_add_text(task, carried_at(it, first)->sha256, start, length);
            g_array_append_val(batch->first, first);
        }
    }
    return TRUE;
}

static PoolTask *next_task(gpointer user)
{
    Texts *it = user;
    if (it->next >= it->carried->len || it->error)
        return NULL;
    g_autoptr(Batch) batch = g_new0(Batch, 1);
    batch->first = g_array_new(FALSE, FALSE, sizeof(guint));
    batch->file = memfd_create("texts", MFD_CLOEXEC);
    g_autoptr(PoolTask) task = pool_task_words(it->next, it->words, batch->file);
    gboolean made = batch->file >= 0 || error_set_errno(&it->error, "no memory file for texts");
    if (!made || !fill_task(it, task, batch))
        return NULL;
    task->data = g_steal_pointer(&batch);
    return g_steal_pointer(&task);
}

/* 'W' index "" start end excerpt: once for each message that carries the text. */
static gboolean take_hit(Texts *it, const Batch *batch, const Row *row, GError **error)
{
    guint64 index;
    if (row->count < 5 || !row_uint(row->field[0], &index) || index >= batch->first->len)
        return error_set(error, CANDOR_ERROR_FORMAT, "a worker answered a search with a row that is none");
    guint first = g_array_index(batch->first, guint, index);
    for (guint i = first; is_same_text(it, first, i); i++)
        it->take(it->user, carried_at(it, i)->key, span_of_string(carried_at(it, i)->path), row->field[4]);
    return TRUE;
}

static gboolean take_answer(PoolAnswer *answer, gpointer user, GError **error)
{
    Texts *it = user;
    g_autoptr(Batch) batch = answer->task->data;
    g_autoptr(GError) cause = NULL;
    gsize cursor = 0;
    Row row;
    while (answer_next_row(answer, &cursor, &row, &cause)) {
        if (row.kind == 'W' && !take_hit(it, batch, &row, error))
            return FALSE;
        it->unread += row.kind == 'G' ? 1 : 0;
    }
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

gboolean find_texts(Store *store, Pool *pool, const char *words, GHashTable *keys, TextTake take,
                    gpointer user, guint64 *unread, GError **error)
{
    g_autoptr(GPtrArray) carried = g_ptr_array_new_with_free_func(carried_free);
    Texts it = {.store = store, .words = words, .carried = carried, .take = take, .user = user};
    if (!find_carried(&it, keys, error) || !pool_run(pool, next_task, take_answer, &it, error))
        return FALSE;
    *unread += it.unread;
    if (!it.error)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&it.error));
    return FALSE;
}
