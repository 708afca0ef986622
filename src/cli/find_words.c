/* find_words.c - words looked for in the mail itself, by workers. */
#include "cli/find_words.h"

#include "cli/find_texts.h"
#include "cli/listing.h"
#include "cli/unit_task.h"

/* Messages, and their bytes, that one request rereads: enough to make a box worth its start, little
 * enough that the bar moves. */
#define BATCH_MESSAGES 500
#define BATCH_BYTES (32UL << 20)

/* Where one copy of a message lies. The texts are interned: many messages share a file. */
typedef struct {
    guint8 key[DIGEST_BYTES], sha256[DIGEST_BYTES]; /* of the content, and of the copy's bytes */
    gint64 source;
    const char *root, *path, *kind; /* root is the source's path; path "" when the source is a file */
    guint64 start, length;
    guint order; /* in the list that was asked for */
} Place;

/* What a worker found in one message. */
typedef struct {
    const Place *place;
    char *path, *excerpt;
    guint found; /* how many were found before it */
} Hit;

typedef struct {
    const Tools *tools;
    const char *words;
    GStringChunk *texts;
    GArray *places;  /* Place, by source and file when they are read */
    GPtrArray *hits; /* Hit *                                        */
    guint next;      /* place                                        */
    guint64 done, all, unread;
} Finding;

static const Place *place_at(const Finding *it, guint i)
{
    return &g_array_index(it->places, Place, i);
}

static void hit_free(gpointer data)
{
    Hit *hit = data;
    g_free(hit->path);
    g_free(hit->excerpt);
    g_free(hit);
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const Place *one = a, *other = b;
    if (one->source != other->source)
        return one->source < other->source ? -1 : 1;
    int paths = one->path == other->path ? 0 : strcmp(one->path, other->path);
    if (paths)
        return paths;
    return one->start < other->start ? -1 : one->start > other->start;
}

static gint by_order(gconstpointer a, gconstpointer b)
{
    const Hit *one = *(const Hit *const *)a, *other = *(const Hit *const *)b;
    if (one->place->order != other->place->order)
        return one->place->order < other->place->order ? -1 : 1;
    return one->found < other->found ? -1 : one->found > other->found;
}

static const char *kept(Finding *it, Span text)
{
    g_autofree char *copy = span_dup(text);
    return g_string_chunk_insert_const(it->texts, copy);
}

static void add_place(Finding *it, Query *query)
{
    Place place = {.order = it->places->len};
    Span key = query_get_blob(query, FIND_COLUMN_KEY), sha256 = query_get_blob(query, FIND_COLUMN_PLACE + 6);
    if (key.n == DIGEST_BYTES)
        memcpy(place.key, key.p, DIGEST_BYTES);
    if (sha256.n == DIGEST_BYTES)
        memcpy(place.sha256, sha256.p, DIGEST_BYTES);
    place.source = query_get_int(query, FIND_COLUMN_PLACE);
    place.root = kept(it, query_get_text(query, FIND_COLUMN_PLACE + 1));
    place.path = kept(it, query_get_text(query, FIND_COLUMN_PLACE + 2));
    place.kind = kept(it, query_get_text(query, FIND_COLUMN_PLACE + 3));
    place.start = (guint64)query_get_int(query, FIND_COLUMN_PLACE + 4);
    place.length = (guint64)query_get_int(query, FIND_COLUMN_PLACE + 5);
    it->all += place.length;
    g_array_append_val(it->places, place);
}

static gboolean read_places(Finding *it, Query *query, GError **error)
{
    while (query_step(query, error))
        add_place(it, query);
    if (!query_ended(query))
        return FALSE;
    g_array_sort(it->places, by_place);
    return TRUE;
}

static void add_number(PoolTask *task, guint64 number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, number);
    pool_task_add(task, span_of_string(digits));
}

/* The messages of a source that is gone are passed over. */
static void skip_missing(Finding *it)
{
    while (it->next < it->places->len) {
        const Place *first = place_at(it, it->next);
        if (g_file_test(first->root, G_FILE_TEST_EXISTS))
            return;
        g_autofree char *sentence =
            g_strdup_printf("%s: the source is not there, its mail was not searched", first->root);
        it->tools->run.say(it->tools->run.user, sentence);
        for (gint64 source = first->source; it->next < it->places->len; it->next++, it->unread++)
            if (place_at(it, it->next)->source != source)
                break;
    }
}

