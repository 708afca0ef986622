/* audit_verify.c - the audit tree again, from the acts alone. */
#include <string.h>
#include "store/audit.h"
#include "store/private.h"

/* Acts and heads are read side by side, both in order. */
typedef struct {
    Store *store;
    Suite suite;
    GBytes *public_key;
    Query *heads;
    gboolean more_heads;
    GByteArray *previous; /* signature of the head before */
    Tree tree;
    DigestSum acts;
    guint64 head_count;
} Check;

static void check_clear(Check *check)
{
    g_bytes_unref(check->public_key);
    g_byte_array_unref(check->previous);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Check, check_clear)

static gboolean wrong(const Check *check, gint64 act, const char *what, GError **error)
{
    return error_set(error, CANDOR_ERROR_DENIED,
                     "case %s: act %" G_GINT64_FORMAT " %s: the case was tampered with", check->store->folder,
                     act, what);
}

static gboolean wrong_head(const Check *check, gint64 size, const char *what, GError **error)
{
    return error_set(error, CANDOR_ERROR_DENIED,
                     "case %s: the signed head of %" G_GINT64_FORMAT " acts %s: the case was tampered with",
                     check->store->folder, size, what);
}

/* --- heads ----------------------------------------------------------------------------------------------------- */

/* Step to the next head; FALSE only for the store's own errors. */
static gboolean next_head(Check *check, GError **error)
{
    check->more_heads = query_step(check->heads, error);
    return query_ended(check->heads);
}

static gboolean check_head(Check *check, GError **error)
{
    guint8 root[TREE_HASH_BYTES];
    gint64 size = query_get_int(check->heads, 0);
    Span stored = query_get_blob(check->heads, 1), signature = query_get_blob(check->heads, 4);
    tree_root(&check->tree, root);
    if (stored.n != sizeof root || memcmp(stored.p, root, sizeof root) != 0)
        return wrong_head(check, size, "has another root than the acts up to it", error);
    if (!span_equals(query_get_text(check->heads, 3), suite_name(check->suite)))
        return wrong_head(check, size, "names another suite than the case", error);
    Span previous = {(const char *)check->previous->data, check->previous->len};
    g_autoptr(GByteArray) message = audit_head_message(size, root, query_get_int(check->heads, 2), previous);
    if (!signature_verifies(check->suite, check->public_key,
                            (Span){(const char *)message->data, message->len}, signature))
        return wrong_head(check, size, "is not signed by the key of the case, or the head before it is gone",
                          error);
    g_byte_array_set_size(check->previous, 0);
    g_byte_array_append(check->previous, (const guint8 *)signature.p, (guint)signature.n);
    check->head_count++;
    return next_head(check, error);
}

/* --- acts ------------------------------------------------------------------------------------------------------ */

/* The columns beside the row must say what the row says: "KIND 1", at, run. */
static gboolean columns_agree(Query *act, Span row)
{
    Span kind = query_get_text(act, 2);
    g_autofree char *kind_text = span_dup(kind);
    g_autofree char *head = g_strdup_printf("%s 1\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t", kind_text,
                                            query_get_int(act, 3), query_get_int(act, 1));
    gsize n = strlen(head);
    return (row.n >= n && memcmp(row.p, head, n) == 0) || (row.n == n - 1 && memcmp(row.p, head, n - 1) == 0);
}

static gboolean check_act(Check *check, Query *act, GError **error)
{
    gint64 n = query_get_int(act, 0), expected = (gint64)check->tree.size + 1;
    Span row = query_get_text(act, 4), salt = query_get_blob(act, 5), stored = query_get_blob(act, 6);
    guint8 leaf[TREE_HASH_BYTES];
    if (n != expected)
        return wrong(check, expected, n > expected ? "is gone or was moved" : "stands before the first",
                     error);
    audit_leaf(salt, row, leaf);
    if (stored.n != sizeof leaf || salt.n != AUDIT_SALT_BYTES || memcmp(stored.p, leaf, sizeof leaf) != 0)
        return wrong(check, n, "was changed or moved", error);
    if (!columns_agree(act, row))
        return wrong(check, n, "has columns that say something else than its row", error);
    tree_append(&check->tree, leaf);
    digest_sum_add(&check->acts, row);
    if (check->more_heads && query_get_int(check->heads, 0) == n)
        return check_head(check, error);
    if (check->more_heads && query_get_int(check->heads, 0) < n)
        return wrong_head(check, query_get_int(check->heads, 0), "is of acts that never were", error);
    return TRUE;
}

