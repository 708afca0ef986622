/* deliver.c - what became of a notice at one contact. */
#include "notify/notify.h"

#include <string.h>
#include "lib/moment.h"
#include "notify/outbox.h"
#include "notify/statement.h"

const char *const notify_delivery_states[] = {"handed",  "accepted", "acknowledged", "bounced",
                                              "refused", "expired",  "replanned",    NULL};

typedef struct {
    gint64 act;
    char *channel, *contact, *text, *html, *wave, *whom;
} Found;

static void found_clear(Found *found)
{
    g_free(found->channel);
    g_free(found->contact);
    g_free(found->text);
    g_free(found->html);
    g_free(found->wave);
    g_free(found->whom);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

static gboolean find_notice(Store *store, const char *reference, Found *found, GError **error)
{
    Query *query = store_query(store, "notify.notice_of", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(reference));
    while (query_step(query, error) && !found->act)
        *found = (Found){.act = query_get_int(query, 0),
                         .channel = span_dup(query_get_text(query, 1)),
                         .contact = span_dup(query_get_text(query, 2)),
                         .text = span_dup(query_get_text(query, 3)),
                         .wave = span_dup(query_get_text(query, 4)),
                         .whom = span_dup(query_get_text(query, 5)),
                         .html = span_dup(query_get_text(query, 6))};
    if (!query_ended(query))
        return FALSE;
    return found->act || error_set(error, CANDOR_ERROR_MISSING,
                                   "no notice is called %s; candor notify list CASE WAVE shows them", reference);
}

/* --- the tries so far ------------------------------------------------------------------------------------------- */

typedef struct {
    gint64 number, most;
    char *state, *detail;
} Try;

static void try_clear(Try *try)
{
    g_free(try->state);
    g_free(try->detail);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Try, try_clear)

/* The newest try at this contact, and the highest number of any. */
static gboolean find_try(Store *store, gint64 notice, const char *contact, Try *try, GError **error)
{
    Query *query = store_query(store, "notify.deliveries_of", error);
    if (!query)
        return FALSE;
    query_int(query, 1, notice);
    while (query_step(query, error)) {
        g_autofree char *at = span_dup(query_get_text(query, 1));
        gint64 number = query_get_int(query, 0);
        try->most = MAX(try->most, number);
        if (g_ascii_strcasecmp(at, contact) != 0)
            continue;
        try_clear(try);
        try->number = number;
        try->state = span_dup(query_get_text(query, 2));
        try->detail = span_dup(query_get_text(query, 3));
    }
    return query_ended(query);
}

static gboolean is_dead(const char *state)
{
    static const char *const dead[] = {"bounced", "refused", "expired", "replanned", NULL};
    return g_strv_contains(dead, state);
}

/* The same again, or a step back ("handed" once it was accepted), says nothing new. */
static gboolean is_said(const Try *try, const NotifyDelivery *delivery)
{
    if (!try->number)
        return FALSE;
    if (g_str_equal(delivery->state, "handed"))
        return !is_dead(try->state);
    return g_str_equal(try->state, delivery->state) && g_str_equal(try->detail, delivery->detail);
}

/* Handing it to a contact where it died is a new try. */
static gint64 number_of(const Try *try, const char *state)
{
    return try->number && !g_str_equal(state, "handed") ? try->number : try->most + 1;
}

/* --- the act ---------------------------------------------------------------------------------------------------- */

static char *find_channel(Store *store, const Found *found, const char *contact, GError **error)
{
    if (g_ascii_strcasecmp(contact, found->contact) == 0)
        return g_strdup(found->channel);
    Query *query = store_query(store, "notify.channel_of", error);
    if (!query)
        return NULL;
    query_text(query, 1, span_of_string(found->whom));
    query_text(query, 2, span_of_string(contact));
    return query_only_text(query, error);
}

/* DENIED while an authority puts off the notices to `whom` ("": to all). */
static gboolean is_let_go(Store *store, const Run *run, const char *whom, GError **error)
{
    Query *query = store_query(store, "notify.delay_now", error);
    g_autofree char *authority = NULL, *until = NULL;
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(whom));
    while (query_step(query, error))
        if (!authority && query_get_int(query, 2) > run->now) {
            authority = span_dup(query_get_text(query, 0));
            until = moment_format(query_get_int(query, 2));
        }
    if (!query_ended(query))
        return FALSE;
    return !authority ||
           error_set(error, CANDOR_ERROR_DENIED,
                     "%s asked for a delay until %.10s: nothing may be handed over before; if that "
                     "is over, say so: candor notify delay --over",
                     authority, until);
}

/* What is handed over is what was approved, and nobody asked to wait. */
static gboolean may_hand_over(Store *store, const Run *run, const Found *found, const char *reference,
                              GError **error)
{
    g_autofree char *folder = outbox_folder(store, found->wave);
    return is_let_go(store, run, "", error) && is_let_go(store, run, found->whom, error) &&
           outbox_holds(folder, reference, "txt", found->text, error) &&
           (!outbox_has(folder, reference, "html") ||
            outbox_holds(folder, reference, "html", found->html, error));
}

static gboolean record(Store *store, Run *run, const Found *found, const Try *try, const char *contact,
                       const char *channel, const NotifyDelivery *delivery, GError **error)
{
    g_autofree char *notice = g_strdup_printf("%" G_GINT64_FORMAT, found->act);
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, number_of(try, delivery->state));
    const Span fields[] = {span_of_string(notice),          span_of_string(number),
                           span_of_string(channel),         span_of_string(contact),
                           span_of_string(delivery->state), span_of_string(delivery->detail)};
    if (!store_begin(store, error))
        return FALSE;
    if (act_record(store, run, "delivery", fields, G_N_ELEMENTS(fields), NULL, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

gboolean notify_deliver(Store *store, Run *run, const NotifyDelivery *delivery, gboolean *added,
                        GError **error)
{
    g_auto(Found) found = {0};
    g_auto(Try) try = {0};
    if (!find_notice(store, delivery->reference, &found, error))
        return FALSE;
    const char *contact = delivery->contact ? delivery->contact : found.contact;
    if (!find_try(store, found.act, contact, &try, error))
        return FALSE;
    *added = !is_said(&try, delivery);
    if (!*added)
        return TRUE;
    g_autofree char *channel =
        delivery->channel ? g_strdup(delivery->channel) : find_channel(store, &found, contact, error);
    if (!channel || (g_str_equal(delivery->state, "handed") &&
                     !may_hand_over(store, run, &found, delivery->reference, error)))
        return FALSE;
    return record(store, run, &found, &try, contact, channel, delivery, error);
}
