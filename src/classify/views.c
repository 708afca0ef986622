/* views.c - raw strings to strings that may be shown. */
#include "classify/views.h"

/* Where raw strings come from, where the matches in them, and where views go: names of statements. The first two give
 * rows in the order of (content, path). */
typedef struct {
    const char *values, *matches, *add, *context;
} ViewKind;

static const ViewKind subjects = {"classify.subjects", "classify.subject_matches",
                                  "classify.subject_view_add", "subject"};
static const ViewKind filenames = {"classify.filenames", "classify.filename_matches",
                                   "classify.filename_view_add", "filename"};

/* A query that is walked beside another. */
typedef struct {
    Query *query;
    gboolean here; /* it stands on a row */
} Cursor;

static gboolean advance(Cursor *cursor, GError **error)
{
    cursor->here = query_step(cursor->query, error);
    return query_ended(cursor->query);
}

static gint compare_spans(Span a, Span b)
{
    gint order = memcmp(a.n ? a.p : "", b.n ? b.p : "", MIN(a.n, b.n));
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* Where the match stands against (content, path): before, at, behind. */
static gint compare(const Cursor *match, gint64 content, Span path)
{
    gint64 other = query_get_int(match->query, 0);
    if (other != content)
        return other < content ? -1 : 1;
    return compare_spans(query_get_text(match->query, 1), path);
}

/* `raw` with each match that lies in it replaced by its mask; moves the cursor behind them. */
static char *masked(const char *raw, gint64 content, Span path, Cursor *match, GError **error)
{
    g_autoptr(GString) view = g_string_new(NULL);
    gsize length = strlen(raw), copied = 0;
    while (match->here && compare(match, content, path) <= 0) {
        gsize start = (gsize)query_get_int(match->query, 2), stop = (gsize)query_get_int(match->query, 3);
        gboolean within =
            compare(match, content, path) == 0 && start >= copied && start <= stop && stop <= length;
        if (within) {
            Span mask = query_get_text(match->query, 4);
            g_string_append_len(view, raw + copied, (gssize)(start - copied));
            g_string_append_len(view, mask.p, (gssize)mask.n);
        }
        /* A match that begins within one before it hides its own tail too. */
        if (compare(match, content, path) == 0 && stop <= length && stop > copied)
            copied = stop;
        if (!advance(match, error))
            return NULL;
    }
    g_string_append_len(view, raw + copied, (gssize)(length - copied));
    return g_string_free(g_steal_pointer(&view), FALSE);
}

static gboolean put_view(Store *store, const ViewKind *kind, gint64 content, Span path, const char *view,
                         GError **error)
{
    Query *query = store_query(store, kind->add, error);
    if (!query)
        return FALSE;
    query_int(query, 1, content);
    guint last = 2;
    if (kind == &filenames)
        query_text(query, last++, path);
    query_sealed(query, last, "view", span_of_string(view));
    return query_run(query, error);
}

static gboolean build(Store *store, const ViewKind *kind, GError **error)
{
    Cursor value = {.query = store_query(store, kind->values, error)};
    Cursor match = {.query = value.query ? store_query(store, kind->matches, error) : NULL};
    if (!match.query || !advance(&match, error) || !advance(&value, error))
        return FALSE;
    while (value.here) {
        gint64 content = query_get_int(value.query, 0);
        Span path = query_get_text(value.query, 1);
        g_autoptr(GError) cause = NULL;
        g_autofree char *raw = query_get_sealed(value.query, 2, kind->context, &cause);
        g_autofree char *view = cause ? NULL : masked(raw, content, path, &match, &cause);
        if (cause || !put_view(store, kind, content, path, view, &cause)) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
        if (!advance(&value, error))
            return FALSE;
    }
    return TRUE;
}

gboolean views_build(Store *store, GError **error)
{
    return build(store, &subjects, error) && build(store, &filenames, error);
}
