/* verify.c - the digests again, from what the tables hold. */
#include <string.h>
#include "store/digest_rows.h"
#include "store/private.h"

/* Hashes of another length than theirs enter as zeros, and so disagree. */
static void take_hash(Query *row, guint column, guint8 *to, gsize n)
{
    Span bytes = query_get_blob(row, column);
    memset(to, 0, n);
    if (bytes.n == n)
        memcpy(to, bytes.p, n);
}

static guint64 number(Query *row, guint column)
{
    return (guint64)query_get_int(row, column);
}

/* What stands in a sealed column; *text owns it. */
static Span opened(Query *row, guint column, const char *context, char **text, GError **error)
{
    *text = query_get_sealed(row, column, context, error);
    return span_of_string(*text);
}

static void add_source(Store *store, Query *row, GError **error)
{
    (void)error;
    g_autofree char *name = span_dup(query_get_text(row, 0));
    g_autofree char *kind = span_dup(query_get_text(row, 1));
    g_autofree char *mailbox = span_dup(query_get_text(row, 2));
    digest_source(store, name, kind, mailbox);
}

static void add_item(Store *store, Query *row, GError **error)
{
    (void)error;
    g_autofree char *path = span_dup(query_get_text(row, 0));
    g_autofree char *kind = span_dup(query_get_text(row, 1));
    digest_item(store, path, kind, number(row, 2));
}

static void add_unit(Store *store, Query *row, GError **error)
{
    (void)error;
    DoneRow unit = {.declared = number(row, 0),
                    .messages = number(row, 1),
                    .gaps = number(row, 2),
                    .bytes = number(row, 3)};
    take_hash(row, 4, unit.sha256, DIGEST_BYTES);
    digest_unit(store, &unit);
}

static void add_message(Store *store, Query *row, GError **error)
{
    g_autofree char *subject = NULL;
    MessageRow message = {
        .size = number(row, 1),
        .date = query_is_null(row, 2) ? G_MININT64 : query_get_int(row, 2),
        .zone = query_get_int(row, 3),
        .message_id = query_get_text(row, 4),
        .in_reply_to = query_get_text(row, 5),
        .subject = opened(row, 6, "subject", &subject, error),
        .defects = number(row, 7),
        .bare = query_get_int(row, 8) != 0,
        .received = query_get_int(row, 9),
    };
    take_hash(row, 0, message.key, DIGEST_BYTES);
    digest_message(store, &message);
}

/* The place that stands in three columns from `first` on. */
static DigestPlace place_of(Query *row, guint first)
{
    return (DigestPlace){query_get_text(row, first), query_get_text(row, first + 1),
                         query_get_text(row, first + 2)};
}

static void add_copy(Store *store, Query *row, GError **error)
{
    (void)error;
    MessageRow copy = {.offset = number(row, 2),
                       .length = number(row, 3),
                       .folder = query_get_text(row, 7),
                       .kind = (ItemKind)query_get_int(row, 8),
                       .state = (CopyState)query_get_int(row, 9)};
    take_hash(row, 0, copy.key, DIGEST_BYTES);
    take_hash(row, 1, copy.sha256, DIGEST_BYTES);
    const DigestPlace place = place_of(row, 4);
    digest_copy(store, &place, &copy);
}

static void add_address(Store *store, Query *row, GError **error)
{
    guint8 key[DIGEST_BYTES];
    g_autofree char *name = NULL;
    AddressRow address = {.role = (Role)query_get_int(row, 2),
                          .address = query_get_text(row, 3),
                          .name = opened(row, 4, "name", &name, error)};
    take_hash(row, 0, key, sizeof key);
    digest_address(store, key, number(row, 1), &address);
}

static void add_part(Store *store, Query *row, GError **error)
{
    guint8 key[DIGEST_BYTES];
    g_autofree char *filename = NULL;
    PartRow part = {
        .path = query_get_text(row, 1),
        .kind = (PartKind)query_get_int(row, 2),
        .media_type = query_get_text(row, 3),
        .charset = query_get_text(row, 4),
        .filename = opened(row, 5, "filename", &filename, error),
        .disposition = query_get_text(row, 6),
        .encoding = query_get_text(row, 7),
        .content_id = query_get_text(row, 8),
        .start = number(row, 9),
        .end = number(row, 10),
    };
    take_hash(row, 0, key, sizeof key);
    take_hash(row, 11, part.sha256, DIGEST_BYTES);
    digest_part(store, key, &part);
}

static void add_attempt(Store *store, Query *row, GError **error)
{
    (void)error;
    guint8 key[DIGEST_BYTES];
    PartRow attempt = {.path = query_get_text(row, 1),
                       .state = (PartState)query_get_int(row, 2),
                       .read = number(row, 3),
                       .scanned = number(row, 4),
                       .unscanned = number(row, 5)};
    take_hash(row, 0, key, sizeof key);
    digest_attempt(store, key, &attempt);
}

static void add_mention(Store *store, Query *row, GError **error)
{
    guint8 key[DIGEST_BYTES];
    g_autofree char *name = NULL;
    MentionRow mention = {
        .path = query_get_text(row, 2),
        .role = (Role)query_get_int(row, 3),
        .address = query_get_text(row, 4),
        .name = opened(row, 5, "name", &name, error),
        .start = number(row, 6),
    };
    take_hash(row, 0, key, sizeof key);
    digest_mention(store, key, number(row, 1), &mention);
}

