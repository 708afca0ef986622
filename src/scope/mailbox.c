/* mailbox.c - the copies of one mailbox, and the reasons that are found for them. */
#include "scope/mailbox.h"

#include "scope/folders.h"

static const char *const set_reasons[SET_REASON_COUNT] = {
    [REASON_SYNC_FOLDER] = "sync-folder",
    [REASON_SYNC_TAIL] = "sync-dedup-window",
    [REASON_SYNC_MAILBOX] = "sync-mailbox",
    [REASON_SYNC_UNRESOLVED_FOLDER] = "sync-unresolved-folder",
    [REASON_OTHER_FOLDER_SYNC] = "other-folder-sync",
    [REASON_THROTTLED] = "throttled",
    [REASON_LOG_GAP] = "log-gap",
    [REASON_TRUNCATED_RECORD] = "truncated-record",
    [REASON_UNRESOLVED_ITEM] = "unresolved-item",
    [REASON_OPCOUNT_EXCESS] = "opcount-excess",
    [REASON_NO_LOG] = "no-log",
    [REASON_NO_INTRUDER] = "no-intruder",
};

static void free_indexes(gpointer data)
{
    g_array_unref(data);
}

static void folder_free(gpointer data)
{
    Folder *folder = data;
    g_free(folder->normal);
    g_array_unref(folder->copies);
    g_free(folder);
}

Mailbox *mailbox_new(Store *store, const char *name)
{
    Mailbox *mailbox = g_new0(Mailbox, 1);
    mailbox->store = store;
    mailbox->name = g_strdup(name);
    mailbox->copies = g_array_new(FALSE, FALSE, sizeof(Copy));
    mailbox->folders = g_ptr_array_new_with_free_func(folder_free);
    mailbox->folder_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    mailbox->texts = g_string_chunk_new(64 << 10);
    mailbox->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_indexes);
    return mailbox;
}

void mailbox_free(Mailbox *mailbox)
{
    if (!mailbox)
        return;
    g_hash_table_unref(mailbox->by_id);
    g_hash_table_unref(mailbox->folder_of);
    g_ptr_array_unref(mailbox->folders);
    g_array_unref(mailbox->copies);
    g_string_chunk_free(mailbox->texts);
    g_free(mailbox->name);
    g_free(mailbox);
}

/* An mbox among others is a mail folder by its name, also when there is but one mail in it; else the folder that the
 * collection knows. */
static Span folder_path(Query *query)
{
    Span path = query_get_text(query, 2);
    gboolean is_mbox = (path.n && span_equals(query_get_text(query, 9), "mbox")) ||
                       (path.n > 5 && g_ascii_strncasecmp(path.p + path.n - 5, ".mbox", 5) == 0) ||
                       (path.n > 4 && g_ascii_strncasecmp(path.p + path.n - 4, ".mbx", 4) == 0);
    return is_mbox ? path : query_get_text(query, 1);
}

/* The index of a folder by its path as collected. Paths repeat: each is made normal once. */
static guint folder_index(Mailbox *mailbox, Span path)
{
    g_autofree char *raw = span_dup(path);
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(mailbox->folder_of, raw));
    if (!index) {
        Folder *folder = g_new0(Folder, 1);
        folder->normal = folder_normal(raw);
        folder->copies = g_array_new(FALSE, FALSE, sizeof(guint));
        g_ptr_array_add(mailbox->folders, folder);
        index = mailbox->folders->len;
        g_hash_table_insert(mailbox->folder_of, g_steal_pointer(&raw), GUINT_TO_POINTER(index));
    }
    return index - 1;
}

void mailbox_take(Mailbox *mailbox, Query *query)
{
    g_autofree char *id = span_dup(query_get_text(query, 6));
    Copy copy = {.folder = folder_index(mailbox, folder_path(query)),
                 .item = query_get_int(query, 3),
                 .start = query_get_int(query, 4),
                 .content = query_get_int(query, 5),
                 .message_id = g_string_chunk_insert_const(mailbox->texts, id),
                 .size = query_get_int(query, 7),
                 .since = query_is_null(query, 8) ? MOMENT_OPEN_FROM : query_get_int(query, 8)};
    g_array_append_val(mailbox->copies, copy);
}

