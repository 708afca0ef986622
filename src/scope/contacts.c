/* contacts.c - to whom the intruder wrote. */
#include "scope/contacts.h"

#include "nouns/fact.h"

static gboolean is_send(const Event *event)
{
    return event->by_intruder && !event->failed && g_str_has_prefix(event->operation, "Send");
}

/* The Message-ID of what was sent; "" when the record does not say. */
static const char *sent_id(const Event *event)
{
    for (guint i = 0; i < event->items->len; i++) {
        const Named *named = event->items->pdata[i];
        if (*named->message_id)
            return named->message_id;
    }
    return "";
}

/* The class of a collected mail, or 0. */
static gboolean class_of(Store *store, const char *message_id, gint64 *class, GError **error)
{
    Query *query = store_query(store, "scope.class_of", error);
    if (!query)
        return FALSE;
    g_autoptr(GError) cause = NULL;
    *class = 0;
    query_text(query, 1, span_of_string(message_id));
    while (query_step(query, &cause))
        *class = query_get_int(query, 0);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean add_contact(Store *store, gint64 class, const char *record, const char *address,
                            GError **error)
{
    Query *query = store_query(store, "scope.contact_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, class);
    query_text(query, 2, span_of_string(class ? "" : record));
    query_text(query, 3, span_of_string(address));
    query_int(query, 4, LEVEL_CONFIRMED);
    return query_run(query, error);
}

static gboolean add_listed(Store *store, const Event *event, gint64 class, guint *listed, GError **error)
{
    for (guint i = 0; i < event->items->len; i++) {
        const Named *named = event->items->pdata[i];
        if (!*named->recipient)
            continue;
        ++*listed;
        if (!add_contact(store, class, event->record, named->recipient, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_of_mail(Store *store, gint64 class, GError **error)
{
    Query *query = store_query(store, "scope.contacts_of_mail", error);
    if (!query)
        return FALSE;
    query_int(query, 1, class);
    query_int(query, 2, LEVEL_CONFIRMED);
    return query_run(query, error);
}

static gboolean note_unresolved(Store *store, const Event *event, GError **error)
{
    Query *query = store_query(store, "scope.note_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, SPAN_OF("unresolved-send"));
    query_text(query, 2, span_of_string(event->mailbox));
    query_int(query, 3, 0);
    query_int(query, 4, 0);
    query_text(query, 5, span_of_string(event->record));
    query_int(query, 6, 1);
    return query_run(query, error);
}

static gboolean take_send(Store *store, const Event *event, GError **error)
{
    gint64 class;
    guint listed = 0;
    if (!class_of(store, sent_id(event), &class, error) || !add_listed(store, event, class, &listed, error))
        return FALSE;
    if (listed)
        return TRUE;
    return class ? add_of_mail(store, class, error) : note_unresolved(store, event, error);
}

gboolean contacts_build(Store *store, const Events *events, GError **error)
{
    for (guint i = 0; i < events->events->len; i++)
        if (is_send(events->events->pdata[i]) && !take_send(store, events->events->pdata[i], error))
            return FALSE;
    return TRUE;
}