static void add_match(Store *store, Query *row, GError **error)
{
    (void)error;
    guint8 key[DIGEST_BYTES];
    MatchRow match = {
        .path = query_get_text(row, 1),
        .start = number(row, 2),
        .end = number(row, 3),
        .rule = query_get_text(row, 4),
        .type = query_get_text(row, 5),
        .masked = query_get_text(row, 7),
        .confidence = number(row, 8),
    };
    take_hash(row, 0, key, sizeof key);
    take_hash(row, 6, match.fingerprint, FINGERPRINT_BYTES);
    digest_match(store, key, &match);
}

static void add_gap(Store *store, Query *row, GError **error)
{
    (void)error;
    guint8 key[DIGEST_BYTES];
    GapRow gap = {
        .offset = number(row, 1),
        .path = query_get_text(row, 2),
        .reason = query_get_text(row, 3),
        .detail = query_get_text(row, 4),
        .bytes = number(row, 5),
        .retryable = query_get_int(row, 6) != 0,
    };
    take_hash(row, 0, key, sizeof key);
    const DigestPlace place = place_of(row, 8);
    digest_gap(store, query_is_null(row, 0) ? NULL : key, &place, query_get_int(row, 7) != 0, &gap);
}

static void add_finding(Store *store, Query *row, GError **error)
{
    (void)error;
    guint8 key[DIGEST_BYTES], part[DIGEST_BYTES], fingerprint[FINGERPRINT_BYTES];
    g_autofree char *type = span_dup(query_get_text(row, 2));
    g_autofree char *masked = span_dup(query_get_text(row, 4));
    take_hash(row, 0, key, sizeof key);
    take_hash(row, 1, part, sizeof part);
    take_hash(row, 3, fingerprint, sizeof fingerprint);
    const DigestFinding finding = {.key = key,
                                   .part = part,
                                   .type = type,
                                   .fingerprint = fingerprint,
                                   .masked = masked,
                                   .confidence = query_get_int(row, 5),
                                   .matches = query_get_int(row, 6)};
    digest_finding(store, &finding);
}

static const struct {
    const char *table, *statement;
    void (*add)(Store *store, Query *row, GError **error);
} tables[] = {
    {"source", "verify.source", add_source},
    {"item", "verify.item", add_item},
    {"unit_done", "verify.unit_done", add_unit},
    {"message", "verify.message", add_message},
    {"copy", "verify.copy", add_copy},
    {"address", "verify.address", add_address},
    {"part", "verify.part", add_part},
    {"reading_attempt", "verify.reading_attempt", add_attempt},
    {"mention", "verify.mention", add_mention},
    {"match", "verify.match", add_match},
    {"gap", "verify.gap", add_gap},
    {"finding", "verify.finding", add_finding},
};

/* Add every row to a sum in memory that began at zero. */
static gboolean add_rows(Store *store, guint index, GError **error)
{
    g_autoptr(GError) cause = NULL;
    Query *row = store_query(store, tables[index].statement, error);
    if (!row)
        return FALSE;
    while (!cause && query_step(row, &cause))
        tables[index].add(store, row, &cause);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* What a statement digest_of.X gives says itself what of a row enters the digest. */
#define DIGEST_OF "digest_of."

/* `statement`: digest_of.TABLE; NULL for a table of tables[index]. */
static gboolean verify_table(Store *store, const char *table, const char *statement, guint index,
                             guint64 *rows, GError **error)
{
    digests_forget(store);
    g_autofree char *kept = store_digest(store, table, error);
    if (!kept)
        return FALSE;
    store_digest_reset(store, table);
    gboolean added =
        statement ? store_digest_rows(store, table, statement, error) : add_rows(store, index, error);
    g_autofree char *found = store_digest(store, table, NULL);
    const DigestSum *sum = digest_of(store, table, NULL);
    *rows += sum ? (guint64)sum->rows : 0;
    digests_forget(store);
    if (!added)
        return FALSE;
    return strcmp(kept, found) == 0 ||
           error_set(error, CANDOR_ERROR_DENIED,
                     "case %s: table %s holds other rows than were written to it: the case was tampered with",
                     store->folder, table);
}

gboolean store_verify_digests(Store *store, guint64 *rows, GError **error)
{
    if (store->in_transaction)
        return error_set(error, CANDOR_ERROR_BUG, "digests are verified outside transactions");
    if (store_is_running(store))
        return error_set(error, CANDOR_ERROR_CONFLICT,
                         "a run is writing to case %s: verify when it has ended", store->folder);
    if (!store->keys)
        return error_set(error, CANDOR_ERROR_DENIED,
                         "the digests of case %s need its key: set CANDOR_KEY_FILE to its key file",
                         store->folder);
    guint64 count = 0;
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!verify_table(store, tables[i].table, NULL, i, &count, error))
            return FALSE;
    for (guint i = 0; i < sql_statement_count; i++) {
        const char *name = sql_statements[i].name;
        if (g_str_has_prefix(name, DIGEST_OF) &&
            !verify_table(store, name + strlen(DIGEST_OF), name, 0, &count, error))
            return FALSE;
    }
    *rows = count;
    return TRUE;
}
