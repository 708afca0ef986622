/* import.c - the rows of one unit into the store: in which order, and which of them. */
#include "pool/importer.h"

/* The id of this reader with these rules; made when it is new. */
static gboolean find_reader(Importer *importer, const WorkerHello *worker, GError **error)
{
    for (int try = 0; try < 2; try++) {
        Query *query = store_query(importer->store, "import.reader_find", error);
        if (!query)
            return FALSE;
        query_text(query, 1, span_of_string(worker->reader));
        query_text(query, 2, span_of_string(worker->rules));
        if (query_step(query, error)) {
            importer->reader = query_get_int(query, 0);
            return !query_step(query, error);
        }
        query = store_query(importer->store, "import.reader_add", error);
        if (!query)
            return FALSE;
        query_text(query, 1, span_of_string(worker->reader));
        query_text(query, 2, span_of_string(worker->rules));
        if (!query_run(query, error))
            return FALSE;
    }
    return error_set(error, CANDOR_ERROR_BUG, "a reader that was added is not there");
}

Importer *importer_new(Store *store, Run *run, const WorkerHello *worker, gboolean again, GError **error)
{
    g_autoptr(Importer) importer = g_new0(Importer, 1);
    importer->store = store;
    importer->run = run;
    importer->again = again;
    importer->emails.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    importer->names.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!store_ask_int(store, "import.email_last", &importer->emails.last, error) ||
        !store_ask_int(store, "import.name_last", &importer->names.last, error) ||
        !store_ask_int(store, "import.gap_last", &importer->last_gap, error) ||
        !store_ask_int(store, "import.event_last", &importer->last_event, error) ||
        !store_ask_int(store, "import.signin_last", &importer->last_signin, error) ||
        !find_reader(importer, worker, error))
        return NULL;
    return g_steal_pointer(&importer);
}

void importer_free(Importer *importer)
{
    if (!importer)
        return;
    g_hash_table_unref(importer->emails.ids);
    g_hash_table_unref(importer->names.ids);
    g_free(importer);
}

gint64 importer_reader(const Importer *importer)
{
    return importer->reader;
}

guint64 importer_messages(const Importer *importer)
{
    return importer->messages;
}

guint64 importer_bytes(const Importer *importer)
{
    return importer->bytes;
}

/* Whether a row of this kind is wanted: all of a new message; of a known one what a newer reader may see otherwise. */
static gboolean is_wanted(const Importer *importer, const Group *group, char kind)
{
    if (!group->row || group->fresh || strchr("GDE", kind))
        return TRUE;
    return importer->again && strchr("PX", kind);
}

/* A child row of the group. */
static gboolean put_child(Importer *importer, Group *group, const Row *line, GError **error)
{
    switch (line->kind) {
    case 'A':
        return put_address(importer, group, line, error);
    case 'P':
        return put_part(importer, group, line, error);
    case 'N':
        return put_mention(importer, group, line, error);
    case 'X':
        return put_match(importer, group, line, error);
    case 'V':
        return put_event(importer, group, line, error);
    case 'I':
        return put_event_item(importer, group, line, error);
    case 'S':
        return put_signin(importer, group, line, error);
    case 'E':
        return TRUE;
    default:
        return error_set(error, CANDOR_ERROR_FORMAT, "a row of kind '%c' where none can be", line->kind);
    }
}

/* The first pass: every message row, and the keys that they need resolved in one go. */
typedef struct {
    GArray *messages; /* MessageRow                 */
    GArray *keys;     /* guint8[DIGEST_BYTES]       */
    GPtrArray *ends;  /* of each message's row      */
    gint64 *ids;
    gboolean *fresh;
} Messages;

static void messages_clear(Messages *messages)
{
    g_array_unref(messages->messages);
    g_array_unref(messages->keys);
    g_ptr_array_unref(messages->ends);
    g_free(messages->ids);
    g_free(messages->fresh);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Messages, messages_clear)

static gboolean gather_messages(Importer *importer, const PoolAnswer *answer, Messages *messages,
                                GError **error)
{
    char *stop = answer->rows + answer->length;
    for (char *line = answer->rows, *newline; line < stop; line = newline + 1) {
        newline = memchr(line, '\n', (gsize)(stop - line));
        if (*line != 'M')
            continue;
        Row row;
        MessageRow message;
        if (!row_split(line, (gsize)(newline - line), &row, error) ||
            !message_row_read(&row, &message, error))
            return FALSE;
        g_array_append_val(messages->messages, message);
        g_array_append_vals(messages->keys, message.key, 1);
        g_ptr_array_add(messages->ends, newline);
    }
    guint n = messages->messages->len;
    messages->ids = g_new(gint64, n + 1);
    messages->fresh = g_new(gboolean, n + 1);
    return store_content_ids(importer->store, (const guint8(*)[DIGEST_BYTES])(gpointer)messages->keys->data,
                             n, messages->ids, messages->fresh, error);
}

static gboolean begin_group(Importer *importer, Group *group, const Messages *messages, guint index,
                            GError **error)
{
    *group = (Group){
        .unit = group->unit,
        .row = &g_array_index(messages->messages, MessageRow, index),
        .content = messages->ids[index],
        .fresh = messages->fresh[index],
    };
    if (group->fresh && !put_message(importer, group, error))
        return FALSE;
    return importer->again || put_copy(importer, group, error);
}

