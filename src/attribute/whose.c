/* whose.c - whose the mail addresses of the case are, each thought about once. */
#include <string.h>
#include "attribute/steps.h"

/* In masked_whom: of several, nobody knows which. */
#define SHARED "?"

typedef gboolean (*RowTaker)(Store *store, Query *row, Names *names, GError **error);

/* Each row of a statement without parameters to `take`. */
static gboolean each_row(Store *store, const char *statement, RowTaker take, Names *names, GError **error)
{
    Query *query = store_query(store, statement, error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        if (!take(store, query, names, error))
            return FALSE;
    return query_ended(query);
}

static gboolean add_email(Store *store, gint64 email, const Whose *whose, GError **error)
{
    Query *query = store_query(store, "attribute.email_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, email);
    query_text(query, 2, span_of_string(whose->whom));
    query_text(query, 3, span_of_string(whose->reason));
    return query_run(query, error);
}

static gboolean take_email(Store *store, Query *row, Names *names, GError **error)
{
    Whose whose[SHARING_MOST];
    g_autofree char *address = span_dup(query_get_text(row, 1));
    guint n = names_of_address(names, address, whose);
    for (guint i = 0; i < n; i++)
        if (!add_email(store, query_get_int(row, 0), &whose[i], error))
            return FALSE;
    return TRUE;
}

/* The mask of an address ends with its domain. */
static gboolean take_mask(Store *store, Query *row, Names *names, GError **error)
{
    Whose whose[SHARING_MOST];
    g_autofree char *masked = span_dup(query_get_text(row, 0));
    const char *at = strrchr(masked, '@');
    guint n = at ? names_of_domain(names, at + 1, whose) : 0;
    if (!n)
        return TRUE;
    Query *query = store_query(store, "attribute.masked_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(masked));
    query_text(query, 2, n > 1 ? SPAN_OF(SHARED) : span_of_string(whose[0].whom));
    return query_run(query, error);
}

gboolean note_whose_emails(Store *store, Names *names, GError **error)
{
    return each_row(store, "attribute.emails", take_email, names, error);
}

gboolean note_whose_masks(Store *store, Names *names, GError **error)
{
    return each_row(store, "attribute.masked_domains", take_mask, names, error);
}
