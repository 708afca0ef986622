/* findings.c - matches of one content to findings. */
#include "classify/findings.h"

#include <openssl/evp.h>
#include "store/digest_rows.h"

/* A match of the content that is being gathered. Strings are its own. */
typedef struct {
    guint8 part[DIGEST_BYTES];
    guint8 fingerprint[FINGERPRINT_BYTES];
    char *type, *path, *rule, *masked;
    gint64 start, stop, confidence;
} Found;

static void found_clear(gpointer data)
{
    Found *found = data;
    g_free(found->type);
    g_free(found->path);
    g_free(found->rule);
    g_free(found->masked);
}

/* Whether two matches are one finding: 0, else their order. */
static gint by_identity(const Found *a, const Found *b)
{
    gint order = memcmp(a->part, b->part, sizeof a->part);
    if (!order)
        order = strcmp(a->type, b->type);
    return order ? order : memcmp(a->fingerprint, b->fingerprint, sizeof a->fingerprint);
}

/* Within a finding the match to show comes first: confident, then early. */
static gint by_identity_then_worth(gconstpointer left, gconstpointer right)
{
    const Found *a = left, *b = right;
    gint order = by_identity(a, b);
    if (!order && a->confidence != b->confidence)
        order = a->confidence > b->confidence ? -1 : 1;
    if (!order)
        order = strcmp(a->path, b->path);
    if (!order && a->start != b->start)
        order = a->start < b->start ? -1 : 1;
    return order ? order : strcmp(a->rule, b->rule);
}

static void copy_blob(Span from, guint8 *to, gsize n)
{
    if (from.n == n)
        memcpy(to, from.p, n);
}

static void take_match(Query *query, GArray *matches)
{
    Found found = {
        .path = span_dup(query_get_text(query, 1)),
        .start = query_get_int(query, 2),
        .stop = query_get_int(query, 3),
        .rule = span_dup(query_get_text(query, 4)),
        .type = span_dup(query_get_text(query, 5)),
        .masked = span_dup(query_get_text(query, 7)),
        .confidence = query_get_int(query, 8),
    };
    copy_blob(query_get_blob(query, 6), found.fingerprint, sizeof found.fingerprint);
    if (query_is_null(
            query, 9)) /* a pseudo-part stands for itself by its name: the same value in two names is one */
        EVP_Digest(found.path, strcspn(found.path, ":"), found.part, NULL, EVP_sha256(), NULL);
    else
        copy_blob(query_get_blob(query, 9), found.part, sizeof found.part);
    g_array_append_val(matches, found);
}

static gboolean put_finding(Store *store, gint64 content, const guint8 *key, const Found *found,
                            gint64 matches, GError **error)
{
    Query *query = store_query(store, "classify.finding_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    query_blob(query, 2, (Span){(const char *)found->part, sizeof found->part});
    query_text(query, 3, span_of_string(found->type));
    query_blob(query, 4, (Span){(const char *)found->fingerprint, sizeof found->fingerprint});
    query_text(query, 5, span_of_string(found->path));
    query_text(query, 6, span_of_string(found->rule));
    query_int(query, 7, found->start);
    query_int(query, 8, found->stop);
    query_text(query, 9, span_of_string(found->masked));
    query_int(query, 10, found->confidence);
    query_int(query, 11, matches);
    const DigestFinding row = {.key = key,
                               .part = found->part,
                               .type = found->type,
                               .fingerprint = found->fingerprint,
                               .masked = found->masked,
                               .confidence = found->confidence,
                               .matches = matches};
    digest_finding(store, &row);
    return query_run(query, error);
}

/* Write the findings of one content and forget its matches. */
static gboolean flush(Store *store, gint64 content, const guint8 *key, GArray *matches, GError **error)
{
    g_array_sort(matches, by_identity_then_worth);
    for (guint i = 0; i < matches->len;) {
        const Found *first = &g_array_index(matches, Found, i);
        guint next = i + 1;
        while (next < matches->len && by_identity(first, &g_array_index(matches, Found, next)) == 0)
            next++;
        if (!put_finding(store, content, key, first, next - i, error))
            return FALSE;
        i = next;
    }
    g_array_set_size(matches, 0);
    return TRUE;
}

gboolean findings_build(Store *store, GError **error)
{
    Query *query = store_query(store, "classify.matches", error);
    if (!query)
        return FALSE;
    g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(Found));
    g_array_set_clear_func(matches, found_clear);
    gint64 content = 0;
    guint8 key[DIGEST_BYTES] = {0};
    while (query_step(query, error)) {
        gint64 next = query_get_int(query, 0);
        if (next != content && !flush(store, content, key, matches, error))
            return FALSE;
        content = next;
        copy_blob(query_get_blob(query, 10), key, sizeof key);
        take_match(query, matches);
    }
    return query_ended(query) && flush(store, content, key, matches, error);
}
