/* import.c - the rows of one unit into the store. */
#include "pool/import.h"

#include "store/digest_rows.h"

/* Addresses that the importer remembers the ids of, before it forgets them all and asks the store again. */
#define EMAILS_REMEMBERED 200000

struct Importer {
    Store *store;
    Run *run;
    gint64 reader;
    gboolean again;     /* units are read a second time */
    GHashTable *emails; /* address -> id */
    gint64 last_email, last_gap;
    guint64 messages, bytes;
};

/* The message whose group is being read. */
typedef struct {
    const ImportUnit *unit;
    const MessageRow *row;
    gint64 content;
    gboolean fresh;
    gint64 addresses, mentions; /* so far */
} Group;

static gint64 one_int(Store *store, const char *name, GError **error)
{
    Query *query = store_query(store, name, error);
    if (!query || !query_step(query, error))
        return -1;
    gint64 value = query_get_int(query, 0);
    return query_step(query, error) ? -1 : value;
}

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
    importer->emails = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    importer->last_email = one_int(store, "import.email_last", error);
    if (importer->last_email < 0)
        return NULL;
    importer->last_gap = one_int(store, "import.gap_last", error);
    if (importer->last_gap < 0 || !find_reader(importer, worker, error))
        return NULL;
    return g_steal_pointer(&importer);
}

