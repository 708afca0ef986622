/* rulings.c - what people ruled, applied one after the other: the newest word on a thing holds. */
#include "attribute/rulings.h"

#include <string.h>
#include "nouns/fact.h"

/* --- loading --------------------------------------------------------------------------------------------------- */

static const char *take_text(Query *query, guint column)
{
    g_autofree char *text = span_dup(query_get_text(query, column));
    return g_intern_string(text);
}

/* A mark of a wrong form, which the command lets nobody write, is none. */
static void take_mark(Ruling *ruling, Span hex)
{
    ruling->mark_n = MIN(hex.n / 2, sizeof ruling->mark);
    if (!row_hex(hex, ruling->mark, ruling->mark_n))
        ruling->mark_n = 0;
}

/* The twin class of the content whose key this is; 0 when it is not collected. */
static gboolean find_class(Store *store, const char *key_in_hex, gint64 *class, GError **error)
{
    guint8 key[DIGEST_BYTES];
    Query *query = store_query(store, "attribute.class_of_key", error);
    if (!query)
        return FALSE;
    *class = 0;
    if (!row_hex(span_of_string(key_in_hex), key, sizeof key))
        return error_set(error, CANDOR_ERROR_FORMAT, "a ruling names no content key");
    gint64 k64 = 0;
    memcpy(&k64, key, sizeof k64);
    query_int(query, 1, GINT64_FROM_BE(k64));
    query_blob(query, 2, (Span){(const char *)key, sizeof key});
    while (query_step(query, error))
        *class = query_get_int(query, 0);
    return query_ended(query);
}

static gboolean load_rows(Store *store, GArray *rulings, GPtrArray *contents, GError **error)
{
    Query *query = store_query(store, "attribute.rulings", error);
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        Ruling ruling = {
            .verb = take_text(query, 0),
            .whom = take_text(query, 1),
            .kind = query_get_int(query, 2),
            .subject = take_text(query, 4),
            .type = take_text(query, 5),
            .level = query_get_int(query, 7),
            .other = take_text(query, 8),
        };
        take_mark(&ruling, query_get_text(query, 6));
        g_array_append_val(rulings, ruling);
        g_ptr_array_add(contents, (gpointer)take_text(query, 3));
    }
    return query_ended(query);
}

GHashTable *rulings_mergers(const GArray *rulings)
{
    GHashTable *mergers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rulings->len; i++) {
        const Ruling *ruling = &g_array_index(rulings, Ruling, i);
        if (strcmp(ruling->verb, "merge") != 0)
            continue;
        if (ruling->whom == ruling->other)
            g_hash_table_remove(mergers, ruling->whom);
        else
            g_hash_table_insert(mergers, (gpointer)ruling->whom, (gpointer)ruling->other);
    }
    return mergers;
}

const char *mergers_follow(GHashTable *mergers, const char *whom)
{
    const char *at = whom;
    for (guint i = 0; i <= g_hash_table_size(mergers); i++) {
        const char *next = g_hash_table_lookup(mergers, at);
        if (!next)
            return at;
        at = next;
    }
    return whom;
}

/* What was ruled of a customer that another took over holds for that one; of mergers, those that were not undone. */
static void pass_on(GArray *rulings)
{
    g_autoptr(GHashTable) mergers = rulings_mergers(rulings);
    for (guint i = 0; i < rulings->len; i++) {
        Ruling *ruling = &g_array_index(rulings, Ruling, i);
        gboolean merges = strcmp(ruling->verb, "merge") == 0;
        if (merges && g_hash_table_lookup(mergers, ruling->whom) != ruling->other)
            ruling->verb = "undone";
        if (merges || strcmp(ruling->verb, "rename") == 0)
            continue;
        if (strcmp(ruling->verb, "split") != 0)
            ruling->whom = mergers_follow(mergers, ruling->whom);
        if (strcmp(ruling->verb, "owner") == 0)
            ruling->other = mergers_follow(mergers, ruling->other);
    }
}

GArray *rulings_load(Store *store, GError **error)
{
    g_autoptr(GArray) rulings = g_array_new(FALSE, FALSE, sizeof(Ruling));
    g_autoptr(GPtrArray) contents = g_ptr_array_new();
    if (!load_rows(store, rulings, contents, error))
        return NULL;
    for (guint i = 0; i < rulings->len; i++) {
        Ruling *ruling = &g_array_index(rulings, Ruling, i);
        ruling->of_content = *(const char *)contents->pdata[i] != 0;
        if (ruling->of_content && !find_class(store, contents->pdata[i], &ruling->class, error))
            return NULL;
    }
    pass_on(rulings);
    return g_steal_pointer(&rulings);
}

/* --- applying -------------------------------------------------------------------------------------------------- */

/* One word about customers, links, owners or facts, and the statement that carries it out. Binds what it needs. */
typedef struct {
    const char *verb;
    gint64 kind; /* only rulings of this kind, 0: of any */
    const char *statement;
    void (*bind)(Query *query, const Ruling *ruling);
} Deed;

static gboolean carry_out(Store *store, const Deed *deed, const Ruling *ruling, GError **error)
{
    Query *query = store_query(store, deed->statement, error);
    if (!query)
        return FALSE;
    deed->bind(query, ruling);
    return query_run(query, error);
}

