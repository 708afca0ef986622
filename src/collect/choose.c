/* choose.c - which files of a source are new or changed, and what a worker says that they are. */
#include "collect/registering.h"
#include "pool/pool.h"

/* Files that one plan request looks at; of members of archives more, since each request goes through the archive. */
#define PLAN_FILES 2000
#define PLAN_MEMBERS 20000

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

/* it->known: Known, for the newest row of each file. */
static gboolean know_items(Registering *it, GError **error)
{
    it->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Query *query = store_query(it->store, "collect.items_known", error);
    if (!query)
        return FALSE;
    query_int(query, 1, it->source);
    while (query_step(query, error)) {
        Known *item = g_new0(Known, 1);
        item->size = (guint64)query_get_int(query, 1);
        item->mtime = query_get_int(query, 2);
        g_hash_table_insert(it->known, span_dup(query_get_text(query, 0)), item);
    }
    return query_ended(query);
}

static Planned *planned_new(const ListedFile *file, const char *kind)
{
    Planned *planned = g_new0(Planned, 1);
    planned->file = file;
    planned->kind = g_strdup(kind);
    planned->ranges = g_array_new(FALSE, FALSE, 2 * sizeof(guint64));
    return planned;
}

static void add_planned(Registering *it, const ListedFile *file, const char *kind, gboolean changed)
{
    Planned *planned = planned_new(file, kind);
    planned->changed = changed;
    g_ptr_array_add(it->planned, planned);
}

/* Unless it is as it was when it was collected. */
static void choose_file(Registering *it, const ListedFile *file, const char *kind)
{
    const Known *before = g_hash_table_lookup(it->known, file->path);
    if (!before || before->size != file->size || before->mtime != file->mtime)
        add_planned(it, file, kind, before != NULL);
}

/* Of an archive that is new, or another than it was. What a member is cannot be told from its size and time: programs
 * that pack write what they like there. So all are read. */
static void choose_member(Registering *it, const ListedFile *file)
{
    const Known *before = g_hash_table_lookup(it->known, file->path);
    add_planned(it, file, NULL,
                before && ((file->size && before->size != file->size) || before->mtime != file->mtime));
}

gboolean choose_files(Registering *it, GError **error)
{
    if (!know_items(it, error))
        return FALSE;
    for (guint i = 0; i < it->listing->files->len; i++) {
        const ListedFile *file = it->listing->files->pdata[i];
        choose_file(it, file, file->size == 0 ? "empty" : file->maildir ? "eml" : NULL);
    }
    return TRUE;
}

/* --- what a worker says -------------------------------------------------------------------------------------- */

static gboolean is_member(const ListedFile *file)
{
    return strstr(file->path, MEMBER_BETWEEN) != NULL;
}

static const char *intern_reason(Span reason)
{
    g_autofree char *text = span_dup(reason);
    return g_intern_string(text && *text ? text : "unreadable");
}

/* How long a member is shows only when it is unpacked. */
static void measure(Planned *planned, const guint64 range[2], gboolean places)
{
    ListedFile *member = (ListedFile *)(guintptr)planned->file;
    if (is_member(member))
        member->size = range[1] - (places && range[1] >= PLACES_RECOVERED ? PLACES_RECOVERED : 0);
}

/* Before anything is registered, so that all of it can be tried again. */
static gboolean no_space(const Registering *it, const Planned *planned, GError **error)
{
    const char *folder = g_getenv("TMPDIR");
    return error_set(error, CANDOR_ERROR_IO,
                     "%s%s%s cannot be unpacked: there is no room in %s; let TMPDIR name a folder with more, "
                     "and run this again",
                     it->path, it->listing->folder ? "/" : "", planned->file->path,
                     folder && *folder ? folder : "/var/tmp");
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
        if (span_equals(gap.reason, "no-space"))
            return no_space(it, planned, error);
        planned->gap = intern_reason(gap.reason);
        planned->retryable = gap.retryable;
        return TRUE;
    }
    guint64 range[2];
    gboolean places = row->count >= 4 && span_equals(row->field[1], "pst");
    guint64 most =
        is_member(planned->file) ? G_MAXINT64 : planned->file->size + (places ? PLACES_RECOVERED : 0);
    if (row->count < 4 || !row_uint(row->field[2], &range[0]) || !row_uint(row->field[3], &range[1]) ||
        range[1] < range[0] || range[1] > most)
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker planned a range outside of its file");
    if (!planned->kind)
        planned->kind = span_dup(row->field[1]);
    if (!planned->looks && row->count > 4)
        planned->looks = span_dup(row->field[4]);
    g_array_append_vals(planned->ranges, range, 1);
    measure(planned, range, places);
    return TRUE;
}

