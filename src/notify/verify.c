/* verify.c - the rendered notices are those that were approved. */
#include "notify/notify.h"

#include "notify/outbox.h"

static gboolean verify_file(const char *folder, const char *reference, const char *ending, Span hash,
                            guint64 *files, GError **error)
{
    g_autofree char *approved = span_dup(hash);
    if (!outbox_has(folder, reference, ending))
        return TRUE;
    ++*files;
    return outbox_holds(folder, reference, ending, approved, error);
}

gboolean notify_verify(Store *store, guint64 *files, GError **error)
{
    Query *query = store_query(store, "notify.rendered", error);
    if (!query)
        return FALSE;
    for (*files = 0; query_step(query, error);) {
        g_autofree char *wave = span_dup(query_get_text(query, 0));
        g_autofree char *reference = span_dup(query_get_text(query, 1));
        g_autofree char *folder = outbox_folder(store, wave);
        if (!verify_file(folder, reference, "txt", query_get_text(query, 2), files, error) ||
            !verify_file(folder, reference, "html", query_get_text(query, 3), files, error))
            return FALSE;
    }
    return query_ended(query) && outbox_is_clean(store, error);
}
