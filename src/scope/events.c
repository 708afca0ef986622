/* events.c - the records that concern scope. */
#include "scope/events.h"

#include "lib/moment.h"

/* --- what is kept ---------------------------------------------------------------------------------------------- */

static void event_free(gpointer data)
{
    Event *event = data;
    g_ptr_array_unref(event->items);
    g_free(event);
}

static void log_free(gpointer data)
{
    Log *log = data;
    g_hash_table_unref(log->mailboxes);
    g_free(log);
}

void events_clear(Events *events)
{
    g_clear_pointer(&events->events, g_ptr_array_unref);
    g_clear_pointer(&events->logs, g_ptr_array_unref);
    g_clear_pointer(&events->texts, g_string_chunk_free);
}

/* Loading: events by record id, and by the ids of the rows that they came from. */
typedef struct {
    Events *events;
    const Policy *policy;
    const Intruders *intruders;
    GHashTable *by_record; /* text -> Event       */
    GHashTable *by_row;    /* gint64 -> Event     */
    GHashTable *logs;      /* item id -> Log      */
    GHashTable *named;     /* Naming              */
} Loading;

static const char *kept(Loading *it, Span text)
{
    g_autofree char *copy = span_dup(text);
    return g_string_chunk_insert_const(it->events->texts, copy);
}

/* The mailbox that a record means, in the words of the collection. */
static const char *mailbox_of(Loading *it, Span named)
{
    const char *name = kept(it, named), *mapped = g_hash_table_lookup(it->policy->mailbox_ids, name);
    return mapped ? kept(it, span_of_string(mapped)) : name;
}

/* --- events ---------------------------------------------------------------------------------------------------- */

enum {
    ID,
    AT,
    RECORD,
    OPERATION,
    ACCESS,
    THROTTLED,
    CUT,
    MAILBOX,
    ACTOR,
    ADDRESS,
    CLIENT,
    SESSION,
    TOKEN,
    APP,
    COUNT,
    OUTCOME
};

static gboolean made_by_intruder(Loading *it, Query *query)
{
    const Context context = {.at = query_is_null(query, AT) ? MOMENT_NONE : query_get_int(query, AT),
                             .address = query_get_text(query, ADDRESS),
                             .session = query_get_text(query, SESSION),
                             .token = query_get_text(query, TOKEN),
                             .app = query_get_text(query, APP),
                             .actor = query_get_text(query, ACTOR),
                             .client = query_get_text(query, CLIENT)};
    return intruders_made(it->intruders, &context);
}

static Event *new_event(Loading *it, Query *query)
{
    Event *event = g_new0(Event, 1);
    event->at = query_is_null(query, AT) ? MOMENT_NONE : query_get_int(query, AT);
    event->record = kept(it, query_get_text(query, RECORD));
    event->operation = kept(it, query_get_text(query, OPERATION));
    event->access = kept(it, query_get_text(query, ACCESS));
    event->mailbox = mailbox_of(it, query_get_text(query, MAILBOX));
    event->failed = span_equals(query_get_text(query, OUTCOME), "Failed");
    event->items = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(it->events->events, event);
    if (*event->record)
        g_hash_table_insert(it->by_record, (gpointer)(guintptr)event->record, event);
    return event;
}

static void take_event(Loading *it, Query *query)
{
    gboolean by_intruder = made_by_intruder(it, query), throttled = query_get_int(query, THROTTLED) != 0;
    if (!by_intruder && !throttled)
        return;
    Event *event = g_hash_table_lookup(it->by_record, kept(it, query_get_text(query, RECORD)));
    if (!event)
        event = new_event(it, query);
    event->by_intruder |= by_intruder;
    event->throttled |= throttled;
    event->cut |= query_get_int(query, CUT) != 0;
    event->operations = MAX(event->operations, query_get_int(query, COUNT));
    gint64 *id = g_new(gint64, 1);
    *id = query_get_int(query, ID);
    g_hash_table_insert(it->by_row, id, event);
}

/* What an event names, to be named once. Texts are kept once, so that equal ones are the same. */
typedef struct {
    const Event *event;
    Named named;
} Naming;

static guint hash_naming(gconstpointer data)
{
    const Naming *naming = data;
    return g_direct_hash(naming->event) ^ g_direct_hash(naming->named.message_id) * 3 ^
           g_direct_hash(naming->named.item_ref) * 5 ^ g_direct_hash(naming->named.recipient) * 7;
}

static gboolean same_naming(gconstpointer a, gconstpointer b)
{
    const Naming *one = a, *other = b;
    return one->event == other->event && one->named.folder == other->named.folder &&
           one->named.folder_ref == other->named.folder_ref &&
           one->named.message_id == other->named.message_id && one->named.item_ref == other->named.item_ref &&
           one->named.recipient == other->named.recipient && one->named.size == other->named.size;
}