static gint by_since(gconstpointer a, gconstpointer b)
{
    const Copy *one = a, *other = b;
    if (one->since != other->since)
        return one->since < other->since ? -1 : 1;
    if (one->item != other->item)
        return one->item < other->item ? -1 : 1;
    return (one->start > other->start) - (one->start < other->start);
}

void mailbox_index(Mailbox *mailbox)
{
    g_array_sort(mailbox->copies, by_since);
    for (guint i = 0; i < mailbox->copies->len; i++) {
        const Copy *copy = &g_array_index(mailbox->copies, Copy, i);
        Folder *folder = mailbox->folders->pdata[copy->folder];
        g_array_append_val(folder->copies, i);
        if (!*copy->message_id)
            continue;
        GArray *indexes = g_hash_table_lookup(mailbox->by_id, copy->message_id);
        if (!indexes) {
            indexes = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(mailbox->by_id, (gpointer)(guintptr)copy->message_id, indexes);
        }
        g_array_append_val(indexes, i);
    }
}

const GArray *mailbox_with_id(const Mailbox *mailbox, const char *message_id)
{
    return g_hash_table_lookup(mailbox->by_id, message_id);
}

/* An open or absent time is 0 in the store. */
static gint64 stored(gint64 at)
{
    return at == MOMENT_OPEN_FROM || at == MOMENT_OPEN_TO ? 0 : at;
}

gboolean mailbox_give(Mailbox *mailbox, const Copy *copy, const char *reason, gint64 level,
                      const char *record, gint64 at, GError **error)
{
    Query *query = store_query(mailbox->store, "scope.reason_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, copy->item);
    query_int(query, 2, copy->start);
    query_text(query, 3, span_of_string(reason));
    query_text(query, 4, span_of_string(record));
    query_int(query, 5, level);
    query_int(query, 6, stored(at));
    return query_run(query, error);
}

gboolean mailbox_give_set(Mailbox *mailbox, Copy *copy, SetReason reason, gint64 level, const char *record,
                          gint64 at, GError **error)
{
    guint bit = 1u << reason;
    if (copy->reasons & bit)
        return TRUE;
    copy->reasons |= bit;
    return mailbox_give(mailbox, copy, set_reasons[reason], level, record, at, error);
}

gboolean mailbox_give_all(Mailbox *mailbox, SetReason reason, gint64 level, const char *record, gint64 at,
                          gint64 by, guint except, GError **error)
{
    for (; mailbox->given[reason] < mailbox->copies->len; mailbox->given[reason]++) {
        Copy *copy = &g_array_index(mailbox->copies, Copy, mailbox->given[reason]);
        if (copy->since > by)
            break;
        if (copy->folder != except && !mailbox_give_set(mailbox, copy, reason, level, record, at, error))
            return FALSE;
    }
    return TRUE;
}

gboolean mailbox_miss(Mailbox *mailbox, const char *message_id, const char *record, gint64 at, GError **error)
{
    Query *query = store_query(mailbox->store, "scope.elsewhere_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(message_id));
    query_text(query, 2, span_of_string(record));
    query_int(query, 3, stored(at));
    return query_run(query, error);
}

gboolean mailbox_note(Mailbox *mailbox, const char *kind, const Interval *when, const char *record,
                      gint64 count, GError **error)
{
    Query *query = store_query(mailbox->store, "scope.note_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(kind));
    query_text(query, 2, span_of_string(mailbox->name));
    query_int(query, 3, when ? stored(when->from) : 0);
    query_int(query, 4, when ? stored(when->to) : 0);
    query_text(query, 5, span_of_string(record));
    query_int(query, 6, count);
    return query_run(query, error);
}
