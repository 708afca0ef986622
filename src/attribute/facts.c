/* facts.c - facts whose keys statements alone cannot make. */
#include <string.h>
#include "lib/sha256.h"
#include "nouns/fact.h"
#include "attribute/steps.h"

/* --- unread parts that have no hash ---------------------------------------------------------------------------- */

/* Such a part is known by where it is: SHA-256 of "content key ‖ part path" (nouns/fact.h). */
static gboolean note_part(Store *store, gint64 class, Span key, Span path, GError **error)
{
    guint8 mark[SHA256_BYTES];
    const Span pieces[] = {key, path};
    sha256_pieces(pieces, G_N_ELEMENTS(pieces), mark);
    Query *query = store_query(store, "attribute.unread_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, class);
    query_blob(query, 2, (Span){(const char *)mark, sizeof mark});
    return query_run(query, error);
}

gboolean note_unhashed_parts(Store *store, GError **error)
{
    Query *query = store_query(store, "attribute.unread_nowhere_hashed", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        if (!note_part(store, query_get_int(query, 0), query_get_blob(query, 1), query_get_text(query, 2),
                       error))
            return FALSE;
    return query_ended(query);
}

/* --- facts one by one ------------------------------------------------------------------------------------------ */

static gboolean add_fact(Store *store, const SeenFact *fact, GError **error)
{
    Query *query = store_query(store, "attribute.fact_seen", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(fact->whom));
    query_int(query, 2, fact->kind);
    query_int(query, 3, fact->class);
    query_text(query, 4, span_of_string(fact->subject));
    query_text(query, 5, span_of_string(fact->type));
    query_blob(query, 6, (Span){"", 0});
    query_int(query, 7, fact->level);
    query_text(query, 8, span_of_string(fact->reason));
    return query_run(query, error);
}

static gboolean add_question(Store *store, const char *cause, const SeenFact *fact, GError **error)
{
    Query *query = store_query(store, "attribute.review_seen", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(cause));
    query_text(query, 2, span_of_string(fact->whom));
    query_int(query, 3, fact->kind);
    query_int(query, 4, fact->class);
    query_text(query, 5, span_of_string(fact->subject));
    query_text(query, 6, span_of_string(fact->type));
    query_blob(query, 7, (Span){"", 0});
    query_int(query, 8, fact->level);
    return query_run(query, error);
}

gboolean expose_or_ask(Store *store, const SeenFact *fact, guint sharing, GError **error)
{
    if (!*fact->whom || fact->level < LEVEL_POSSIBLE)
        return TRUE;
    if (sharing > 1)
        return add_question(store, "shared-name", fact, error);
    if (whom_is_proposed(fact->whom))
        return add_question(store, "proposed-customer", fact, error);
    return fact->level < LEVEL_PRESUMED ? add_question(store, "possible", fact, error)
                                        : add_fact(store, fact, error);
}

/* --- contacted ------------------------------------------------------------------------------------------------- */

static gboolean expose_contact(Store *store, Query *row, Names *names, GError **error)
{
    Whose whose[SHARING_MOST];
    g_autofree char *record = span_dup(query_get_text(row, 1));
    g_autofree char *address = span_dup(query_get_text(row, 2));
    guint n = names_of_address(names, address, whose);
    for (guint i = 0; i < n; i++) {
        const SeenFact fact = {.whom = whose[i].whom,
                               .kind = FACT_CONTACTED,
                               .class = query_get_int(row, 0),
                               .subject = record,
                               .type = "",
                               .level = query_get_int(row, 3),
                               .reason = whose[i].reason};
        if (!expose_or_ask(store, &fact, n, error))
            return FALSE;
    }
    return TRUE;
}

gboolean expose_contacted(Store *store, Names *names, GError **error)
{
    Query *query = store_query(store, "attribute.contacts", error);
    if (!query)
        return FALSE;
    while (query_step(query, error))
        if (!expose_contact(store, query, names, error))
            return FALSE;
    return query_ended(query);
}
