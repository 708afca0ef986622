/* holds.c - content that is held back. */
#include "publish/holds.h"

void holds_clear(Holds *holds)
{
    g_clear_pointer(&holds->classes, g_hash_table_unref);
}

gboolean holds_have(const Holds *holds, gint64 class)
{
    return holds->all || g_hash_table_contains(holds->classes, &class);
}

/* The message that a hold names, by its key in hex: its twins are held with it. */
static gboolean add_class(Store *store, const char *hex, Holds *holds, GError **error)
{
    guint8 key[DIGEST_BYTES];
    guint64 k64;
    if (!row_hex(span_of_string(hex), key, sizeof key))
        return error_set(error, CANDOR_ERROR_FORMAT, "a hold names the message %s, which is no key", hex);
    memcpy(&k64, key, sizeof k64);
    Query *query = store_query(store, "publish.class_of_key", error);
    if (!query)
        return FALSE;
    query_int(query, 1, (gint64)GUINT64_FROM_BE(k64));
    query_blob(query, 2, (Span){(const char *)key, sizeof key});
    while (query_step(query, error)) {
        gint64 class = query_get_int(query, 0);
        g_hash_table_add(holds->classes, g_memdup2(&class, sizeof class));
    }
    return query_ended(query);
}

gboolean holds_read(Store *store, const char *customer, Holds *holds, GError **error)
{
    *holds = (Holds){.classes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL)};
    Query *query = store_query(store, "publish.holds", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_autofree char *content = span_dup(query_get_text(query, 0)),
                        *whom = span_dup(query_get_text(query, 1));
        if (*whom && !g_str_equal(whom, customer))
            continue;
        if (!*content)
            holds->all = TRUE;
        else if (!add_class(store, content, holds, error))
            return FALSE;
    }
    return query_ended(query);
}