void importer_free(Importer *importer)
{
    if (!importer)
        return;
    g_hash_table_unref(importer->emails);
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

static gboolean add_email(Importer *importer, Span address, gint64 id, GError **error)
{
    const char *at = memrchr(address.p, '@', address.n);
    Span domain = at ? (Span){at + 1, (gsize)(address.p + address.n - at - 1)} : SPAN_OF("");
    Query *query = store_query(importer->store, "import.email_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_text(query, 2, address);
    query_text(query, 3, domain);
    return query_run(query, error);
}

/* The id of an address, from memory, from the store, or new. */
static gboolean email_id(Importer *importer, Span address, gint64 *id, GError **error)
{
    char stack[256];
    g_autofree char *heap = address.n < sizeof stack ? NULL : span_dup(address);
    char *text = heap ? heap : stack;
    if (!heap) {
        memcpy(stack, address.p, address.n);
        stack[address.n] = 0;
    }
    gpointer known = g_hash_table_lookup(importer->emails, text);
    if (known) {
        *id = GPOINTER_TO_SIZE(known);
        return TRUE;
    }
    Query *query = store_query(importer->store, "import.email_find", error);
    if (!query)
        return FALSE;
    query_text(query, 1, address);
    g_autoptr(GError) cause = NULL;
    if (query_step(query, &cause)) {
        *id = query_get_int(query, 0);
        query_step(query, &cause);
    } else if (!cause) {
        *id = ++importer->last_email;
        add_email(importer, address, *id, &cause);
    }
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (g_hash_table_size(importer->emails) >= EMAILS_REMEMBERED)
        g_hash_table_remove_all(importer->emails);
    g_hash_table_insert(importer->emails, g_strdup(text), GSIZE_TO_POINTER((gsize)*id));
    return TRUE;
}

static void bind_email(Query *query, guint parameter, Span address, gint64 id)
{
    if (address.p)
        query_int(query, parameter, id);
    else
        query_null(query, parameter);
}

static void bind_sealed(Query *query, guint parameter, const char *context, Span plain)
{
    if (plain.p)
        query_sealed(query, parameter, context, plain);
    else
        query_null(query, parameter);
}

static gboolean put_copy(Importer *importer, const Group *group, GError **error)
{
    Query *query = store_query(importer->store, "import.copy", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->unit->first_item + (gint64)group->row->item);
    query_int(query, 2, (gint64)group->row->offset);
    query_int(query, 3, (gint64)group->row->length);
    query_int(query, 4, group->content);
    query_int(query, 5, group->unit->unit);
    query_blob(query, 6, (Span){(const char *)group->row->sha256, DIGEST_BYTES});
    digest_copy(importer->store, group->row);
    return query_run(query, error);
}

static gint64 first_64_bits(const guint8 key[DIGEST_BYTES])
{
    guint64 big;
    memcpy(&big, key, sizeof big);
    return (gint64)GUINT64_FROM_BE(big);
}

static gboolean put_message(Importer *importer, const Group *group, GError **error)
{
    const MessageRow *row = group->row;
    Query *query = store_query(importer->store, "import.message", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, first_64_bits(row->key));
    query_int(query, 3, (gint64)row->size);
    if (row->date == G_MININT64)
        query_null(query, 4);
    else
        query_int(query, 4, row->date);
    query_int(query, 5, row->zone);
    query_text(query, 6, row->message_id);
    query_text(query, 7, row->in_reply_to);
    bind_sealed(query, 8, "subject", row->subject);
    query_int(query, 9, (gint64)row->defects);
    query_int(query, 10, importer->reader);
    query_int(query, 11, row->bare ? 1 : 0);
    digest_message(importer->store, row);
    return query_run(query, error);
}

static gboolean put_address(Importer *importer, Group *group, const Row *line, GError **error)
{
    AddressRow row;
    gint64 id = 0;
    if (!address_row_read(line, &row, error) || (row.address.p && !email_id(importer, row.address, &id, error)))
        return FALSE;
    Query *query = store_query(importer->store, "import.address", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, group->addresses);
    query_int(query, 3, row.role);
    bind_email(query, 4, row.address, id);
    bind_sealed(query, 5, "name", row.name);
    digest_address(importer->store, group->row->key, (guint64)group->addresses++, &row);
    return query_run(query, error);
}

static gboolean put_attempt(Importer *importer, const Group *group, const PartRow *row, GError **error)
{
    const char *name = group->fresh ? "import.attempt" : "import.attempt_again";
    Query *query = store_query(importer->store, name, error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_text(query, 2, row->path);
    query_int(query, 3, importer->reader);
    query_int(query, 4, row->state);
    query_int(query, 5, (gint64)row->read);
    query_int(query, 6, (gint64)row->scanned);
    query_int(query, 7, (gint64)row->unscanned);
    if (!query_run(query, error))
        return FALSE;
    if (group->fresh || store_changes(importer->store))
        digest_attempt(importer->store, group->row->key, row);
    return TRUE;
}

static gboolean put_part(Importer *importer, Group *group, const Row *line, GError **error)
{
    PartRow row;
    if (!part_row_read(line, &row, error))
        return FALSE;
    Query *query = store_query(importer->store, group->fresh ? "import.part" : "import.part_again", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_text(query, 2, row.path);
    query_int(query, 3, row.kind);
    query_text(query, 4, row.media_type);
    query_text(query, 5, row.charset);
    bind_sealed(query, 6, "filename", row.filename);
    query_text(query, 7, row.disposition);
    query_text(query, 8, row.encoding);
    query_text(query, 9, row.content_id);
    query_int(query, 10, (gint64)row.start);
    query_int(query, 11, (gint64)row.end);
    if (row.kind == PART_LEAF)
        query_blob(query, 12, (Span){(const char *)row.sha256, DIGEST_BYTES});
    else
        query_null(query, 12);
    if (!query_run(query, error))
        return FALSE;
    if (group->fresh || store_changes(importer->store))
        digest_part(importer->store, group->row->key, &row);
    return put_attempt(importer, group, &row, error);
}

static gboolean put_mention(Importer *importer, Group *group, const Row *line, GError **error)
{
    MentionRow row;
    gint64 id = 0;
    if (!mention_row_read(line, &row, error) || (row.address.p && !email_id(importer, row.address, &id, error)))
        return FALSE;
    Query *query = store_query(importer->store, "import.mention", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, group->mentions);
    query_text(query, 3, row.path);
    query_int(query, 4, row.role);
    bind_email(query, 5, row.address, id);
    bind_sealed(query, 6, "name", row.name);
    query_int(query, 7, (gint64)row.start);
    digest_mention(importer->store, group->row->key, (guint64)group->mentions++, &row);
    return query_run(query, error);
}

static gboolean put_match(Importer *importer, Group *group, const Row *line, GError **error)
{
    MatchRow row;
    if (!match_row_read(line, &row, error))
        return FALSE;
    Query *query = store_query(importer->store, group->fresh ? "import.match" : "import.match_again", error);
    if (!query)
        return FALSE;
    query_int(query, 1, group->content);
    query_int(query, 2, importer->reader);
    query_text(query, 3, row.path);
    query_int(query, 4, (gint64)row.start);
    query_int(query, 5, (gint64)row.end);
    query_text(query, 6, row.rule);
    query_text(query, 7, row.type);
    query_blob(query, 8, (Span){(const char *)row.fingerprint, FINGERPRINT_BYTES});
    query_text(query, 9, row.masked);
    query_int(query, 10, (gint64)row.confidence);
    if (!query_run(query, error))
        return FALSE;
    if (group->fresh || store_changes(importer->store))
        digest_match(importer->store, group->row->key, &row);
    return TRUE;
}

/* `group` is NULL for a whole item; `whole` says that the gap stands for a message or item that declared counts. */
static gboolean write_gap(Importer *importer, const ImportUnit *unit, const Group *group, const GapRow *row, gboolean whole,
                          GError **error)
{
    Query *query = store_query(importer->store, "import.gap", error);
    if (!query)
        return FALSE;
    query_int(query, 1, ++importer->last_gap);
    query_int(query, 2, unit->source);
    query_int(query, 3, unit->first_item + (gint64)row->item);
    query_int(query, 4, unit->unit);
    if (group)
        query_int(query, 5, group->content);
    else
        query_null(query, 5);
    query_int(query, 6, (gint64)row->offset);
    query_text(query, 7, row->path);
    query_text(query, 8, row->reason);
    query_text(query, 9, row->detail);
    query_int(query, 10, (gint64)row->bytes);
    query_int(query, 11, row->retryable ? 1 : 0);
    query_int(query, 12, whole ? 1 : 0);
    query_int(query, 13, importer->run->id);
    digest_gap(importer->store, group ? group->row->key : NULL, whole, row);
    importer->run->new_gaps++;
    importer->run->retryable_gaps += row->retryable ? 1 : 0;
    return query_run(query, error);
}

/* A gap of the group's message, or, without a group, of a whole message or item. What repeats for a copy of known
 * content is not written again, but for the gap that says that this very message could only be hashed. */
static gboolean put_gap(Importer *importer, const ImportUnit *unit, const Group *group, const Row *line, GError **error)
{
    GapRow row;
    if (!gap_row_read(line, &row, error))
        return FALSE;
    gboolean whole = !group || (group->row->bare && !row.path.p);
    if (importer->again || (group && !group->fresh && !whole))
        return TRUE;
    return write_gap(importer, unit, group, &row, whole, error);
}

static gboolean put_done_again(Importer *importer, const ImportUnit *unit, GError **error)
{
    Query *query = store_query(importer->store, "import.unit_again", error);
    if (!query)
        return FALSE;
    query_int(query, 1, unit->unit);
    query_int(query, 2, importer->reader);
    query_int(query, 3, importer->run->id);
    return query_run(query, error);
}

static gboolean put_done(Importer *importer, const ImportUnit *unit, const Row *line, GError **error)
{
    DoneRow row;
    if (!done_row_read(line, &row, error))
        return FALSE;
    importer->messages += row.messages;
    importer->bytes += row.bytes;
    if (importer->again)
        return put_done_again(importer, unit, error);
    Query *query = store_query(importer->store, "import.unit_done", error);
    if (!query)
        return FALSE;
    query_int(query, 1, unit->unit);
    query_int(query, 2, importer->run->id);
    query_int(query, 3, importer->reader);
    query_int(query, 4, (gint64)row.declared);
    query_int(query, 5, (gint64)row.messages);
    query_int(query, 6, (gint64)row.gaps);
    query_int(query, 7, (gint64)row.bytes);
    query_blob(query, 8, (Span){(const char *)row.sha256, DIGEST_BYTES});
    digest_unit(importer->store, &row);
    return query_run(query, error);
}

/* Whether a row of this kind is wanted: all of a new message, of a known one what a newer reader may see differently. */
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
    gint64 *ids;
    gboolean *fresh;
} Messages;

static void messages_clear(Messages *messages)
{
    g_array_unref(messages->messages);
    g_array_unref(messages->keys);
    g_free(messages->ids);
    g_free(messages->fresh);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Messages, messages_clear)

static gboolean gather_messages(Importer *importer, const PoolAnswer *answer, Messages *messages, GError **error)
{
    char *stop = answer->rows + answer->length;
    for (char *line = answer->rows, *newline; line < stop; line = newline + 1) {
        newline = memchr(line, '\n', (gsize)(stop - line));
        if (*line != 'M')
            continue;
        Row row;
        MessageRow message;
        if (!row_split(line, (gsize)(newline - line), &row, error) || !message_row_read(&row, &message, error))
            return FALSE;
        g_array_append_val(messages->messages, message);
        g_array_append_vals(messages->keys, message.key, 1);
    }
    guint n = messages->messages->len;
    messages->ids = g_new(gint64, n + 1);
    messages->fresh = g_new(gboolean, n + 1);
    return store_content_ids(importer->store, (const guint8(*)[DIGEST_BYTES])(gpointer)messages->keys->data, n,
                             messages->ids, messages->fresh, error);
}

static gboolean begin_group(Importer *importer, Group *group, const Messages *messages, guint index, GError **error)
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

/* The second pass: everything, in the order in which it came. The message rows were split by the first. */
static gboolean put_rows(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, const Messages *messages,
                         GError **error)
{
    Group group = {.unit = unit};
    guint next = 0;
    char *stop = answer->rows + answer->length;
    for (char *line = answer->rows, *newline; line < stop; line = newline + 1) {
        newline = memchr(line, '\n', (gsize)(stop - line));
        char kind = *line;
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
    };
    return gather_messages(importer, answer, &messages, error) &&
           put_rows(importer, unit, answer, &messages, error);
}

/* Whether a unit that is read again still has the hash that it had. Its 'D' row is the last of the answer. */
static gboolean is_unchanged(Importer *importer, const ImportUnit *unit, const PoolAnswer *answer, gboolean *same,
                             GError **error)
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
    g_autoptr(GError) cause = NULL;
    *same = FALSE;
    while (query_step(query, &cause)) {
        Span before = query_get_blob(query, 0);
        *same = before.n == DIGEST_BYTES && memcmp(before.p, done.sha256, DIGEST_BYTES) == 0;
    }
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
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
                : write_gap(importer, unit, NULL, &changed, FALSE, error);
}

/* What stands for an answer that never came: the unit stays open, and the next run asks again. */
static gboolean import_dead(Importer *importer, const ImportUnit *unit, GError **error)
{
    static const GapRow died = {.reason = {"worker-died", 11},
                                .retryable = TRUE,
                                .detail = {"the unit is asked again by the next run", 39}};
    return write_gap(importer, unit, NULL, &died, FALSE, error);
}

gboolean import_answer(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, GError **error)
{
    if (!store_begin(importer->store, error))
        return FALSE;
    gboolean stored = answer->dead      ? import_dead(importer, unit, error)
                      : importer->again ? import_again(importer, unit, answer, error)
                                        : import_rows(importer, unit, answer, error);
    if (stored && store_commit(importer->store, error))
        return TRUE;
    store_rollback(importer->store);
    return FALSE;
}
