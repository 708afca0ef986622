/* collect.c - every unit that nobody has read yet is read and imported. */
#include "collect/collect.h"

#include <openssl/evp.h>
#include <unistd.h>

#include "collect/convert.h"
#include "collect/logs.h"
#include "pool/import.h"

/* A unit of the case with the task that asks for it. */
typedef struct {
    ImportUnit unit;
    char *kind;
    gint64 last_item;
    guint64 from, to;
    char *source_path;
    char *name, *mailbox;
    GPtrArray *paths; /* of its items, while it is out */
    guint64 bytes;
} OpenUnit;

typedef struct {
    Store *store;
    Run *run;
    Importer *importer;
    GPtrArray *units; /* OpenUnit *, in order */
    guint next;
    guint64 bytes_all;
    GHashTable *missing; /* paths of sources that are not there, said once */
    GError *error;       /* why `next` could not give a task               */
} Collecting;

static void open_unit_free(gpointer data)
{
    OpenUnit *unit = data;
    g_free(unit->kind);
    g_free(unit->source_path);
    g_free(unit->name);
    g_free(unit->mailbox);
    g_clear_pointer(&unit->paths, g_ptr_array_unref);
    g_free(unit);
}

static OpenUnit *open_unit_from(Query *query)
{
    OpenUnit *unit = g_new0(OpenUnit, 1);
    unit->unit.unit = query_get_int(query, 0);
    unit->unit.source = query_get_int(query, 1);
    unit->kind = span_dup(query_get_text(query, 2));
    unit->unit.first_item = query_get_int(query, 3);
    unit->last_item = query_get_int(query, 4);
    unit->from = (guint64)query_get_int(query, 5);
    unit->to = (guint64)query_get_int(query, 6);
    unit->source_path = span_dup(query_get_text(query, 7));
    unit->name = span_dup(query_get_text(query, 8));
    unit->mailbox = span_dup(query_get_text(query, 9));
    unit->bytes = (guint64)query_get_int(query, 10);
    unit->unit.name = unit->name;
    unit->unit.mailbox = unit->mailbox;
    return unit;
}

/* The units that `query` names. */
static gboolean find_units(Collecting *it, Query *query, GError **error)
{
    while (query_step(query, error)) {
        OpenUnit *unit = open_unit_from(query);
        it->bytes_all += unit->bytes;
        g_ptr_array_add(it->units, unit);
    }
    return query_ended(query);
}

/* A source that is not where it was is said once, and its units stay open. */
static gboolean source_is_there(Collecting *it, const OpenUnit *unit)
{
    if (access(unit->source_path, R_OK) == 0)
        return TRUE;
    if (g_hash_table_add(it->missing, g_strdup(unit->source_path)) && it->run->tools->say) {
        g_autofree char *sentence = g_strdup_printf(
            "source %s is not there or not readable; its mail stays unread. Bring it back, or say where it "
            "is with `candor source move`",
            unit->source_path);
        it->run->tools->say(it->run->tools->user, sentence);
    }
    it->run->new_gaps++;
    it->run->retryable_gaps++;
    return FALSE;
}

/* The request for a unit, with the paths of its items. A source that is a file is asked for in its folder. */
static PoolTask *task_for(Collecting *it, OpenUnit *unit, GError **error)
{
    gboolean folder = g_file_test(unit->source_path, G_FILE_TEST_IS_DIR);
    g_autofree char *root = folder ? g_strdup(unit->source_path) : g_path_get_dirname(unit->source_path);
    g_autofree char *name = g_path_get_basename(unit->source_path);
    g_autoptr(PoolTask) task =
        is_log_kind(unit->kind)
            ? pool_task_log((guint64)unit->unit.unit, root, unit->kind, unit->from, unit->to)
            : pool_task_mail((guint64)unit->unit.unit, root, unit->kind, unit->from, unit->to);
    Query *query = store_query(it->store, "collect.items_of_unit", error);
    if (!query)
        return NULL;
    query_int(query, 1, unit->unit.first_item);
    query_int(query, 2, unit->last_item);
    unit->paths = g_ptr_array_new_with_free_func(g_free);
    unit->unit.paths = unit->paths;
    while (query_step(query, error)) {
        Span path = query_get_text(query, 1);
        g_ptr_array_add(unit->paths, span_dup(path));
        pool_task_add_item(task, name, path);
        task->items++;
    }
    if (!query_ended(query))
        return NULL;
    task->data = unit;
    return g_steal_pointer(&task);
}

static PoolTask *next_task(gpointer user)
{
    Collecting *it = user;
    while (it->next < it->units->len && !it->error) {
        OpenUnit *unit = it->units->pdata[it->next++];
        if (source_is_there(it, unit))
            return task_for(it, unit, &it->error);
    }
    return NULL;
}