/* Ask what the files from..to-1 are. */
static gboolean ask_plan(Registering *it, Pool *pool, guint from, guint to, GError **error)
{
    g_autofree char *root = NULL, *name = NULL;
    source_root_and_name(it->path, &root, &name);
    PoolTask *task = pool_task_plan(0, root);
    for (guint i = from; i < to; i++)
        pool_task_add_item(task, name, span_of_string(((Planned *)it->planned->pdata[i])->file->path));
    it->asked_from = from;
    return pool_ask(pool, task, take_plan_row, it, error);
}

/* --- what lies in an archive --------------------------------------------------------------------------------- */

/* One row of the answer to a members request: of the archive it->planned[it->asked_from]. */
static gboolean take_member_row(Row *row, gpointer user, GError **error)
{
    Registering *it = user;
    Planned *archive = it->planned->pdata[it->asked_from];
    guint64 size, mtime;
    if (row->kind == 'G') {
        GapRow gap;
        if (!gap_row_read(row, &gap, error))
            return FALSE;
        archive->gap = intern_reason(gap.reason);
        archive->retryable = gap.retryable;
        return TRUE;
    }
    if (row->kind != 'F')
        return TRUE;
    if (row->count < 4 || !row->field[1].n || !row_uint(row->field[2], &size) ||
        !row_uint(row->field[3], &mtime))
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker listed a member of an archive that is none");
    ListedFile *member = g_new0(ListedFile, 1);
    g_autofree char *name = span_dup(row->field[1]);
    member->path = g_strconcat(archive->file->path, MEMBER_BETWEEN, name, NULL);
    member->size = size;
    member->mtime = (gint64)mtime;
    g_ptr_array_add(it->members, member);
    if (!g_hash_table_add(it->listed, member->path))
        return error_set(error, CANDOR_ERROR_FORMAT, "the worker listed a member of an archive twice");
    choose_member(it, member);
    return TRUE;
}

static guint depth_of(const char *path)
{
    guint depth = 0;
    for (const char *at = path; (at = strstr(at, MEMBER_BETWEEN)); at += strlen(MEMBER_BETWEEN))
        depth++;
    return depth;
}

static gboolean list_members(Registering *it, Pool *pool, guint index, GError **error)
{
    Planned *archive = it->planned->pdata[index];
    if (archive->gap || !g_str_equal(archive->kind ? archive->kind : "", "archive"))
        return TRUE;
    if (depth_of(archive->file->path) >= MEMBER_DEPTH) {
        archive->gap = "too-deep";
        return TRUE;
    }
    g_autofree char *root = NULL, *name = NULL;
    source_root_and_name(it->path, &root, &name);
    PoolTask *task = pool_task_members(0, root);
    pool_task_add_item(task, name, span_of_string(archive->file->path));
    it->asked_from = index;
    return pool_ask(pool, task, take_member_row, it, error);
}

/* Whether file `to` is looked at in the request that begins with `from`. */
static gboolean goes_with(const Registering *it, guint from, guint to)
{
    const Planned *first = it->planned->pdata[from], *next = it->planned->pdata[to];
    return !next->kind && to - from < (is_member(first->file) ? PLAN_MEMBERS : PLAN_FILES) &&
           is_member(first->file) == is_member(next->file);
}

gboolean plan_files(Registering *it, GError **error)
{
    g_autoptr(Pool) pool = NULL;
    for (guint from = 0; from < it->planned->len;) {
        guint to = from;
        while (to < it->planned->len && goes_with(it, from, to))
            to++;
        if (to == from) {
            from++;
            continue;
        }
        if (!pool && !(pool = pool_open(it->run->tools, NULL, error)))
            return FALSE;
        if (!ask_plan(it, pool, from, to, error))
            return FALSE;
        for (; from < to; from++)
            if (!list_members(it, pool, from, error))
                return FALSE;
    }
    return TRUE;
}
