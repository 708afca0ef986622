/* keys.c - content keys to content ids.
 *
 * The first 64 bits of a key are the table's integer key; a unit's keys go in sorted, so that neighbours share pages.
 * A hit counts only when the full key agrees: anybody can forge a message whose key begins like another's, and such a
 * one gets a place of its own in content_key_collision. */
#include <string.h>
#include "store/private.h"

#define LAST_ID "content_last"

typedef struct {
    guint64 order; /* first 64 bits, big-endian */
    gsize index;
} Sorted;

typedef const guint8 (*Keys)[DIGEST_BYTES];

static int by_key(gconstpointer a, gconstpointer b, gpointer data)
{
    const Sorted *one = a, *other = b;
    Keys keys = data;
    if (one->order != other->order)
        return one->order < other->order ? -1 : 1;
    int order = memcmp(keys[one->index], keys[other->index], DIGEST_BYTES);
    if (order)
        return order;
    return one->index < other->index ? -1 : one->index > other->index;
}

static Sorted *sort_keys(Keys keys, gsize n)
{
    Sorted *sorted = g_new(Sorted, n);
    for (gsize i = 0; i < n; i++) {
        guint64 first;
        memcpy(&first, keys[i], sizeof first);
        sorted[i] = (Sorted){.order = GUINT64_FROM_BE(first), .index = i};
    }
    g_qsort_with_data(sorted, (gint)n, sizeof *sorted, by_key, (gpointer)keys);
    return sorted;
}

static Span span_of_key(const guint8 key[DIGEST_BYTES])
{
    return (Span){(const char *)key, DIGEST_BYTES};
}

/* The one row of `query`, if any: its first column, and whether its blob in the second is this key. */
static gboolean take_row(Query *query, gint64 *id, const guint8 *key, gboolean *same, GError **error)
{
    g_autoptr(GError) cause = NULL;
    *id = 0;
    if (query_step(query, &cause)) {
        *id = query_get_int(query, 0);
        Span found = key ? query_get_blob(query, 1) : SPAN_NONE;
        *same = !key || (found.n == DIGEST_BYTES && memcmp(found.p, key, DIGEST_BYTES) == 0);
        query_step(query, &cause);
    }
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* A key whose first 64 bits belong to another. */
static gboolean resolve_collision(Store *store, const guint8 *key, gint64 *id, gboolean *fresh, GError **error)
{
    gint64 known;
    gboolean same = FALSE;
    Query *query = store_query(store, "content.collision_find", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, span_of_key(key));
    if (!take_row(query, &known, NULL, &same, error))
        return FALSE;
    if (same) {
        *id = known;
        *fresh = FALSE;
        return TRUE;
    }
    query = store_query(store, "content.collision_add", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, span_of_key(key));
    query_int(query, 2, *id);
    return query_run(query, error);
}

/* *id comes in as the id that the key gets if it is new, and goes out as the one that it has. */
static gboolean resolve(Store *store, guint64 order, const guint8 *key, gint64 *id, gboolean *fresh, GError **error)
{
    Query *query = store_query(store, "content.add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, (gint64)order);
    query_int(query, 2, *id);
    query_blob(query, 3, span_of_key(key));
    if (!query_run(query, error))
        return FALSE;
    *fresh = TRUE;
    if (store_changes(store) == 1)
        return TRUE;
    query = store_query(store, "content.find", error);
    if (!query)
        return FALSE;
    gint64 known;
    gboolean same = FALSE;
    query_int(query, 1, (gint64)order);
    if (!take_row(query, &known, key, &same, error))
        return FALSE;
    if (!same)
        return resolve_collision(store, key, id, fresh, error);
    *id = known;
    *fresh = FALSE;
    return TRUE;
}

static gboolean last_id(Store *store, gint64 *last, GError **error)
{
    g_autofree char *text = store_meta(store, LAST_ID, error);
    if (!text)
        return FALSE;
    return row_int(span_of_string(text), last) ||
           error_set(error, CANDOR_ERROR_FORMAT, "case %s: meta %s is no number", store->folder, LAST_ID);
}

static gboolean keep_last_id(Store *store, gint64 last, GError **error)
{
    char text[24];
    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, last);
    return store_meta_set(store, LAST_ID, text, error);
}

/* New ids go up in the order of the call, so that what hangs on them is appended; ids of known keys are left out. */
gboolean store_content_ids(Store *store, Keys keys, gsize n, gint64 *ids, gboolean *fresh, GError **error)
{
    gint64 last, newest = 0;
    if (!store->in_transaction)
        return error_set(error, CANDOR_ERROR_BUG, "content ids outside a transaction");
    if (n == 0)
        return TRUE;
    if (n > G_MAXINT)
        return error_set(error, CANDOR_ERROR_LIMIT, "%" G_GSIZE_FORMAT " content keys at once", n);
    if (!last_id(store, &last, error))
        return FALSE;
    g_autofree Sorted *sorted = sort_keys(keys, n);
    for (gsize i = 0; i < n; i++) {
        gsize at = sorted[i].index, before = i ? sorted[i - 1].index : at;
        if (i && memcmp(keys[at], keys[before], DIGEST_BYTES) == 0) {
            ids[at] = ids[before];
            fresh[at] = FALSE;
            continue;
        }
        ids[at] = last + 1 + (gint64)at;
        if (!resolve(store, sorted[i].order, keys[at], &ids[at], &fresh[at], error))
            return FALSE;
        newest = fresh[at] ? MAX(newest, ids[at]) : newest;
    }
    return newest == 0 || keep_last_id(store, newest, error);
}
