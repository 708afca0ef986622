/* act_record.c - acts that have a table of their own, some with a set of lines behind them. */
#include <string.h>
#include "lib/sha256.h"
#include "store/audit.h"
#include "store/private.h"

#define ACT_FIELDS_MAX 16
/* One line of a set: a fact, an address. */
#define SET_LINE_MAX_BYTES (64 << 10)

/* --- sets ------------------------------------------------------------------------------------------------------ */

static int by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *line_of(Query *query, GError **error)
{
    g_auto(RowBuffer) line = {.ceiling = SET_LINE_MAX_BYTES};
    row_begin(&line, 'L');
    for (guint i = 0; i < query_columns(query); i++)
        query_put_canonical(query, i, &line);
    if (line.failed) {
        error_set(error, CANDOR_ERROR_LIMIT, "a line of an act's set has more than %d bytes",
                  SET_LINE_MAX_BYTES);
        return NULL;
    }
    return g_strndup((const char *)line.bytes, line.length);
}

static GPtrArray *lines_of(Query *query, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    while (query_step(query, error)) {
        char *line = line_of(query, error);
        if (!line)
            return NULL;
        g_ptr_array_add(lines, line);
    }
    return query_ended(query) ? g_steal_pointer(&lines) : NULL;
}

/* In whatever order the lines were put in, or the database gives them: sorted by their bytes. */
char *act_set_digest(Store *store, const char *kind, gint64 act, GError **error)
{
    g_autofree char *name = g_strconcat("act_set.", kind, NULL);
    Query *query = store_query(store, name, error);
    if (!query)
        return NULL;
    query_int(query, 1, act);
    g_autoptr(GPtrArray) lines = lines_of(query, error);
    if (!lines)
        return NULL;
    g_ptr_array_sort(lines, by_bytes);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < lines->len; i++)
        g_checksum_update(sum, lines->pdata[i], (gssize)strlen(lines->pdata[i]));
    return g_strdup(g_checksum_get_string(sum));
}

gboolean act_has_set(const char *kind)
{
    g_autofree char *name = g_strconcat("act_set.", kind, NULL);
    return sql_statement(name) != NULL;
}

/* --- recording ------------------------------------------------------------------------------------------------- */

static gboolean add_row(Store *store, const char *kind, gint64 act, const Span *fields, guint n,
                        GError **error)
{
    g_autofree char *name = g_strconcat("act_add.", kind, NULL);
    Query *query = store_query(store, name, error);
    if (!query)
        return FALSE;
    query_int(query, 1, act);
    for (guint i = 0; i < n; i++)
        query_text(query, i + 2, fields[i]);
    return query_run(query, error);
}

/* What a stage may see of an act's table: its rows, without number, time or run. */
static void add_to_digest(Store *store, const char *kind, const Span *fields, guint n)
{
    g_autofree char *table = g_strconcat("act_", kind, NULL);
    store_digest_fields(store, table, fields, n);
}

gboolean act_next(Store *store, gint64 *act, GError **error)
{
    return store_ask_int(store, "act_next", act, error);
}

gboolean act_record(Store *store, Run *run, const char *kind, const Span *fields, guint n, gint64 *act,
                    GError **error)
{
    Span all[ACT_FIELDS_MAX];
    g_autofree char *digest = NULL;
    gint64 number;
    if (n >= ACT_FIELDS_MAX)
        return error_set(error, CANDOR_ERROR_BUG, "act %s has %u fields", kind, n);
    if (n)
        memcpy(all, fields, n * sizeof *fields);
    if (!act_next(store, &number, error))
        return FALSE;
    if (act_has_set(kind)) {
        digest = act_set_digest(store, kind, number, error);
        if (!digest)
            return FALSE;
        all[n++] = span_of_string(digest);
    }
    if (!act_append(store, run, kind, all, n, error) || !add_row(store, kind, number, all, n, error))
        return FALSE;
    add_to_digest(store, kind, all, n);
    if (act)
        *act = number;
    return TRUE;
}
