/* convert.c - the second pass of collect: parts that are no text by themselves, each once. */
#include "collect/convert.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "pool/conversions.h"
#include "store/text_cache.h"

/* One request: enough parts to make a worker's round worth it, few enough that little is lost with it. */
#define BATCH_PARTS 200
#define BATCH_BYTES (16UL << 20)

/* A part that is to be converted, and a message that carries it. The texts are interned. */
typedef struct {
    ConvertPart part; /* first, for conversions.h */
    const char *path, *media_type;
    const char *root, *item, *kind;
    guint64 start, length, bytes;
    gboolean there; /* its source is */
} OpenPart;

typedef struct {
    Store *store;
    Run *run;
    Conversions *conversions;
    GStringChunk *texts;
    GPtrArray *parts;  /* OpenPart *, in the order in which they are asked for */
    GHashTable *known; /* hash -> OpenPart                                     */
    guint next;
    guint64 unit, bytes;
    GError *error; /* why `next` could not give a task                     */
} Converting;

/* What a task carries. */
typedef struct {
    GPtrArray *parts; /* ConvertPart *                */
    int texts;        /* descriptor of a rescan, or -1 */
} Batch;

static void open_part_free(gpointer data)
{
    OpenPart *part = data;
    g_free(part->part.converter);
    g_free(part->part.version);
    g_free(part);
}

static void batch_free(Batch *batch)
{
    g_ptr_array_unref(batch->parts);
    if (batch->texts >= 0)
        close(batch->texts);
    g_free(batch);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)

/* --- which parts ------------------------------------------------------------------------------------------- */

static guint hash_of(gconstpointer sha256)
{
    guint first;
    memcpy(&first, sha256, sizeof first);
    return first;
}

static gboolean same_hash(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, DIGEST_BYTES) == 0;
}

static const char *kept(Converting *it, Span text)
{
    g_autofree char *copy = span_dup(text);
    return g_string_chunk_insert_const(it->texts, copy);
}

static OpenPart *part_new(Converting *it, const char *sha256)
{
    OpenPart *part = g_new0(OpenPart, 1);
    memcpy(part->part.sha256, sha256, DIGEST_BYTES);
    g_hash_table_insert(it->known, part->part.sha256, part);
    g_ptr_array_add(it->parts, part);
    return part;
}

/* The part of a row, unless another message that is there gave it already. */
static void add_part(Converting *it, Query *query)
{
    Span sha256 = query_get_blob(query, 0);
    const char *root = kept(it, query_get_text(query, 4));
    OpenPart *part = sha256.n == DIGEST_BYTES ? g_hash_table_lookup(it->known, sha256.p) : NULL;
    if (sha256.n != DIGEST_BYTES || (part && part->there))
        return;
    if (!part)
        part = part_new(it, sha256.p);
    part->there = access(root, R_OK) == 0;
    part->path = kept(it, query_get_text(query, 1));
    part->media_type = kept(it, query_get_text(query, 2));
    part->bytes = (guint64)query_get_int(query, 3);
    part->root = root;
    part->item = kept(it, query_get_text(query, 5));
    part->kind = kept(it, query_get_text(query, 6));
    part->start = (guint64)query_get_int(query, 7);
    part->length = (guint64)query_get_int(query, 8);
}

static gboolean find_parts(Converting *it, gboolean again, GError **error)
{
    Query *query = store_query(it->store, again ? "convert.parts_stale" : "convert.parts_open", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        add_part(it, query);
    return query_ended(query);
}

/* A part whose converter is as it was, and whose text is in the cache, needs other rules only. */
static gboolean find_text(Converting *it, OpenPart *part, GError **error)
{
    g_autofree char *converter = NULL, *version = NULL;
    gint64 before = 0, bytes = 0;
    Query *query = store_query(it->store, "convert.best", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, (Span){(const char *)part->part.sha256, DIGEST_BYTES});
    while (query_step(query, error)) {
        before = query_get_int(query, 0);
        converter = span_dup(query_get_text(query, 1));
        version = span_dup(query_get_text(query, 2));
        bytes = query_get_int(query, 3);
    }
    if (!query_ended(query))
        return FALSE;
    const TextName name = {part->part.sha256, span_of_string(converter), span_of_string(version)};
    if (!bytes || !conversions_is_in_use(it->conversions, name.converter, name.version))
        return TRUE;
    /* The text itself is fetched again when its turn comes. */
    g_autoptr(GBytes) text = text_cache_get(it->store, &name);
    if (!text || g_bytes_get_size(text) != (gsize)bytes)
        return TRUE;
    part->part.before = before;
    part->part.converter = g_steal_pointer(&converter);
    part->part.version = g_steal_pointer(&version);
    part->bytes = (guint64)bytes;
    return TRUE;
}

static gboolean is_rescan(const OpenPart *part)
{
    return part->part.converter != NULL;
}

/* A part stays as it is whose source is not there, unless its text is at hand. Each such source is said once. */
static void pass_over_missing(Converting *it)
{
    const RunTools *tools = it->run->tools;
    g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = it->parts->len; i-- > 0;) {
        const OpenPart *part = it->parts->pdata[i];
        it->bytes += part->bytes;
        if (part->there || is_rescan(part))
            continue;
        if (g_hash_table_add(said, (gpointer)part->root) && tools->say) {
            g_autofree char *sentence = g_strdup_printf(
                "source %s is not there or not readable; attachments of its mail stay unread. Bring it back, "
                "or say where it is with `candor source move`",
                part->root);
            tools->say(tools->user, sentence);
        }
        it->run->new_gaps++;
        it->run->retryable_gaps++;
        it->bytes -= part->bytes;
        g_ptr_array_remove_index(it->parts, i);
    }
}

