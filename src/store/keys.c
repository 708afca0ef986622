/* keys.c - content keys to content ids.
 *
 * The first 64 bits of a key are the table's integer key; a unit's keys go in sorted, so that neighbours share pages.
 * A hit counts only when the full key agrees: anybody can forge a message whose key begins like another's, and such a
 * one gets a place of its own in content_key_collision.
 *
 * Keys are spread evenly, so in a large case the 20,000 of a unit would rewrite nearly every page of content_key.
 * There, new keys wait in content_key_collision, which is small, and those of many units settle together
 * (doc/decisions/0054). */
#include <string.h>
#include "store/private.h"

#define LAST_ID "content_last"
/* Up to this many keys, content_key is itself small enough. */
#define DIRECT_KEYS 400000
/* So many wait; then they settle. */
#define WAITING_KEYS 400000

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

static guint64 first_64_bits(const guint8 key[DIGEST_BYTES])
{
    guint64 first;
    memcpy(&first, key, sizeof first);
    return GUINT64_FROM_BE(first);
}

static Sorted *sort_keys(Keys keys, gsize n)
{
    Sorted *sorted = g_new(Sorted, n);
    for (gsize i = 0; i < n; i++)
        sorted[i] = (Sorted){.order = first_64_bits(keys[i]), .index = i};
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
    *id = 0;
    if (query_step(query, error)) {
        *id = query_get_int(query, 0);
        Span found = query_get_blob(query, 1);
        *same = found.n == DIGEST_BYTES && memcmp(found.p, key, DIGEST_BYTES) == 0;
        query_step(query, error);
    }
    return query_ended(query);
}

/* A key that content_key does not have: waiting, of another that begins alike, or new. */
static gboolean resolve_beside(Store *store, const guint8 *key, gint64 *id, gboolean *fresh, GError **error)
{
    gint64 known;
    gboolean same = FALSE;
    Query *query = store_query(store, "content.collision_find", error);
    if (!query)
        return FALSE;
    query_blob(query, 1, span_of_key(key));
    if (!take_row(query, &known, key, &same, error))
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
    *fresh = TRUE;
    store->keys_waiting++;
    return query_run(query, error);
}

/* Put the key into content_key, unless one that begins alike is there: *added says which. */
static gboolean add_key(Store *store, guint64 order, const guint8 *key, gint64 id, gboolean *added,
                        GError **error)
{
    Query *query = store_query(store, "content.add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, (gint64)order);
    query_int(query, 2, id);
    query_blob(query, 3, span_of_key(key));
    if (!query_run(query, error))
        return FALSE;
    *added = store_changes(store) == 1;
    return TRUE;
}

/* *id comes in as the id that the key gets if it is new, and goes out as the one that it has. */
static gboolean resolve(Store *store, gboolean direct, guint64 order, const guint8 *key, gint64 *id,
                        gboolean *fresh, GError **error)
{
    *fresh = FALSE;
    if (direct && (!add_key(store, order, key, *id, fresh, error) || *fresh))
        return *fresh;
    Query *query = store_query(store, "content.find", error);
    if (!query)
        return FALSE;
    gint64 known;
    gboolean same = FALSE;
    query_int(query, 1, (gint64)order);
    if (!take_row(query, &known, key, &same, error))
        return FALSE;
    if (!same)
        return resolve_beside(store, key, id, fresh, error);
    *id = known;
    return TRUE;
}

/* --- settling ---------------------------------------------------------------------------------------------------- */

typedef struct {
    guint8 key[DIGEST_BYTES];
    gint64 id;
} Waiting;

void keys_forget(Store *store)
{
    store->keys_waiting = 0;
}

/* Move what waits into content_key, in order; what begins like another stays, and is gathered in `stays`. */
static gboolean move_keys(Store *store, GArray *stays, GError **error)
{
    Query *all = store_query(store, "content.waiting_all", error);
    if (!all)
        return FALSE;
    while (query_step(all, error)) {
        Waiting one = {.id = query_get_int(all, 1)};
        Span key = query_get_blob(all, 0);
        gboolean added = FALSE;
        memcpy(one.key, key.p, MIN(key.n, sizeof one.key));
        if (!add_key(store, first_64_bits(one.key), one.key, one.id, &added, error))
            return FALSE;
        if (!added)
            g_array_append_val(stays, one);
    }
    return query_ended(all);
}

static gboolean settle(Store *store, GError **error)
{
    g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(Waiting));
    if (!move_keys(store, stays, error))
        return FALSE;
    Query *query = store_query(store, "content.waiting_clear", error);
    if (!query || !query_run(query, error))
        return FALSE;
    for (guint i = 0; i < stays->len; i++) {
        const Waiting *one = &g_array_index(stays, Waiting, i);
        if (!(query = store_query(store, "content.collision_add", error)))
            return FALSE;
        query_blob(query, 1, span_of_key(one->key));
        query_int(query, 2, one->id);
        if (!query_run(query, error))
            return FALSE;
    }
    store->keys_waiting = stays->len + 1;
    return TRUE;
}

static gboolean settle_when_many(Store *store, GError **error)
{
    if (!store->keys_waiting) {
        if (!store_ask_int(store, "content.waiting", &store->keys_waiting, error))
            return FALSE;
        store->keys_waiting++;
    }
    return store->keys_waiting <= WAITING_KEYS || settle(store, error);
}

/* --- the door ---------------------------------------------------------------------------------------------------- */

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
    gboolean direct = last < DIRECT_KEYS;
    if (!direct && !settle_when_many(store, error))
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
        if (!resolve(store, direct, sorted[i].order, keys[at], &ids[at], &fresh[at], error))
            return FALSE;
        newest = fresh[at] ? MAX(newest, ids[at]) : newest;
    }
    return newest == 0 || keep_last_id(store, newest, error);
}
