/* plan_acts.c - rulings and holds as the plan joins them. */
#include "notify/plan_acts.h"

#include "lib/sha256.h"
#include "nouns/rule.h"
#include "notify/statement.h"

/* --- types that were renamed ------------------------------------------------------------------------------------ */

static gboolean add_rename(Store *store, const char *was, const char *now, GError **error)
{
    Query *query = store_query(store, "plan.rename_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(was));
    query_text(query, 2, span_of_string(now));
    return query_run(query, error);
}

/* A type that was renamed twice says only what it was last: the names of those before lead to it one by one. */
static const char *newest_name(GHashTable *now_of, const char *was)
{
    const char *now = g_hash_table_lookup(now_of, was);
    for (guint steps = 0; steps < g_hash_table_size(now_of) && g_hash_table_contains(now_of, now); steps++)
        now = g_hash_table_lookup(now_of, now);
    return now;
}

static gboolean add_renames(Store *store, const Rules *rules, GError **error)
{
    g_autoptr(GHashTable) now_of = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rules->types->len; i++) {
        const Type *type = rules->types->pdata[i];
        if (type->was)
            g_hash_table_insert(now_of, type->was, type->id);
    }
    GHashTableIter renames;
    gpointer was;
    g_hash_table_iter_init(&renames, now_of);
    while (g_hash_table_iter_next(&renames, &was, NULL))
        if (!add_rename(store, was, newest_name(now_of, was), error))
            return FALSE;
    return TRUE;
}

gboolean plan_renames(Store *store, const char *data_dir, GError **error)
{
    static const char *const clear[] = {"plan.rename_clear", NULL};
    if (!statements_run(store, clear, error))
        return FALSE;
    if (!data_dir)
        return TRUE;
    g_autoptr(Rules) rules = rules_load(data_dir, NULL, error);
    return rules && add_renames(store, rules, error);
}

/* --- rulings ---------------------------------------------------------------------------------------------------- */

static gboolean is_about_telling(Span verb)
{
    return span_equals(verb, "keep") || span_equals(verb, "correct");
}

/* One row of plan.rulings, whose content is resolved. */
static gboolean add_ruling(Store *store, Query *ruling, gint64 content, GError **error)
{
    gsize n = 0;
    Span verb = query_get_text(ruling, 1);
    g_autofree guint8 *mark = bytes_of_hex(query_get_text(ruling, 7), &n);
    Query *query = store_query(store, "plan.ruling_add", error);
    if (!query)
        return FALSE;
    query_text(query, 1, query_get_text(ruling, 2));
    query_int(query, 2, query_get_int(ruling, 3));
    query_int(query, 3, content);
    query_text(query, 4, query_get_text(ruling, 5));
    query_text(query, 5, query_get_text(ruling, 6));
    query_blob(query, 6, n ? (Span){(const char *)mark, n} : SPAN_OF(""));
    query_int(query, 7, is_about_telling(verb));
    query_int(query, 8, query_get_int(ruling, 0));
    query_text(query, 9, verb);
    query_int(query, 10, query_get_int(ruling, 8));
    query_text(query, 11, query_get_text(ruling, 9));
    return query_run(query, error);
}

gboolean plan_rulings(Store *store, GError **error)
{
    static const char *const clear[] = {"plan.ruling_clear", NULL};
    Query *rulings = statements_run(store, clear, error) ? store_query(store, "plan.rulings", error) : NULL;
    if (!rulings)
        return FALSE;
    while (query_step(rulings, error)) {
        gint64 content = 0;
        Span hex = query_get_text(rulings, 4);
        if (!content_named(store, hex, &content, error))
            return FALSE;
        if ((content || !hex.n) && !add_ruling(store, rulings, content, error))
            return FALSE;
    }
    return query_ended(rulings);
}

/* --- holds ------------------------------------------------------------------------------------------------------ */

static gboolean lift_hold(Store *store, Query *hold, gint64 content, GError **error)
{
    Query *query = store_query(store, "plan.hold_lift", error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    query_text(query, 2, query_get_text(hold, 2));
    query_int(query, 3, query_get_int(hold, 0));
    return query_run(query, error);
}

/* A hold that stands already only gets another owner or end. */
static gboolean add_hold(Store *store, Query *hold, gint64 content, GError **error)
{
    Query *query = store_query(store, "plan.hold_again", error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    query_text(query, 2, query_get_text(hold, 2));
    query_text(query, 3, query_get_text(hold, 4));
    query_int(query, 4, query_get_int(hold, 5));
    if (!query_run(query, error))
        return FALSE;
    if (store_changes(store) > 0)
        return TRUE;
    query = store_query(store, "plan.hold_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    query_text(query, 2, query_get_text(hold, 2));
    query_int(query, 3, query_get_int(hold, 0));
    query_text(query, 4, query_get_text(hold, 4));
    query_int(query, 5, query_get_int(hold, 5));
    return query_run(query, error);
}

gboolean plan_holds(Store *store, GError **error)
{
    static const char *const clear[] = {"plan.hold_clear", NULL};
    Query *holds = statements_run(store, clear, error) ? store_query(store, "plan.holds", error) : NULL;
    if (!holds)
        return FALSE;
    while (query_step(holds, error)) {
        gint64 content = 0;
        Span hex = query_get_text(holds, 1);
        if (!content_named(store, hex, &content, error))
            return FALSE;
        if (hex.n && !content)
            continue;
        if (span_equals(query_get_text(holds, 3), "lifted") ? !lift_hold(store, holds, content, error)
                                                            : !add_hold(store, holds, content, error))
            return FALSE;
    }
    return query_ended(holds);
}

/* --- parts without bytes of their own --------------------------------------------------------------------------- */

static gboolean add_read(Store *store, gint64 class, Span key, Span path, GError **error)
{
    guint8 mark[SHA256_BYTES];
    sha256_pieces((const Span[]){key, path}, 2, mark);
    Query *query = store_query(store, "plan.read_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, class);
    query_blob(query, 2, (Span){(const char *)mark, sizeof mark});
    return query_run(query, error);
}

gboolean plan_reads_unhashed(Store *store, GError **error)
{
    Query *parts = store_query(store, "plan.unhashed", error);
    if (!parts)
        return FALSE;
    while (query_step(parts, error))
        if (!add_read(store, query_get_int(parts, 0), query_get_blob(parts, 1), query_get_text(parts, 2),
                      error))
            return FALSE;
    return query_ended(parts);
}