static gboolean check_acts(Check *check, GError **error)
{
    Query *act = store_query(check->store, "act.all", error);
    if (!act)
        return FALSE;
    while (query_step(act, error))
        if (!check_act(check, act, error))
            return FALSE;
    return query_ended(act);
}

/* --- the end --------------------------------------------------------------------------------------------------- */

/* Acts cut off the end together with their heads leave a tree that is whole in itself; the digest counted them. */
static gboolean check_end(Check *check, gint64 covered, GError **error)
{
    if (check->more_heads)
        return wrong_head(check, query_get_int(check->heads, 0), "is of more acts than there are", error);
    if ((guint64)covered != check->tree.size)
        return wrong(check, covered + 1, "is under no signed head", error);
    g_autofree char *counted = store_digest(check->store, "act", error);
    g_autofree char *found = digest_sum_hex(&check->acts);
    if (!counted)
        return FALSE;
    return strcmp(counted, found) == 0 ||
           wrong(check, covered + 1, "and any after it are gone from the end", error);
}

/* The fields of the act's row, behind kind, time and run, must be what its table holds from column `first` on. */
static gboolean table_agrees(Query *query, guint first)
{
    g_auto(RowBuffer) rows = {.ceiling = 1 << 20};
    row_begin(&rows, 'A');
    for (guint i = first; i < query_columns(query); i++)
        query_put_canonical(query, i, &rows);
    Span row = query_get_text(query, 1);
    return !rows.failed && row.n >= rows.length - 1 &&
           memcmp(row.p + row.n - (rows.length - 1), rows.bytes + 1, rows.length - 1) == 0;
}

/* The digest of an act's set is its last field. */
static gboolean check_set(Check *check, const char *kind, gint64 n, Span digest, GError **error)
{
    g_autofree char *kept = span_dup(digest);
    g_autofree char *found = act_set_digest(check->store, kind, n, error);
    if (!found)
        return FALSE;
    return strcmp(found, kept) == 0 || wrong(check, n, "has other lines than were signed", error);
}

/* Every row of an act's own table is what its act says, and neither lacks the other. */
static gboolean check_table(Check *check, const char *statement, const char *kind, GError **error)
{
    gboolean has_set = act_has_set(kind);
    Query *query = store_query(check->store, statement, error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        gint64 n = query_get_int(query, 0);
        if (!table_agrees(query, 2))
            return wrong(check, n, "says something else than its row in the table of its kind", error);
        if (has_set && !check_set(check, kind, n, query_get_text(query, query_columns(query) - 1), error))
            return FALSE;
    }
    return query_ended(query);
}

static gboolean check_tables(Check *check, GError **error)
{
    static const char rows_of[] = "act_rows.";
    for (guint i = 0; i < sql_statement_count; i++) {
        const char *name = sql_statements[i].name;
        if (g_str_has_prefix(name, rows_of) && !check_table(check, name, name + strlen(rows_of), error))
            return FALSE;
    }
    return TRUE;
}

/* The key that signs: that of the keys at hand, else the one that the case names. */
static GBytes *public_key_of(Store *store, Suite *suite, GError **error)
{
    if (store->keys) {
        *suite = case_keys_suite(store->keys);
        return case_keys_public(store->keys);
    }
    g_autofree char *name = store_meta(store, "suite", error);
    g_autofree char *hex = name ? store_meta(store, "public_key", error) : NULL;
    if (!hex)
        return NULL;
    guint8 bytes[SIGNATURE_MAX_BYTES];
    gsize n = strlen(hex) / 2;
    *suite = strcmp(name, suite_name(SUITE_OPENSSL)) == 0 ? SUITE_OPENSSL : SUITE_SODIUM;
    if (n > sizeof bytes || !row_hex(span_of_string(hex), bytes, n)) {
        error_set(error, CANDOR_ERROR_FORMAT, "case %s: its public key is not hexadecimal", store->folder);
        return NULL;
    }
    return g_bytes_new(bytes, n);
}

gboolean audit_verify(Store *store, guint64 *acts, guint64 *heads, GError **error)
{
    Suite suite = SUITE_SODIUM;
    GBytes *public_key = public_key_of(store, &suite, error);
    if (!public_key)
        return FALSE;
    g_auto(Check)
        check = {.store = store, .suite = suite, .public_key = public_key, .acts = {.table = "act"}};
    check.previous = g_byte_array_new();
    gint64 covered;
    if (!store_ask_int(store, "head.covered", &covered, error) ||
        !(check.heads = store_query(store, "head.all", error)) || !next_head(&check, error) ||
        !check_acts(&check, error) || !check_end(&check, covered, error) || !check_tables(&check, error))
        return FALSE;
    *acts = check.tree.size;
    *heads = check.head_count;
    return TRUE;
}
