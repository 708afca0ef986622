/* find_words.c - words looked for in the mail itself, by workers. */
#include "cli/find_words.h"

#include "cli/unit_task.h"

/* Messages, and their bytes, that one request rereads: enough to make a box worth its start, little
 * enough that the bar moves. */
#define BATCH_MESSAGES 500
#define BATCH_BYTES (32UL << 20)

/* Where one copy of a content lies. */
typedef struct {
    gint64 content, source;
    char *root, *path, *kind; /* root is the source's path; path "" when the source is a file */
    guint64 start, length;
    guint order; /* in the list that was asked for */
} Place;

/* What a worker found in one message. */
typedef struct {
    guint order;
    char *path, *excerpt;
} Hit;

typedef struct {
    const Tools *tools;
    const char *words;
    GPtrArray *places; /* Place *, by source and item */
    GPtrArray *hits;   /* Hit *                       */
    guint next;        /* place                       */
    guint64 done, all, unread;
} Finding;

static void place_free(gpointer data)
{
    Place *place = data;
    g_free(place->root);
    g_free(place->path);
    g_free(place->kind);
    g_free(place);
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
    const Place *one = *(const Place *const *)a, *other = *(const Place *const *)b;
    if (one->source != other->source)
        return one->source < other->source ? -1 : 1;
    int paths = strcmp(one->path, other->path);
    if (paths)
        return paths;
    return one->start < other->start ? -1 : one->start > other->start;
}

static gint by_order(gconstpointer a, gconstpointer b)
{
    const Hit *one = *(const Hit *const *)a, *other = *(const Hit *const *)b;
    return one->order < other->order ? -1 : one->order > other->order;
}

static gboolean add_place(Finding *it, Store *store, gint64 content, guint order, GError **error)
{
    g_autoptr(GError) cause = NULL;
    Query *query = store_query(store, "search.place", error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    while (query_step(query, &cause)) {
        Place *place = g_new0(Place, 1);
        *place = (Place){.content = content, .order = order, .source = query_get_int(query, 0)};
        place->root = span_dup(query_get_text(query, 1));
        place->path = span_dup(query_get_text(query, 2));
        place->kind = span_dup(query_get_text(query, 3));
        place->start = (guint64)query_get_int(query, 4);
        place->length = (guint64)query_get_int(query, 5);
        it->all += place->length;
        g_ptr_array_add(it->places, place);
    }
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
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
        const Place *first = it->places->pdata[it->next];
        if (g_file_test(first->root, G_FILE_TEST_EXISTS))
            return;
        g_autofree char *sentence =
            g_strdup_printf("%s: the source is not there, its mail was not searched", first->root);
        it->tools->run.say(it->tools->run.user, sentence);
        for (gint64 source = first->source; it->next < it->places->len; it->next++, it->unread++)
            if (((const Place *)it->places->pdata[it->next])->source != source)
                break;
    }
}

static PoolTask *next_task(gpointer user)
{
    Finding *it = user;
    skip_missing(it);
    if (it->next >= it->places->len)
        return NULL;
    const Place *first = it->places->pdata[it->next];
    g_autofree char *root = NULL, *name = NULL;
    source_root_and_name(first->root, &root, &name);
    PoolTask *task = pool_task_find(it->next, root, it->words);
    task->data = GUINT_TO_POINTER(it->next);
    for (guint64 bytes = 0; it->next < it->places->len && task->items < BATCH_MESSAGES && bytes < BATCH_BYTES;
         it->next++) {
        const Place *place = it->places->pdata[it->next];
        if (place->source != first->source)
            break;
        pool_task_add(task, span_of_string(*place->path ? place->path : name));
        pool_task_add(task, span_of_string(place->kind));
        add_number(task, place->start);
        add_number(task, place->length);
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
    const Place *place = it->places->pdata[first + index];
    Hit *hit = g_new0(Hit, 1);
    *hit = (Hit){.order = place->order, .path = span_dup(row->field[1]), .excerpt = span_dup(row->field[4])};
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
        it->done += ((const Place *)it->places->pdata[first + i])->length;
    it->tools->run.progress(it->tools->run.user, "searching", it->done, it->all, 0);
    return TRUE;
}

static gboolean give_hits(const Finding *it, const GArray *contents, FoundTake take, gpointer user,
                          GError **error)
{
    g_ptr_array_sort(it->hits, by_order);
    for (guint i = 0; i < it->hits->len; i++) {
        const Hit *hit = it->hits->pdata[i];
        FoundWords found = {.content = g_array_index(contents, gint64, hit->order),
                            .path = span_of_string(hit->path),
                            .excerpt = span_of_string(hit->excerpt)};
        if (!take(&found, user, error))
            return FALSE;
    }
    return TRUE;
}

gboolean find_words(const Tools *tools, Store *store, const char *words, const GArray *contents,
                    FoundTake take, gpointer user, guint64 *unread, GError **error)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(place_free);
    g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func(hit_free);
    Finding it = {.tools = tools, .words = words, .places = places, .hits = hits};
    for (guint i = 0; i < contents->len; i++)
        if (!add_place(&it, store, g_array_index(contents, gint64, i), i, error))
            return FALSE;
    g_ptr_array_sort(places, by_place);
    g_autoptr(Pool) pool = pool_open(&tools->run, case_keys_fingerprint_key(store_keys(store)), error);
    if (!pool || !pool_run(pool, next_task, take_answer, &it, error))
        return FALSE;
    *unread = it.unread;
    return give_hits(&it, contents, take, user, error);
}
