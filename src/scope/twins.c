/* twins.c - which contents are one mail. */
#include "scope/twins.h"

#include "lib/sha256.h"

/* The attachments of the candidates, walked beside them in the same order. */
typedef struct {
    Query *query;
    gboolean here; /* it stands on a row */
} Attachments;

static gboolean advance(Attachments *attachments, GError **error)
{
    g_autoptr(GError) cause = NULL;
    attachments->here = query_step(attachments->query, &cause);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* Append the hashes of the attachments of `content`. */
static gboolean append_attachments(RowBuffer *row, Attachments *attachments, gint64 content, GError **error)
{
    while (attachments->here && query_get_int(attachments->query, 0) == content) {
        row_put(row, query_get_blob(attachments->query, 1));
        if (!advance(attachments, error))
            return FALSE;
    }
    return TRUE;
}

/* What twins have in common beside the Message-ID, as a hash. */
static gboolean fingerprint(Query *candidate, Attachments *attachments, guint8 *hash, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *subject = query_get_sealed(candidate, 4, "subject", &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    g_auto(RowBuffer) row = {0};
    row_buffer_init(&row, 1 << 20);
    row_begin(&row, 'T');
    row_put_string(&row, subject ? g_strstrip(subject) : "");
    row_put_int(&row, query_is_null(candidate, 2) ? G_MININT64 : query_get_int(candidate, 2));
    row_put(&row, query_get_text(candidate, 3));
    if (!append_attachments(&row, attachments, query_get_int(candidate, 0), error))
        return FALSE;
    sha256_bytes(row.bytes, row.length, hash);
    /* More attachments than that: nobody's twin. */
    if (row.failed)
        memcpy(hash, query_get_blob(candidate, 5).p, SHA256_BYTES);
    return TRUE;
}

/* The class of a candidate: that of the first with its fingerprint, or itself. Candidates of one Message-ID come in the
 * order of their keys, so the first is the one with the least. */
static gint64 class_of(GHashTable *classes, const guint8 *hash, gint64 content)
{
    g_autoptr(GBytes) key = g_bytes_new(hash, SHA256_BYTES);
    const gint64 *known = g_hash_table_lookup(classes, key);
    if (known)
        return *known;
    gint64 *first = g_new(gint64, 1);
    *first = content;
    g_hash_table_insert(classes, g_steal_pointer(&key), first);
    return content;
}

static gboolean put_twin(Store *store, gint64 content, gint64 class, GError **error)
{
    Query *query = store_query(store, "scope.twin_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    query_int(query, 2, class);
    return query_run(query, error);
}

static gboolean take_candidate(Store *store, Query *candidate, Attachments *attachments, GHashTable *classes,
                               GString *message_id, GError **error)
{
    guint8 hash[SHA256_BYTES];
    Span id = query_get_text(candidate, 1);
    if (id.n != message_id->len || memcmp(id.p, message_id->str, id.n) != 0) {
        g_hash_table_remove_all(classes);
        g_string_truncate(message_id, 0);
        g_string_append_len(message_id, id.p, (gssize)id.n);
    }
    gint64 content = query_get_int(candidate, 0);
    return fingerprint(candidate, attachments, hash, error) &&
           put_twin(store, content, class_of(classes, hash, content), error);
}

/* The contents whose Message-ID another has too. */
static gboolean join_candidates(Store *store, GError **error)
{
    g_autoptr(GHashTable) classes =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, g_free);
    g_autoptr(GString) message_id = g_string_new(NULL);
    g_autoptr(GError) cause = NULL;
    Query *candidate = store_query(store, "scope.twin_candidates", error);
    Attachments attachments = {.query =
                                   candidate ? store_query(store, "scope.twin_attachments", error) : NULL};
    if (!attachments.query || !advance(&attachments, error))
        return FALSE;
    while (query_step(candidate, &cause))
        if (!take_candidate(store, candidate, &attachments, classes, message_id, error))
            return FALSE;
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

gboolean twins_build(Store *store, GError **error)
{
    Query *rest = join_candidates(store, error) ? store_query(store, "scope.twin_rest", error) : NULL;
    return rest && query_run(rest, error);
}