/* The second pass: everything, in the order in which it came. The message rows were split by the first, so that their
 * fields may hold line ends by now: a subject can. */
static gboolean put_rows(Importer *importer, const ImportUnit *unit, PoolAnswer *answer,
                         const Messages *messages, GError **error)
{
    Group group = {.unit = unit};
    guint next = 0;
    char *stop = answer->rows + answer->length;
    for (char *line = answer->rows, *newline; line < stop; line = newline + 1) {
        char kind = *line;
        newline = kind == 'M' ? messages->ends->pdata[next] : memchr(line, '\n', (gsize)(stop - line));
        if (kind == 'M') {
            if (!begin_group(importer, &group, messages, next++, error))
                return FALSE;
            continue;
        }
        if (!is_wanted(importer, &group, kind))
            continue;
        Row row;
        if (!row_split(line, (gsize)(newline - line), &row, error))
            return FALSE;
        gboolean put = kind == 'D'   ? put_done(importer, unit, &row, error)
                       : kind == 'G' ? put_gap(importer, unit, group.row ? &group : NULL, &row, error)
                                     : put_child(importer, &group, &row, error);
        if (!put)
            return FALSE;
        if (kind == 'E')
            group.row = NULL;
    }
    return TRUE;
}

static gboolean import_rows(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, GError **error)
{
    g_auto(Messages) messages = {
        .messages = g_array_new(FALSE, FALSE, sizeof(MessageRow)),
        .keys = g_array_new(FALSE, FALSE, DIGEST_BYTES),
        .ends = g_ptr_array_new(),
    };
    return gather_messages(importer, answer, &messages, error) &&
           put_rows(importer, unit, answer, &messages, error);
}

/* Whether a unit that is read again still has the hash that it had. Its 'D' row is the last of the answer. */
static gboolean is_unchanged(Importer *importer, const ImportUnit *unit, const PoolAnswer *answer,
                             gboolean *same, GError **error)
{
    const char *before_last = memrchr(answer->rows, '\n', answer->length - 1);
    const char *from = before_last ? before_last + 1 : answer->rows;
    g_autofree char *line = g_strndup(from, (gsize)(answer->rows + answer->length - 1 - from));
    Row row;
    DoneRow done;
    if (!row_split(line, strlen(line), &row, error) || !done_row_read(&row, &done, error))
        return FALSE;
    Query *query = store_query(importer->store, "import.unit_hash", error);
    if (!query)
        return FALSE;
    query_int(query, 1, unit->unit);
    *same = FALSE;
    while (query_step(query, error)) {
        Span before = query_get_blob(query, 0);
        *same = before.n == DIGEST_BYTES && memcmp(before.p, done.sha256, DIGEST_BYTES) == 0;
    }
    return query_ended(query);
}

/* Read again: only what still is what it was; else nothing but the gap that says so. */
static gboolean import_again(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, GError **error)
{
    static const GapRow changed = {.reason = {"source-changed", 14},
                                   .detail = {"the unit has other bytes than when it was collected", 51}};
    gboolean same;
    if (!is_unchanged(importer, unit, answer, &same, error))
        return FALSE;
    return same ? import_rows(importer, unit, answer, error)
                : put_gap_row(importer, unit, NULL, &changed, FALSE, error);
}

static gboolean put_answer(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, GError **error)
{
    return store_begin(importer->store, error) &&
           (importer->again ? import_again(importer, unit, answer, error)
                            : import_rows(importer, unit, answer, error)) &&
           store_commit(importer->store, error);
}

/* What stands for an answer that never came, or is not believed: the unit stays open, and the next run asks again. */
static gboolean put_stand_in(Importer *importer, const ImportUnit *unit, Span reason, GError **error)
{
    const GapRow gap = {
        .reason = reason, .retryable = TRUE, .detail = SPAN_OF("the unit is asked again by the next run")};
    if (store_begin(importer->store, error) && put_gap_row(importer, unit, NULL, &gap, FALSE, error) &&
        store_commit(importer->store, error))
        return TRUE;
    store_rollback(importer->store);
    return FALSE;
}

/* Nothing of the answer stands. What it added to the run and to the texts that are remembered did not happen. */
static void take_back(Importer *importer, const Run *before)
{
    store_rollback(importer->store);
    importer->run->new_gaps = before->new_gaps;
    importer->run->retryable_gaps = before->retryable_gaps;
    g_hash_table_remove_all(importer->emails.ids);
    g_hash_table_remove_all(importer->names.ids);
}

gboolean import_answer(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, GError **error)
{
    const Run before = *importer->run;
    g_autoptr(GError) cause = NULL;
    if (answer->dead)
        return put_stand_in(importer, unit, SPAN_OF("worker-died"), error);
    if (put_answer(importer, unit, answer, &cause))
        return TRUE;
    take_back(importer, &before);
    /* A captured reader can write rows that only their tables tell to be false: one twice, or malformed. */
    if (g_error_matches(cause, CANDOR_ERROR, CANDOR_ERROR_FORMAT))
        return put_stand_in(importer, unit, SPAN_OF("reader-lied"), error);
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}
