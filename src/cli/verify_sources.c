/* verify_sources.c - every byte of the evidence read again, and compared with what it hashed to. */
#include "cli/verify_sources.h"

#include "cli/unit_task.h"

typedef struct {
    gint64 id, first_item, last_item;
    guint64 from, to, bytes;
    char *kind, *source;
    guint8 sha256[DIGEST_BYTES];
} Unit;

typedef struct {
    Store *store;
    Tools *tools;
    GPtrArray *units; /* Unit * */
    guint next;
    guint64 done, all, copies;
    GError *error; /* why `next` could not give a task */
} Verifying;

static void unit_free(gpointer data)
{
    Unit *unit = data;
    g_free(unit->kind);
    g_free(unit->source);
    g_free(unit);
}

static void take_unit(Verifying *it, Query *query)
{
    Unit *unit = g_new0(Unit, 1);
    Span hash = query_get_blob(query, 7);
    unit->id = query_get_int(query, 0);
    unit->kind = span_dup(query_get_text(query, 1));
    unit->first_item = query_get_int(query, 2);
    unit->last_item = query_get_int(query, 3);
    unit->from = (guint64)query_get_int(query, 4);
    unit->to = (guint64)query_get_int(query, 5);
    unit->source = span_dup(query_get_text(query, 6));
    unit->bytes = (guint64)query_get_int(query, 8);
    if (hash.n == sizeof unit->sha256)
        memcpy(unit->sha256, hash.p, hash.n);
    it->all += unit->bytes;
    g_ptr_array_add(it->units, unit);
}