/* --- requests ---------------------------------------------------------------------------------------------- */

static Batch *batch_new(void)
{
    Batch *batch = g_new0(Batch, 1);
    batch->parts = g_ptr_array_new();
    batch->texts = -1;
    return batch;
}

/* Parts of one source, up to the batch's size. */
static PoolTask *convert_task(Converting *it)
{
    const OpenPart *first = it->parts->pdata[it->next];
    g_autofree char *root = NULL, *name = NULL;
    source_root_and_name(first->root, &root, &name);
    PoolTask *task = pool_task_convert(++it->unit, root);
    Batch *batch = batch_new();
    for (guint64 bytes = 0; it->next < it->parts->len && task->items < BATCH_PARTS && bytes < BATCH_BYTES;
         it->next++) {
        OpenPart *part = it->parts->pdata[it->next];
        if (part->root != first->root || is_rescan(part))
            break;
        pool_task_add_item(task, name, span_of_string(part->item));
        pool_task_add_part(task, span_of_string(part->kind), part->start, part->length,
                           span_of_string(part->path), part->part.sha256, span_of_string(part->media_type));
        g_ptr_array_add(batch->parts, &part->part);
        bytes += part->length;
    }
    task->data = batch;
    return task;
}

/* Append a text to the memory file; *length is 0 when it is not in the cache. */
static gboolean write_text(Converting *it, int file, const OpenPart *part, guint64 *length)
{
    const TextName name = {part->part.sha256, span_of_string(part->part.converter),
                           span_of_string(part->part.version)};
    g_autoptr(GBytes) text = text_cache_get(it->store, &name);
    gsize n = 0;
    const char *p = text ? g_bytes_get_data(text, &n) : "";
    *length = n;
    for (gsize done = 0; done < n;) {
        gssize got = write(file, p + done, n - done);
        if (got <= 0)
            return FALSE;
        done += (gsize)got;
    }
    return TRUE;
}

static PoolTask *rescan_task(Converting *it)
{
    Batch *batch = batch_new();
    batch->texts = memfd_create("texts", MFD_CLOEXEC);
    PoolTask *task = pool_task_rescan(++it->unit, batch->texts);
    task->data = batch;
    gboolean fine = batch->texts >= 0 || error_set_errno(&it->error, "no memory file for texts");
    for (guint64 start = 0, length;
         fine && it->next < it->parts->len && task->items < BATCH_PARTS && start < BATCH_BYTES;
         it->next++, start += length) {
        OpenPart *part = it->parts->pdata[it->next];
        if (!is_rescan(part))
            break;
        fine =
            write_text(it, batch->texts, part, &length) || error_set_errno(&it->error, "no memory for texts");
        if (length != part->bytes) /* gone from the cache meanwhile: the next run converts it */
            continue;
        pool_task_add_text(task, part->part.sha256, start, length);
        g_ptr_array_add(batch->parts, &part->part);
    }
    if (fine)
        return task;
    batch_free(batch);
    pool_task_free(task);
    return NULL;
}

static PoolTask *next_task(gpointer user)
{
    Converting *it = user;
    if (it->next >= it->parts->len || it->error)
        return NULL;
    return is_rescan(it->parts->pdata[it->next]) ? rescan_task(it) : convert_task(it);
}

static gboolean take_answer(PoolAnswer *answer, gpointer user, GError **error)
{
    Converting *it = user;
    g_autoptr(Batch) batch = answer->task->data;
    if (!conversions_import(it->conversions, answer, batch->parts, error))
        return FALSE;
    const RunTools *tools = it->run->tools;
    if (tools->progress)
        tools->progress(tools->user, "converting", MIN(conversions_bytes(it->conversions), it->bytes),
                        it->bytes, 0);
    return TRUE;
}

/* --- the pass ---------------------------------------------------------------------------------------------- */

static gboolean ask_all(Converting *it, Pool *pool, GError **error)
{
    it->next = 0;
    if (!pool_run(pool, next_task, take_answer, it, error))
        return FALSE;
    if (!it->error)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&it->error));
    return FALSE;
}

/* Parts that an answer left out, since it was long, are asked for again. */
static void keep_unanswered(Converting *it)
{
    for (guint i = it->parts->len; i-- > 0;)
        if (((OpenPart *)it->parts->pdata[i])->part.answered)
            g_ptr_array_remove_index(it->parts, i);
}

static gboolean convert_all(Converting *it, Pool *pool, gboolean again, GError **error)
{
    if (!find_parts(it, again, error))
        return FALSE;
    for (guint i = 0; again && i < it->parts->len; i++)
        if (!find_text(it, it->parts->pdata[i], error))
            return FALSE;
    pass_over_missing(it);
    for (guint before = G_MAXUINT; it->parts->len && it->parts->len < before;) {
        before = it->parts->len;
        if (!ask_all(it, pool, error))
            return FALSE;
        keep_unanswered(it);
    }
    return TRUE;
}

gboolean convert_parts(Store *store, Run *run, Pool *pool, gboolean again, GError **error)
{
    const WorkerHello *hello = pool_hello(pool, error);
    g_autoptr(Conversions) conversions = hello ? conversions_new(store, run, hello, error) : NULL;
    if (!conversions)
        return FALSE;
    g_autoptr(GStringChunk) texts = g_string_chunk_new(4096);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(open_part_free);
    g_autoptr(GHashTable) known = g_hash_table_new(hash_of, same_hash);
    Converting it = {.store = store,
                     .run = run,
                     .conversions = conversions,
                     .texts = texts,
                     .parts = parts,
                     .known = known};
    return convert_all(&it, pool, again, error);
}
