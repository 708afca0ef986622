/* message_key.c - the key of a message as people write it. */
#include "cli/message_key.h"

#define HEX_OF_64_BITS 16
#define KEY_DIGITS (2 * DIGEST_BYTES)

/* The 64-bit heads of all keys that begin with these digits. */
static void head_range(const char *digits, gint64 *from, gint64 *to)
{
    guint64 low = 0, high = 0;
    gsize n = strlen(digits);
    for (guint i = 0; i < HEX_OF_64_BITS; i++) {
        low = low << 4 | (i < n ? (guint64)g_ascii_xdigit_value(digits[i]) : 0);
        high = high << 4 | (i < n ? (guint64)g_ascii_xdigit_value(digits[i]) : 0xF);
    }
    *from = (gint64)low;
    *to = (gint64)high;
}

static gboolean begins_with(Span key, const char *digits)
{
    for (gsize i = 0; digits[i]; i++) {
        guint byte = (guchar)key.p[i / 2];
        if ((i % 2 ? byte & 0xF : byte >> 4) != (guint)g_ascii_xdigit_value(digits[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean is_key(const char *key, GError **error)
{
    gsize n = strlen(key);
    gboolean hex = n >= MESSAGE_KEY_LEAST && n <= KEY_DIGITS;
    for (gsize i = 0; i < n; i++)
        hex = hex && g_ascii_isxdigit(key[i]);
    return hex || error_set(error, CANDOR_ERROR_FORMAT,
                            "\"%s\" is no key of a message: give %d to %d hex digits as candor "
                            "search and candor show print them",
                            key, MESSAGE_KEY_LEAST, KEY_DIGITS);
}

gboolean message_key_find(Store *store, const char *key, gint64 *content, GError **error)
{
    if (!is_key(key, error))
        return FALSE;
    Query *query = store_query(store, "show.keys_between", error);
    if (!query)
        return FALSE;
    gint64 from, to;
    head_range(key, &from, &to);
    query_int(query, 1, from);
    query_int(query, 2, to);
    guint found = 0;
    while (query_step(query, error)) {
        Span bytes = query_get_blob(query, 1);
        if (bytes.n == DIGEST_BYTES && begins_with(bytes, key) && found++ == 0)
            *content = query_get_int(query, 0);
    }
    if (!query_ended(query))
        return FALSE;
    if (found == 0)
        return error_set(error, CANDOR_ERROR_MISSING, "no message has a key that begins with %s", key);
    return found == 1 || error_set(error, CANDOR_ERROR_FORMAT,
                                   "%u messages have keys that begin with %s: give more digits", found, key);
}
