/* counts.c - sums over every part and every finding of a case, kept. */
#include "cli/counts.h"

#include <string.h>
#include "cli/ask.h"

static const char *const names[] = {"counts.read", "counts.scanned", "counts.unscanned", "counts.findings",
                                    "counts.found_in"};
G_STATIC_ASSERT(sizeof(Counts) == G_N_ELEMENTS(names) * sizeof(gint64));

/* The tables that are counted, as they are now. */
static const char *const counted[] = {"reading_attempt", "conversion", "finding"};

/* Their digests, one after the other. */
static char *counted_of(Store *store, GError **error)
{
    g_autoptr(GString) of = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(counted); i++) {
        g_autofree char *digest = store_digest(store, counted[i], error);
        if (!digest)
            return NULL;
        g_string_append(of, digest);
    }
    return g_strdup(of->str);
}

static gboolean count(Store *store, Counts *counts, GError **error)
{
    return ask_numbers(store, "status.bytes", &counts->read, 3, error) &&
           ask_numbers(store, "status.findings", &counts->findings, 2, error);
}

static gboolean keep(Store *store, const char *name, const char *value, GError **error)
{
    Query *query = store_query(store, "meta.set", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(name));
    query_text(query, 2, span_of_string(value));
    return query_run(query, error);
}

static gboolean keep_all(Store *store, const char *of, const Counts *counts, GError **error)
{
    const gint64 *numbers = (const gint64 *)counts;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, numbers[i]);
        if (!keep(store, names[i], number, error))
            return FALSE;
    }
    return keep(store, "counts.of", of, error);
}

gboolean counts_keep(Store *store, GError **error)
{
    Counts counts;
    g_autofree char *of = counted_of(store, error);
    if (!of || !count(store, &counts, error) || !store_begin(store, error))
        return FALSE;
    if (keep_all(store, of, &counts, error))
        return store_commit(store, error);
    store_rollback(store);
    return FALSE;
}

static gboolean read_kept(Store *store, Counts *counts, GError **error)
{
    gint64 *numbers = (gint64 *)counts;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *number = ask_text_of(store, "counts.kept", names[i], error);
        if (!number)
            return FALSE;
        numbers[i] = g_ascii_strtoll(number, NULL, 10);
    }
    return TRUE;
}

gboolean counts_are_kept(Store *store, gboolean *kept, GError **error)
{
    g_autofree char *now = counted_of(store, error);
    g_autofree char *then = now ? ask_text_of(store, "counts.kept", "counts.of", error) : NULL;
    *kept = then && strcmp(now, then) == 0;
    return then != NULL;
}

gboolean counts_read(Store *store, Counts *counts, GError **error)
{
    gboolean kept;
    return counts_are_kept(store, &kept, error) &&
           (kept ? read_kept(store, counts, error) : count(store, counts, error));
}
