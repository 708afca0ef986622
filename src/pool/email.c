/* email.c - addresses stand once in the store; the importer remembers the ids of many. */
#include "pool/importer.h"

/* Addresses that are remembered, before all are forgotten and the store is asked again. */
#define EMAILS_REMEMBERED 200000

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

gboolean importer_email(Importer *importer, Span address, gint64 *id, GError **error)
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
        *id = (gint64)GPOINTER_TO_SIZE(known);
        return TRUE;
    }
    Query *query = store_query(importer->store, "import.email_find", error);
    if (!query)
        return FALSE;
    query_text(query, 1, address);
    if (query_step(query, error)) {
        *id = query_get_int(query, 0);
        query_step(query, error);
    } else if (query_ended(query)) {
        *id = importer->last_email + 1;
        if (!add_email(importer, address, *id, error))
            return FALSE;
        importer->last_email++;
    }
    if (!query_ended(query))
        return FALSE;
    if (g_hash_table_size(importer->emails) >= EMAILS_REMEMBERED)
        g_hash_table_remove_all(importer->emails);
    g_hash_table_insert(importer->emails, g_strdup(text), GSIZE_TO_POINTER((gsize)*id));
    return TRUE;
}