static void take_item(Loading *it, Query *query)
{
    gint64 row = query_get_int(query, 0);
    Event *event = g_hash_table_lookup(it->by_row, &row);
    if (!event)
        return;
    Named named = {.folder = kept(it, query_get_text(query, 1)),
                   .folder_ref = kept(it, query_get_text(query, 2)),
                   .message_id = kept(it, query_get_text(query, 3)),
                   .item_ref = kept(it, query_get_text(query, 4)),
                   .recipient = kept(it, query_get_text(query, 5)),
                   .size = query_get_int(query, 6)};
    const Naming naming = {event, named};
    if (g_hash_table_add(it->named, g_memdup2(&naming, sizeof naming)))
        g_ptr_array_add(event->items, g_memdup2(&named, sizeof named));
}

/* --- logs ------------------------------------------------------------------------------------------------------ */

static void take_log(Loading *it, Query *query)
{
    Log *log = g_new0(Log, 1);
    log->mailboxes = g_hash_table_new(g_str_hash, g_str_equal);
    log->stated = query_get_int(query, 3) != 0;
    log->when = query_is_null(query, 1) ? (Interval){0, 0}
                                        : (Interval){query_get_int(query, 1), query_get_int(query, 2)};
    g_ptr_array_add(it->events->logs, log);
    gint64 *id = g_new(gint64, 1);
    *id = query_get_int(query, 0);
    g_hash_table_insert(it->logs, id, log);
}

static void take_mailbox(Loading *it, Query *query)
{
    gint64 item = query_get_int(query, 0);
    Log *log = g_hash_table_lookup(it->logs, &item);
    if (log)
        g_hash_table_add(log->mailboxes, (gpointer)(guintptr)mailbox_of(it, query_get_text(query, 1)));
}

/* --- all of it ------------------------------------------------------------------------------------------------- */

static gboolean each(Store *store, const char *statement, void (*take)(Loading *, Query *), Loading *it,
                     GError **error)
{
    g_autoptr(GError) cause = NULL;
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    while (query_step(query, &cause))
        take(it, query);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gint by_mailbox_and_time(gconstpointer a, gconstpointer b)
{
    const Event *one = *(Event *const *)a, *other = *(Event *const *)b;
    gint order = strcmp(one->mailbox, other->mailbox);
    /* Without a time it may have been at any: it goes last, and covers all. */
    gint64 at = one->at == MOMENT_NONE ? G_MAXINT64 : one->at;
    gint64 other_at = other->at == MOMENT_NONE ? G_MAXINT64 : other->at;
    order = order ? order : (at > other_at) - (at < other_at);
    order = order ? order : strcmp(one->record, other->record);
    return order ? order : strcmp(one->operation, other->operation);
}

gboolean events_load(Store *store, const Policy *policy, const Intruders *intruders, Events *events,
                     GError **error)
{
    *events = (Events){.events = g_ptr_array_new_with_free_func(event_free),
                       .logs = g_ptr_array_new_with_free_func(log_free),
                       .texts = g_string_chunk_new(64 << 10)};
    g_autoptr(GHashTable) by_record = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_row = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) logs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) named = g_hash_table_new_full(hash_naming, same_naming, g_free, NULL);
    Loading it = {events, policy, intruders, by_record, by_row, logs, named};
    if (!each(store, "scope.events", take_event, &it, error) ||
        !each(store, "scope.event_items", take_item, &it, error) ||
        !each(store, "scope.logs", take_log, &it, error) ||
        !each(store, "scope.log_mailboxes", take_mailbox, &it, error))
        return FALSE;
    g_ptr_array_sort(events->events, by_mailbox_and_time);
    return TRUE;
}

void events_of(const Events *events, const char *mailbox, guint *from, guint *to)
{
    guint low = 0, high = events->events->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const Event *event = events->events->pdata[middle];
        if (strcmp(event->mailbox, mailbox) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *from = *to = low;
    while (*to < events->events->len && strcmp(((Event *)events->events->pdata[*to])->mailbox, mailbox) == 0)
        ++*to;
}

GArray *events_coverage(const Events *events, const char *mailbox, gboolean *has_records)
{
    GArray *covered = g_array_new(FALSE, FALSE, sizeof(Interval));
    *has_records = FALSE;
    for (guint i = 0; i < events->logs->len; i++) {
        const Log *log = events->logs->pdata[i];
        gboolean knows = g_hash_table_contains(log->mailboxes, mailbox);
        *has_records |= knows;
        if (knows || log->stated)
            g_array_append_val(covered, log->when);
    }
    intervals_merge(covered);
    return covered;
}
