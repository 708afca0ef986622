/* digest.c - the digest of a table: the sum modulo 2^256 of the hashes of its rows. */
#include <string.h>
#include "lib/sha256.h"
#include "store/private.h"

/* --- one sum ------------------------------------------------------------------------------------------------- */

void digest_sum_add(DigestSum *sum, Span row)
{
    union {
        guint8 bytes[SHA256_BYTES];
        guint64 words[4];
    } hash;
    const Span pieces[] = {{sum->table, strlen(sum->table) + 1}, row};
    sha256_pieces(pieces, G_N_ELEMENTS(pieces), hash.bytes);
    guint64 carry = 0;
    for (guint i = 0; i < 4; i++) {
        guint64 word = GUINT64_FROM_LE(hash.words[i]), with_carry;
        carry = __builtin_add_overflow(word, carry, &with_carry);
        carry += __builtin_add_overflow(sum->sum[i], with_carry, &sum->sum[i]);
    }
    sum->rows++;
}

static void sum_to_bytes(const DigestSum *sum, guint8 bytes[SHA256_BYTES])
{
    for (guint i = 0; i < 4; i++) {
        guint64 word = GUINT64_TO_LE(sum->sum[i]);
        memcpy(bytes + i * sizeof word, &word, sizeof word);
    }
}

static void sum_from_bytes(DigestSum *sum, const char *bytes)
{
    for (guint i = 0; i < 4; i++) {
        guint64 word;
        memcpy(&word, bytes + i * sizeof word, sizeof word);
        sum->sum[i] = GUINT64_FROM_LE(word);
    }
}

char *digest_sum_hex(const DigestSum *sum)
{
    guint8 bytes[SHA256_BYTES];
    sum_to_bytes(sum, bytes);
    GString *hex = g_string_sized_new(2 * sizeof bytes);
    for (guint i = 0; i < sizeof bytes; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    return g_string_free(hex, FALSE);
}

/* --- the sums of a store --------------------------------------------------------------------------------------- */

static gboolean read_sum(Store *store, DigestSum *sum, GError **error)
{
    Query *query = store_query(store, "digest.get", error);
    if (!query)
        return FALSE;
    gboolean fits = TRUE;
    query_text(query, 1, span_of_string(sum->table));
    if (query_step(query, error)) {
        Span bytes = query_get_blob(query, 0);
        sum->rows = query_get_int(query, 1);
        fits = bytes.n == SHA256_BYTES;
        if (fits)
            sum_from_bytes(sum, bytes.p);
        query_step(query, error);
    }
    if (!query_ended(query))
        return FALSE;
    return fits || error_set(error, CANDOR_ERROR_FORMAT, "case %s: the digest of table %s is not 32 bytes",
                             store->folder, sum->table);
}

/* Table names are literals, mostly the very same one: the pointer says where to look first. */
static DigestSum *sum_in_memory(Store *store, const char *table)
{
    for (guint i = 0; i < store->digest_count; i++)
        if (store->digests[i].asked_as == table && strcmp(store->digests[i].table, table) == 0)
            return &store->digests[i];
    for (guint i = 0; i < store->digest_count; i++)
        if (strcmp(store->digests[i].table, table) == 0) {
            store->digests[i].asked_as = table;
            return &store->digests[i];
        }
    return NULL;
}

static DigestSum *new_sum(Store *store, const char *table, GError **error)
{
    if (store->digest_count == DIGEST_TABLES_MAX) {
        error_set(error, CANDOR_ERROR_BUG, "more than %d tables have digests", DIGEST_TABLES_MAX);
        return NULL;
    }
    DigestSum *sum = &store->digests[store->digest_count++];
    *sum = (DigestSum){.table = g_intern_string(table)};
    return sum;
}

DigestSum *digest_of(Store *store, const char *table, GError **error)
{
    DigestSum *sum = sum_in_memory(store, table);
    if (G_LIKELY(sum))
        return sum;
    sum = new_sum(store, table, error);
    return sum && read_sum(store, sum, error) ? sum : NULL;
}

void digests_forget(Store *store)
{
    store->digest_count = 0;
    g_clear_error(&store->digest_error);
}

static gboolean write_sum(Store *store, const DigestSum *sum, GError **error)
{
    guint8 bytes[SHA256_BYTES];
    Query *query = store_query(store, "digest.set", error);
    if (!query)
        return FALSE;
    sum_to_bytes(sum, bytes);
    query_text(query, 1, span_of_string(sum->table));
    query_blob(query, 2, (Span){(const char *)bytes, sizeof bytes});
    query_int(query, 3, sum->rows);
    return query_run(query, error);
}

gboolean digests_write(Store *store, GError **error)
{
    if (store->digest_error) {
        g_propagate_error(error, g_steal_pointer(&store->digest_error));
        return FALSE;
    }
    for (guint i = 0; i < store->digest_count; i++)
        if (!write_sum(store, &store->digests[i], error))
            return FALSE;
    return TRUE;
}

/* --- doors ------------------------------------------------------------------------------------------------------ */

void store_digest_add(Store *store, const char *table, Span row)
{
    DigestSum *sum = digest_of(store, table, store->digest_error ? NULL : &store->digest_error);
    if (sum)
        digest_sum_add(sum, row);
}

void store_digest_reset(Store *store, const char *table)
{
    DigestSum *sum = sum_in_memory(store, table);
    if (!sum)
        sum = new_sum(store, table, store->digest_error ? NULL : &store->digest_error);
    if (sum)
        *sum = (DigestSum){.table = sum->table};
}

char *store_digest(Store *store, const char *table, GError **error)
{
    DigestSum alone = {.table = table};
    const DigestSum *sum = sum_in_memory(store, table);
    if (!sum && !read_sum(store, &alone, error))
        return NULL;
    return digest_sum_hex(sum ? sum : &alone);
}
