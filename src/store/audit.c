/* audit.c - acts become leaves of the audit tree, and each commit that appends signs its head. */
#include "store/audit.h"

#include <sodium.h>
#include <string.h>
#include "lib/sha256.h"
#include "store/private.h"

/* Bytes of a canonical act: its fields are ours, names and notes. */
#define ACT_MAX_BYTES (1 << 20)

void audit_leaf(Span salt, Span row, guint8 leaf[TREE_HASH_BYTES])
{
    const Span pieces[] = {{"\0", 1}, salt, row};
    sha256_pieces(pieces, G_N_ELEMENTS(pieces), leaf);
}

GByteArray *audit_head_message(gint64 size, const guint8 root[TREE_HASH_BYTES], gint64 at, Span previous)
{
    guint8 before[SHA256_BYTES];
    sha256_bytes(previous.p, previous.n, before);
    char text[96];
    int n = g_snprintf(text, sizeof text, "candor-head 1\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n", size,
                       at);
    GByteArray *message = g_byte_array_new();
    g_byte_array_append(message, (const guint8 *)text, (guint)n);
    g_byte_array_append(message, root, TREE_HASH_BYTES);
    g_byte_array_append(message, before, sizeof before);
    return message;
}

void audit_forget(Store *store)
{
    store->tree_loaded = store->tree_grown = FALSE;
}

/* --- appending ------------------------------------------------------------------------------------------------- */

static gboolean read_leaves(Store *store, GError **error)
{
    Query *query = store_query(store, "act.leaves", error);
    if (!query)
        return FALSE;
    tree_init(&store->tree);
    while (query_step(query, error)) {
        Span leaf = query_get_blob(query, 0);
        if (leaf.n != TREE_HASH_BYTES)
            return error_set(error, CANDOR_ERROR_FORMAT,
                             "case %s: act %" G_GUINT64_FORMAT " has no whole leaf", store->folder,
                             store->tree.size + 1);
        tree_append(&store->tree, (const guint8 *)leaf.p);
    }
    return query_ended(query);
}

/* The tree of all acts so far; read again when another connection appended some. */
static gboolean load_tree(Store *store, GError **error)
{
    gint64 count;
    if (store->tree_grown)
        return TRUE;
    if (!store_ask_int(store, "act.count", &count, error))
        return FALSE;
    if (!store->tree_loaded || (guint64)count != store->tree.size)
        store->tree_loaded = read_leaves(store, error);
    return store->tree_loaded;
}

/* "custody 1", when, in which run, then the fields. */
static char *canonical_row(const Run *run, const char *kind, const Span *fields, guint n, gsize *length)
{
    g_auto(RowBuffer) rows;
    row_buffer_init(&rows, ACT_MAX_BYTES);
    row_begin(&rows, 'A');
    row_put_int(&rows, run->now);
    row_put_int(&rows, run->id);
    for (guint i = 0; i < n; i++)
        row_put(&rows, fields[i]);
    if (rows.failed)
        return NULL;
    char *row = g_strdup_printf("%s 1%.*s", kind, (int)rows.length - 1, rows.bytes + 1);
    *length = strlen(row);
    return row;
}

static gboolean insert_act(Store *store, const Run *run, const char *kind, Span row, GError **error)
{
    guint8 salt[AUDIT_SALT_BYTES], leaf[TREE_HASH_BYTES];
    randombytes_buf(salt, sizeof salt);
    audit_leaf((Span){(const char *)salt, sizeof salt}, row, leaf);
    Query *query = store_query(store, "act.add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, (gint64)store->tree.size + 1);
    query_int(query, 2, run->id);
    query_text(query, 3, span_of_string(kind));
    query_int(query, 4, run->now);
    query_text(query, 5, row);
    query_blob(query, 6, (Span){(const char *)salt, sizeof salt});
    query_blob(query, 7, (Span){(const char *)leaf, sizeof leaf});
    if (!query_run(query, error))
        return FALSE;
    tree_append(&store->tree, leaf);
    store_digest_add(store, "act", row);
    return TRUE;
}

gboolean act_append(Store *store, Run *run, const char *kind, const Span *fields, guint n, GError **error)
{
    if (!store->in_transaction)
        return error_set(error, CANDOR_ERROR_BUG, "an act outside a transaction");
    if (!store->keys)
        return error_set(error, CANDOR_ERROR_DENIED,
                         "an act is signed, and case %s was opened without its key", store->folder);
    gsize length = 0;
    g_autofree char *row = canonical_row(run, kind, fields, n, &length);
    if (!row)
        return error_set(error, CANDOR_ERROR_LIMIT, "an act of more than %d bytes", ACT_MAX_BYTES);
    if (!load_tree(store, error) || !insert_act(store, run, kind, (Span){row, length}, error))
        return FALSE;
    store->tree_grown = TRUE;
    store->tree_at = run->now;
    return TRUE;
}

/* --- signing --------------------------------------------------------------------------------------------------- */

/* The signature of the newest head; empty before the first. */
static gboolean last_signature(Store *store, GByteArray *signature, GError **error)
{
    Query *query = store_query(store, "head.last", error);
    if (!query)
        return FALSE;
    if (query_step(query, error)) {
        Span bytes = query_get_blob(query, 1);
        g_byte_array_append(signature, (const guint8 *)bytes.p, (guint)bytes.n);
        query_step(query, error);
    }
    return query_ended(query);
}

gboolean audit_sign(Store *store, GError **error)
{
    if (!store->tree_grown)
        return TRUE;
    g_autoptr(GByteArray) previous = g_byte_array_new();
    if (!last_signature(store, previous, error))
        return FALSE;
    guint8 root[TREE_HASH_BYTES], signature[SIGNATURE_MAX_BYTES];
    gint64 size = (gint64)store->tree.size;
    tree_root(&store->tree, root);
    g_autoptr(GByteArray) message =
        audit_head_message(size, root, store->tree_at, (Span){(const char *)previous->data, previous->len});
    gsize n = sign_bytes(store->keys, (Span){(const char *)message->data, message->len}, signature);
    Query *query = store_query(store, "head.add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, size);
    query_blob(query, 2, (Span){(const char *)root, sizeof root});
    query_int(query, 3, store->tree_at);
    query_text(query, 4, span_of_string(suite_name(case_keys_suite(store->keys))));
    query_blob(query, 5, (Span){(const char *)signature, n});
    if (!query_run(query, error))
        return FALSE;
    store->tree_grown = FALSE;
    return TRUE;
}
