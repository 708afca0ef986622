/* statement.c - statements of notify.sql that take nothing and give nothing, or are read row by row. */
#include "notify/statement.h"

gboolean statements_run(Store *store, const char *const *names, GError **error)
{
    for (; *names; names++) {
        Query *query = store_query(store, *names, error);
        if (!query || !query_run(query, error))
            return FALSE;
    }
    return TRUE;
}

char *query_only_text(Query *query, GError **error)
{
    g_autofree char *text = NULL;
    while (query_step(query, error))
        if (!text)
            text = span_dup(query_get_text(query, 0));
    if (!query_ended(query))
        return NULL;
    return text ? g_steal_pointer(&text) : g_strdup("");
}

guint8 *bytes_of_hex(Span hex, gsize *n)
{
    if (hex.n % 2)
        return NULL;
    g_autofree guint8 *bytes = g_malloc(hex.n / 2 + 1);
    for (gsize i = 0; i < hex.n; i++) {
        int digit = g_ascii_xdigit_value(hex.p[i]);
        if (digit < 0)
            return NULL;
        bytes[i / 2] = (guint8)(i % 2 ? bytes[i / 2] | digit : digit << 4);
    }
    *n = hex.n / 2;
    return g_steal_pointer(&bytes);
}

/* The content that a statement of the store finds for the key; 0 for none. */
static gboolean find_content(Query *query, const guint8 *key, gint64 *content, GError **error)
{
    while (query_step(query, error)) {
        Span found = query_get_blob(query, 1);
        if (found.n == DIGEST_BYTES && memcmp(found.p, key, DIGEST_BYTES) == 0)
            *content = query_get_int(query, 0);
    }
    return query_ended(query);
}

gboolean content_named(Store *store, Span hex, gint64 *content, GError **error)
{
    gsize n = 0;
    guint64 head;
    g_autofree guint8 *key = bytes_of_hex(hex, &n);
    *content = 0;
    if (n != DIGEST_BYTES)
        return TRUE;
    memcpy(&head, key, sizeof head);
    Query *query = store_query(store, "content.find", error);
    if (!query)
        return FALSE;
    query_int(query, 1, (gint64)GUINT64_FROM_BE(head));
    if (!find_content(query, key, content, error) || *content)
        return *content != 0;
    query = store_query(store, "content.collision_find", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, (Span){(const char *)key, n});
    return find_content(query, key, content, error);
}
