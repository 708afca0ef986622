/* customer_store.c - a customer list becomes the newest version in the store. */
#include <string.h>
#include "lib/moment.h"
#include "attribute/customer_list.h"

/* Tables, and what of their newest version enters the digests. */
static const char *const tables[][2] = {
    {"customer_list", "customers.newest_customer_list"},
    {"listed_customer", "customers.newest_listed_customer"},
    {"listed_name", "customers.newest_listed_name"},
    {"listed_contact", "customers.newest_listed_contact"},
};

/* Whether the newest version has these bytes; *next is the number of the one to come. */
static gboolean ask_newest(Store *store, const CustomerList *list, gint64 *next, gboolean *same,
                           GError **error)
{
    Query *query = store_query(store, "customers.newest", error);
    if (!query)
        return FALSE;
    *next = 1;
    *same = FALSE;
    while (query_step(query, error)) {
        const Span sha256 = query_get_blob(query, 1);
        *next = query_get_int(query, 0) + 1;
        *same = sha256.n == DIGEST_BYTES && memcmp(sha256.p, list->sha256, DIGEST_BYTES) == 0;
    }
    return query_ended(query);
}

static gboolean add_version(Store *store, const Run *run, gint64 id, const CustomerList *list, GError **error)
{
    Query *query = store_query(store, "customers.list_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_int(query, 2, run->now);
    query_text(query, 3, span_of_string(list->file));
    query_blob(query, 4, (Span){(const char *)list->sha256, DIGEST_BYTES});
    query_int(query, 5, list->customers->len);
    return query_run(query, error);
}

static gboolean add_customer(Store *store, gint64 id, const ListedCustomer *customer, GError **error)
{
    Query *query = store_query(store, "customers.customer_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_text(query, 2, span_of_string(customer->id));
    query_text(query, 3, span_of_string(customer->name));
    query_text(query, 4, span_of_string(customer->sector));
    query_text(query, 5, span_of_string(customer->country));
    query_text(query, 6, span_of_string(customer->language));
    return query_run(query, error);
}

static gboolean add_name(Store *store, gint64 id, const ListedCustomer *customer, const ListedName *name,
                         GError **error)
{
    Query *query = store_query(store, "customers.name_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_text(query, 2, span_of_string(name->kind));
    query_text(query, 3, span_of_string(name->value));
    query_text(query, 4, span_of_string(customer->id));
    return query_run(query, error);
}

static gboolean add_contact(Store *store, gint64 id, const ListedCustomer *customer, guint n, GError **error)
{
    const ListedContact *contact = &g_array_index(customer->contacts, ListedContact, n);
    Query *query = store_query(store, "customers.contact_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, id);
    query_text(query, 2, span_of_string(customer->id));
    query_int(query, 3, n + 1);
    query_text(query, 4, span_of_string(contact->name));
    query_text(query, 5, span_of_string(contact->address));
    query_text(query, 6, span_of_string(contact_roles[contact->role]));
    query_text(query, 7, span_of_string(contact_channels[contact->channel]));
    query_text(query, 8, span_of_string(contact->source));
    if (contact->verified == MOMENT_NONE)
        query_null(query, 9);
    else
        query_int(query, 9, contact->verified);
    return query_run(query, error);
}

static gboolean add_whole(Store *store, gint64 id, const ListedCustomer *customer, GError **error)
{
    if (!add_customer(store, id, customer, error))
        return FALSE;
    for (guint i = 0; i < customer->names->len; i++)
        if (!add_name(store, id, customer, &g_array_index(customer->names, ListedName, i), error))
            return FALSE;
    for (guint i = 0; i < customer->contacts->len; i++)
        if (!add_contact(store, id, customer, i, error))
            return FALSE;
    return TRUE;
}

/* The rows of the version that was just added, taken into the digests of their tables. */
static gboolean add_to_digests(Store *store, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!store_digest_rows(store, tables[i][0], tables[i][1], error))
            return FALSE;
    return TRUE;
}

static gboolean add_all(Store *store, const Run *run, gint64 id, const CustomerList *list, GError **error)
{
    if (!add_version(store, run, id, list, error))
        return FALSE;
    for (guint i = 0; i < list->customers->len; i++)
        if (!add_whole(store, id, list->customers->pdata[i], error))
            return FALSE;
    return add_to_digests(store, error);
}

gboolean customer_list_add(Store *store, const Run *run, const CustomerList *list, gboolean *added,
                           GError **error)
{
    gint64 id;
    gboolean same;
    if (!ask_newest(store, list, &id, &same, error))
        return FALSE;
    *added = !same;
    if (same)
        return TRUE;
    if (!store_begin(store, error))
        return FALSE;
    if (add_all(store, run, id, list, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}