static gboolean find_units(Verifying *it, GError **error)
{
    Query *query = store_query(it->store, "evidence.units", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        take_unit(it, query);
    return query_ended(query);
}

static PoolTask *task_for(Verifying *it, Unit *unit, GError **error)
{
    g_autofree char *root = NULL, *name = NULL;
    if (!g_file_test(unit->source, G_FILE_TEST_EXISTS)) {
        error_set(error, CANDOR_ERROR_MISSING,
                  "%s: the source is not there; bring it back, or say where it is with candor "
                  "source move",
                  unit->source);
        return NULL;
    }
    source_root_and_name(unit->source, &root, &name);
    g_autoptr(PoolTask) task =
        g_str_has_suffix(unit->kind, "-log")
            ? pool_task_log((guint64)unit->id, root, unit->kind, unit->from, unit->to)
            : pool_task_mail((guint64)unit->id, root, unit->kind, unit->from, unit->to);
    Query *query = store_query(it->store, "collect.items_of_unit", error);
    if (!query)
        return NULL;
    query_int(query, 1, unit->first_item);
    query_int(query, 2, unit->last_item);
    while (query_step(query, error)) {
        Span path = query_get_text(query, 1);
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
    Verifying *it = user;
    if (it->next >= it->units->len || it->error)
        return NULL;
    return task_for(it, it->units->pdata[it->next++], &it->error);
}

static gboolean differs(const Unit *unit, Span path, guint64 offset, const char *how, GError **error)
{
    g_autofree char *item = span_dup(path);
    return error_set(error, CANDOR_ERROR_DENIED,
                     "%s%s%s: at %s %" G_GUINT64_FORMAT " %s; find out who changed it, and put "
                     "back what was collected",
                     unit->source, *item ? "/" : "", item, g_str_equal(unit->kind, "pst") ? "place" : "byte",
                     offset, how);
}

/* Is the next message of the answer the next copy of the case? `query` stands on that copy. */
static gboolean compare(const Unit *unit, Query *query, const MessageRow *message, GError **error)
{
    Span path = query_get_text(query, 1), hash = query_get_blob(query, 3);
    guint64 item = (guint64)(query_get_int(query, 0) - unit->first_item),
            start = (guint64)query_get_int(query, 2);
    if (message->item != item || message->offset != start)
        return differs(unit, path, start, "the message that was collected is not there any more", error);
    if (hash.n != DIGEST_BYTES || memcmp(hash.p, message->sha256, DIGEST_BYTES) != 0)
        return differs(unit, path, start, "the message is not what was collected", error);
    return TRUE;
}

/* The next 'M' row; FALSE at the end of the answer. */
static gboolean next_message(PoolAnswer *answer, gsize *cursor, Row *row, MessageRow *message, GError **error)
{
    g_autoptr(GError) cause = NULL;
    while (answer_next_row(answer, cursor, row, &cause))
        if (row->kind == 'M')
            return message_row_read(row, message, error);
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean walk(const Unit *unit, Query *query, PoolAnswer *answer, GError **error)
{
    g_autoptr(GError) cause = NULL;
    gsize cursor = 0;
    Row row;
    MessageRow message;
    while (query_step(query, &cause)) {
        if (!next_message(answer, &cursor, &row, &message, &cause)) {
            if (!cause)
                differs(unit, query_get_text(query, 1), (guint64)query_get_int(query, 2),
                        "the message that was collected "
                        "cannot be read any more",
                        &cause);
            break;
        }
        if (!compare(unit, query, &message, &cause))
            break;
    }
    if (!cause && g_str_equal(unit->kind, "pst"))
        return differs(unit, SPAN_OF(""), unit->from, "bytes that are in no item are not what was collected",
                       error);
    if (!cause && g_str_equal(unit->kind, "archive"))
        return differs(unit, SPAN_OF(""), 0, "the archive is not what was collected", error);
    if (!cause)
        return differs(unit, SPAN_OF(""), unit->from, "bytes between the messages are not what was collected",
                       error);
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* The unit's hash is another: go along its copies until the first that differs. */
static gboolean name_difference(Verifying *it, const Unit *unit, PoolAnswer *answer, GError **error)
{
    Query *query = store_query(it->store, "evidence.copies", error);
    if (!query)
        return FALSE;
    query_int(query, 1, unit->first_item);
    query_int(query, 2, unit->last_item);
    query_int(query, 3, unit->id);
    return walk(unit, query, answer, error);
}

/* The last row says what the unit hashed to now. */
static gboolean read_done(const PoolAnswer *answer, DoneRow *done, GError **error)
{
    gsize from = answer->length;
    while (from > 1 && answer->rows[from - 2] != '\n')
        from--;
    from = from ? from - 1 : 0;
    g_autofree char *line = g_strndup(answer->rows + from, answer->length - from);
    g_strchomp(line);
    Row row;
    return row_split(line, strlen(line), &row, error) && done_row_read(&row, done, error);
}

static gboolean take_answer(PoolAnswer *answer, gpointer user, GError **error)
{
    Verifying *it = user;
    const Unit *unit = answer->task->data;
    DoneRow done;
    if (answer->dead)
        return error_set(error, CANDOR_ERROR_IO,
                         "%s: the worker that read it died; run candor verify --sources again", unit->source);
    if (!read_done(answer, &done, error))
        return FALSE;
    if (memcmp(done.sha256, unit->sha256, DIGEST_BYTES) != 0)
        return name_difference(it, unit, answer, error);
    it->done += unit->bytes;
    it->copies += done.messages;
    it->tools->run.progress(it->tools->run.user, "verifying", it->done, it->all, it->copies);
    return TRUE;
}

gboolean sources_verify(const Cli *cli, const CaseFolder *folder, Store *store, guint64 *copies,
                        GError **error)
{
    g_autoptr(Tools) tools = tools_new(cli, folder->config, error);
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(unit_free);
    Verifying it = {.store = store, .tools = tools, .units = units};
    if (!tools || !find_units(&it, error))
        return FALSE;
    g_autoptr(Pool) pool = pool_open(&tools->run, case_keys_fingerprint_key(folder->keys), error);
    if (!pool || !pool_run(pool, next_task, take_answer, &it, error))
        return FALSE;
    *copies = it.copies;
    if (it.error) {
        g_propagate_error(error, g_steal_pointer(&it.error));
        return FALSE;
    }
    return !tools_stopped() || error_set(error, CANDOR_ERROR_CONFLICT,
                                         "stopped before everything was compared; run the same "
                                         "command again");
}