static gboolean take_answer(PoolAnswer *answer, gpointer user, GError **error)
{
    Collecting *it = user;
    OpenUnit *unit = answer->task->data;
    if (!import_answer(it->importer, &unit->unit, answer, error))
        return FALSE;
    g_clear_pointer(&unit->paths, g_ptr_array_unref);
    const RunTools *tools = it->run->tools;
    if (tools->progress)
        tools->progress(tools->user, "reading", importer_bytes(it->importer), it->bytes_all,
                        importer_messages(it->importer));
    return TRUE;
}

/* SHA-256 over the hashes of a source's units, in order. FALSE in *whole when one of them is not read yet. */
static gboolean source_root(Store *store, gint64 source, guint8 root[DIGEST_BYTES], gboolean *whole,
                            GError **error)
{
    Query *query = store_query(store, "collect.unit_hashes", error);
    if (!query)
        return FALSE;
    query_int(query, 1, source);
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    *whole = TRUE;
    while (query_step(query, error)) {
        Span unit = query_get_blob(query, 0);
        *whole = *whole && unit.p;
        EVP_DigestUpdate(hash, unit.p, unit.n);
    }
    EVP_DigestFinal_ex(hash, root, NULL);
    EVP_MD_CTX_free(hash);
    return query_ended(query);
}

/* Record the root of a source that is whole, unless it stands already. */
static gboolean record_root(Store *store, const Run *run, gint64 source, GError **error)
{
    guint8 root[DIGEST_BYTES];
    gboolean whole;
    if (!source_root(store, source, root, &whole, error))
        return FALSE;
    if (!whole)
        return TRUE;
    Query *query = store_query(store, "collect.root_known", error);
    if (!query)
        return FALSE;
    query_int(query, 1, source);
    gboolean known = FALSE;
    while (query_step(query, error)) {
        Span before = query_get_blob(query, 0);
        known = before.n == sizeof root && memcmp(before.p, root, sizeof root) == 0;
    }
    if (!query_ended(query))
        return FALSE;
    if (known)
        return TRUE;
    if (!(query = store_query(store, "collect.root_add", error)))
        return FALSE;
    query_int(query, 1, source);
    query_int(query, 2, run->id);
    query_blob(query, 3, (Span){(const char *)root, sizeof root});
    return query_run(query, error);
}

static gboolean record_roots(Store *store, const Run *run, GError **error)
{
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(gint64));
    Query *query = store_query(store, "collect.sources", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        gint64 id = query_get_int(query, 0);
        g_array_append_val(sources, id);
    }
    if (!query_ended(query))
        return FALSE;
    if (!store_begin(store, error))
        return FALSE;
    for (guint i = 0; i < sources->len; i++)
        if (!record_root(store, run, g_array_index(sources, gint64, i), error)) {
            store_rollback(store);
            return FALSE;
        }
    return store_commit(store, error);
}

static gboolean read_units(Collecting *it, Pool *pool, GError **error)
{
    if (it->run->tools->progress)
        it->run->tools->progress(it->run->tools->user, "reading", 0, it->bytes_all, 0);
    gboolean done = pool_run(pool, next_task, take_answer, it, error);
    if (done && it->error) {
        g_propagate_error(error, g_steal_pointer(&it->error));
        return FALSE;
    }
    return done;
}

/* Workers and an importer; then the units that are open, or stale, are read, and the parts that need a converter. */
static gboolean read_all(Store *store, Run *run, gboolean again, GError **error)
{
    g_autoptr(Pool) pool = pool_open(run->tools, case_keys_fingerprint_key(store_keys(store)), error);
    const WorkerHello *hello = pool ? pool_hello(pool, error) : NULL;
    if (!hello || !run_worker(store, run, hello->rules, hello->level, error))
        return FALSE;
    g_autoptr(Importer) importer = importer_new(store, run, hello, again, error);
    Query *query =
        importer ? store_query(store, again ? "collect.units_stale" : "collect.units_open", error) : NULL;
    if (!query)
        return FALSE;
    if (again)
        query_int(query, 1, importer_reader(importer));
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(open_unit_free);
    g_autoptr(GHashTable) missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Collecting it = {.store = store, .run = run, .importer = importer, .units = units, .missing = missing};
    if (!find_units(&it, query, error))
        return FALSE;
    gboolean none = units->len == 0;
    return (none || again || store_search_indexes_drop(store, error)) &&
           (none || read_units(&it, pool, error)) && convert_parts(store, run, pool, again, error);
}

gboolean collect_again(Store *store, Run *run, GError **error)
{
    return read_all(store, run, TRUE, error);
}

gboolean collect(Store *store, Run *run, GError **error)
{
    return read_all(store, run, FALSE, error) && record_roots(store, run, error) && record_logs(store, error);
}
