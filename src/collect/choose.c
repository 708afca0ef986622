/* choose.c - which files of a source are new or changed, and what a worker says that they are. */
#include "collect/registering.h"
#include "pool/pool.h"

/* Files that one plan request looks at. */
#define PLAN_FILES 2000

void planned_free(gpointer data)
{
    Planned *planned = data;
    g_free(planned->kind);
    g_free(planned->looks);
    g_array_unref(planned->ranges);
    g_free(planned);
}

typedef struct {
    guint64 size;
    gint64 mtime;
} Known;

/* path -> Known, for the newest row of each file. */
static GHashTable *known_items(Registering *it, GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Query *query = store_query(it->store, "collect.items_known", error);
    if (!query)
        return NULL;
    query_int(query, 1, it->source);
    while (query_step(query, error)) {
        Known *item = g_new0(Known, 1);
        item->size = (guint64)query_get_int(query, 1);
        item->mtime = query_get_int(query, 2);
        g_hash_table_insert(known, span_dup(query_get_text(query, 0)), item);
    }
    return query_ended(query) ? g_steal_pointer(&known) : NULL;
}

static Planned *planned_new(const ListedFile *file, const char *kind)
{
    Planned *planned = g_new0(Planned, 1);
    planned->file = file;
    planned->kind = g_strdup(kind);
    planned->ranges = g_array_new(FALSE, FALSE, 2 * sizeof(guint64));
    return planned;
}

gboolean choose_files(Registering *it, GError **error)
{
    g_autoptr(GHashTable) known = known_items(it, error);
    if (!known)
        return FALSE;
    for (guint i = 0; i < it->listing->files->len; i++) {
        const ListedFile *file = it->listing->files->pdata[i];
        const Known *before = g_hash_table_lookup(known, file->path);
        if (before && before->size == file->size && before->mtime == file->mtime)
            continue;
        const char *kind = file->size == 0 ? "empty" : file->maildir ? "eml" : NULL;
        Planned *planned = planned_new(file, kind);
        planned->changed = before != NULL;
        g_ptr_array_add(it->planned, planned);
    }
    return TRUE;
}

/* One row of the answer to a plan request. */
static gboolean take_plan_row(Row *row, gpointer user, GError **error)
{
    Registering *it = user;
    guint64 item;
    if (row->kind != 'U' && row->kind != 'G')
        return TRUE;
    if (!row_uint(row->field[0], &item) || it->asked_from + item >= it->planned->len)
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker planned a file that it was not asked about");
    Planned *planned = it->planned->pdata[it->asked_from + item];
    if (row->kind == 'G') {
        GapRow gap;
        if (!gap_row_read(row, &gap, error))
            return FALSE;
        planned->gap = g_intern_string(gap.reason.p ? gap.reason.p : "unreadable");
        return TRUE;
    }
    guint64 range[2];
    guint64 most = planned->file->size;
    if (row->count >= 4 && span_equals(row->field[1], "pst"))
        most += PLACES_RECOVERED;
    if (row->count < 4 || !row_uint(row->field[2], &range[0]) || !row_uint(row->field[3], &range[1]) ||
        range[1] < range[0] || range[1] > most)
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker planned a range outside of its file");
    if (!planned->kind)
        planned->kind = span_dup(row->field[1]);
    if (!planned->looks && row->count > 4)
        planned->looks = span_dup(row->field[4]);
    g_array_append_vals(planned->ranges, range, 1);
    return TRUE;
}

/* Ask what the files from..to-1 are. */
static gboolean ask_plan(Registering *it, Pool *pool, guint from, guint to, GError **error)
{
    g_autofree char *root = it->listing->folder ? g_strdup(it->path) : g_path_get_dirname(it->path);
    g_autofree char *name = g_path_get_basename(it->path);
    PoolTask *task = pool_task_plan(0, root);
    for (guint i = from; i < to; i++) {
        const Planned *planned = it->planned->pdata[i];
        pool_task_add(task, span_of_string(it->listing->folder ? planned->file->path : name));
    }
    it->asked_from = from;
    return pool_ask(pool, task, take_plan_row, it, error);
}

gboolean plan_files(Registering *it, GError **error)
{
    g_autoptr(Pool) pool = NULL;
    for (guint from = 0; from < it->planned->len;) {
        guint to = from;
        while (to < it->planned->len && to - from < PLAN_FILES && !((Planned *)it->planned->pdata[to])->kind)
            to++;
        if (to == from) {
            from++;
            continue;
        }
        if (!pool && !(pool = pool_open(it->run->tools, NULL, error)))
            return FALSE;
        if (!ask_plan(it, pool, from, to, error))
            return FALSE;
        from = to;
    }
    return TRUE;
}