static gboolean apply(Store *store, const GArray *rulings, const Deed *deeds, guint n, GError **error)
{
    for (guint i = 0; i < rulings->len; i++) {
        const Ruling *ruling = &g_array_index(rulings, Ruling, i);
        if (ruling->of_content && !ruling->class)
            continue; /* of mail that is not in the case any more than in the list */
        for (guint d = 0; d < n; d++)
            if (strcmp(deeds[d].verb, ruling->verb) == 0 &&
                (!deeds[d].kind || deeds[d].kind == ruling->kind) &&
                !carry_out(store, &deeds[d], ruling, error))
                return FALSE;
    }
    return TRUE;
}

static void bind_whom_and_other(Query *query, const Ruling *ruling)
{
    query_text(query, 1, span_of_string(ruling->whom));
    query_text(query, 2, span_of_string(ruling->other));
}

static void bind_class_and_whom(Query *query, const Ruling *ruling)
{
    query_int(query, 1, ruling->class);
    query_text(query, 2, span_of_string(ruling->whom));
}

static void bind_mark(Query *query, guint parameter, const Ruling *ruling)
{
    query_blob(query, parameter, (Span){(const char *)ruling->mark, ruling->mark_n});
}

static void bind_findings(Query *query, const Ruling *ruling)
{
    query_int(query, 1, ruling->class);
    query_text(query, 2, span_of_string(ruling->type));
    bind_mark(query, 3, ruling);
    query_int(query, 4, ruling->mark_n > 0);
}

static void bind_findings_and_other(Query *query, const Ruling *ruling)
{
    bind_findings(query, ruling);
    query_text(query, 5, span_of_string(ruling->other));
}

static void bind_key(Query *query, const Ruling *ruling)
{
    query_text(query, 1, span_of_string(ruling->whom));
    query_int(query, 2, ruling->kind);
    query_int(query, 3, ruling->class);
    query_text(query, 4, span_of_string(ruling->subject));
    query_text(query, 5, span_of_string(ruling->type));
    bind_mark(query, 6, ruling);
}

static void bind_fact(Query *query, const Ruling *ruling)
{
    bind_key(query, ruling);
    query_int(query, 7, ruling->level);
}

/* What a ruling leaves open it is about in whole: ?7 says whether a mark is named. */
static void bind_pattern(Query *query, const Ruling *ruling)
{
    bind_key(query, ruling);
    query_int(query, 7, ruling->mark_n > 0);
}

static void bind_pattern_and_level(Query *query, const Ruling *ruling)
{
    bind_pattern(query, ruling);
    query_int(query, 8, ruling->level);
}

static void bind_findings_and_whom(Query *query, const Ruling *ruling)
{
    bind_findings(query, ruling);
    query_text(query, 5, span_of_string(ruling->whom));
}

gboolean rulings_on_customers(Store *store, const GArray *rulings, GError **error)
{
    static const Deed deeds[] = {
        {"merge", 0, "attribute.customer_merge", bind_whom_and_other},
        {"split", 0, "attribute.customer_split", bind_whom_and_other},
        {"rename", 0, "attribute.customer_rename", bind_whom_and_other},
    };
    return apply(store, rulings, deeds, G_N_ELEMENTS(deeds), error);
}

gboolean rulings_on_links(Store *store, const GArray *rulings, GError **error)
{
    static const Deed deeds[] = {
        {"add", FACT_TAKEN, "attribute.link_add", bind_class_and_whom},
        {"remove", FACT_TAKEN, "attribute.link_remove", bind_class_and_whom},
    };
    return apply(store, rulings, deeds, G_N_ELEMENTS(deeds), error);
}

gboolean rulings_on_owners(Store *store, const GArray *rulings, GError **error)
{
    static const Deed deeds[] = {
        {"owner", 0, "attribute.owner_forget", bind_findings},
        {"owner", 0, "attribute.owner_set", bind_findings_and_other},
        {"add", FACT_DATA, "attribute.owner_add", bind_findings_and_whom},
        {"remove", FACT_DATA, "attribute.owner_remove", bind_findings_and_whom},
    };
    return apply(store, rulings, deeds, G_N_ELEMENTS(deeds), error);
}

gboolean rulings_on_exposure(Store *store, const GArray *rulings, GError **error)
{
    static const Deed deeds[] = {
        {"add", 0, "attribute.fact_remove", bind_pattern},
        {"add", 0, "attribute.fact_add", bind_fact},
        {"remove", 0, "attribute.fact_remove", bind_pattern},
        {"level", 0, "attribute.fact_level", bind_pattern_and_level},
    };
    return apply(store, rulings, deeds, G_N_ELEMENTS(deeds), error);
}

gboolean rulings_on_review(Store *store, const GArray *rulings, GError **error)
{
    static const Deed deeds[] = {
        {"add", 0, "attribute.review_ruled", bind_pattern},
        {"remove", 0, "attribute.review_ruled", bind_pattern},
        {"level", 0, "attribute.review_ruled", bind_pattern},
        {"owner", 0, "attribute.review_owned", bind_findings},
        {"add", FACT_DATA, "attribute.review_owned", bind_findings},
        {"remove", FACT_DATA, "attribute.review_owned", bind_findings},
    };
    return apply(store, rulings, deeds, G_N_ELEMENTS(deeds), error);
}