static PoolTask *next_task(gpointer user)
{
    Finding *it = user;
    skip_missing(it);
    if (it->next >= it->places->len)
        return NULL;
    const Place *first = place_at(it, it->next);
    g_autofree char *root = NULL, *name = NULL;
    source_root_and_name(first->root, &root, &name);
    PoolTask *task = pool_task_find(it->next, root, it->words);
    task->data = GUINT_TO_POINTER(it->next);
    for (guint64 bytes = 0; it->next < it->places->len && task->items < BATCH_MESSAGES && bytes < BATCH_BYTES;
         it->next++) {
        const Place *place = place_at(it, it->next);
        if (place->source != first->source)
            break;
        pool_task_add_item(task, name, span_of_string(place->path));
        pool_task_add(task, span_of_string(place->kind));
        add_number(task, place->start);
        add_number(task, place->length);
        g_autofree char *sha256 = span_hex((Span){(const char *)place->sha256, DIGEST_BYTES});
        pool_task_add(task, span_of_string(sha256));
        task->items++;
        bytes += place->length;
    }
    return task;
}

/* 'W' index path start end excerpt. */
static gboolean take_hit(Finding *it, guint first, guint64 items, const Row *row, GError **error)
{
    guint64 index;
    if (row->count < 5 || !row_uint(row->field[0], &index) || index >= items || !row->field[1].p)
        return error_set(error, CANDOR_ERROR_FORMAT, "a worker answered a search with a row that is none");
    const Place *place = place_at(it, first + (guint)index);
    Hit *hit = g_new0(Hit, 1);
    *hit = (Hit){.place = place,
                 .path = span_dup(row->field[1]),
                 .excerpt = span_dup(row->field[4]),
                 .found = it->hits->len};
    g_ptr_array_add(it->hits, hit);
    return TRUE;
}

static gboolean take_answer(PoolAnswer *answer, gpointer user, GError **error)
{
    Finding *it = user;
    guint first = GPOINTER_TO_UINT(answer->task->data);
    g_autoptr(GError) cause = NULL;
    gsize cursor = 0;
    Row row;
    while (answer_next_row(answer, &cursor, &row, &cause)) {
        if (row.kind == 'W' && !take_hit(it, first, answer->task->items, &row, error))
            return FALSE;
        it->unread += row.kind == 'G' ? 1 : 0;
    }
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    for (guint i = 0; i < answer->task->items; i++)
        it->done += place_at(it, first + i)->length;
    it->tools->run.progress(it->tools->run.user, "searching", it->done, it->all, 0);
    return TRUE;
}

static gboolean give_hits(const Finding *it, FoundTake take, gpointer user, GError **error)
{
    g_ptr_array_sort(it->hits, by_order);
    for (guint i = 0; i < it->hits->len; i++) {
        const Hit *hit = it->hits->pdata[i];
        FoundWords found = {.key = hit->place->key,
                            .path = span_of_string(hit->path),
                            .excerpt = span_of_string(hit->excerpt)};
        if (!take(&found, user, error))
            return FALSE;
    }
    return TRUE;
}

static guint hash_of(gconstpointer key)
{
    guint first;
    memcpy(&first, key, sizeof first);
    return first;
}

static gboolean same_key(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, DIGEST_BYTES) == 0;
}

/* Content key -> Place, of the messages that are searched. */
static GHashTable *places_by_key(const Finding *it)
{
    GHashTable *keys = g_hash_table_new(hash_of, same_key);
    for (guint i = 0; i < it->places->len; i++)
        g_hash_table_insert(keys, (gpointer)(guintptr)place_at(it, i)->key,
                            (gpointer)(guintptr)place_at(it, i));
    return keys;
}

typedef struct {
    Finding *finding;
    GHashTable *keys;
} TextsOf;

static void take_text_hit(gpointer user, const guint8 *key, Span path, Span excerpt)
{
    const TextsOf *texts = user;
    Hit *hit = g_new0(Hit, 1);
    *hit = (Hit){.place = g_hash_table_lookup(texts->keys, key),
                 .path = span_dup(path),
                 .excerpt = span_dup(excerpt),
                 .found = texts->finding->hits->len};
    g_ptr_array_add(texts->finding->hits, hit);
}

static gboolean find(Finding *it, Store *store, GError **error)
{
    g_autoptr(Pool) pool = pool_open(&it->tools->run, case_keys_fingerprint_key(store_keys(store)), error);
    g_autoptr(GHashTable) keys = places_by_key(it);
    TextsOf texts = {it, keys};
    return pool && pool_run(pool, next_task, take_answer, it, error) &&
           find_texts(store, pool, it->words, keys, take_text_hit, &texts, &it->unread, error);
}

gboolean find_words(const Tools *tools, Store *store, const char *words, Query *query, FoundTake take,
                    gpointer user, guint64 *unread, GError **error)
{
    g_autoptr(GStringChunk) texts = g_string_chunk_new(4096);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
    g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(hit_free);
    Finding it = {.tools = tools, .words = words, .texts = texts, .places = places, .hits = hits};
    if (!read_places(&it, query, error) || !find(&it, store, error))
        return FALSE;
    *unread = it.unread;
    return give_hits(&it, take, user, error);
}
