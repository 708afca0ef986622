/* register.c - a source is registered: its files become items, and units in which they are read. */
#include <stdlib.h>

#include "collect/logs.h"
#include "collect/registering.h"
#include "store/digest_rows.h"

/* A unit of single mails: neither so large that its rows fill memory, nor so small that its box costs more than the
 * reading (doc/decisions). An mbox is cut by the worker that looks at it. */
#define UNIT_BYTES (64UL << 20)
#define UNIT_FILES 10000

/* The source at this path, or 0. */
static gboolean find_source(Registering *it, GError **error)
{
    Query *query = store_query(it->store, "collect.source_at", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(it->path));
    if (query_step(query, error)) {
        it->source = query_get_int(query, 0);
        it->name = span_dup(query_get_text(query, 1));
        it->mailbox = span_dup(query_get_text(query, 2));
        query_step(query, error);
    }
    return query_ended(query);
}

/* "alice" for the files alice.mbox, alice.pst and alice.mbox.gz; "alice.smith" for the folder of that name. */
static char *mailbox_from_name(const char *path, gboolean folder)
{
    static const char *const endings[] = {".zip", ".7z",  ".rar", ".tgz",  ".gz",  ".bz2", ".xz",
                                          ".zst", ".tar", ".cab", ".mbox", ".mbx", ".eml", ".mail",
                                          ".txt", ".pst", ".ost", ".msg",  ".emlx"};
    char *name = g_path_get_basename(path);
    for (guint i = 0; !folder && i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i]) && strlen(name) > strlen(endings[i]))
            name[strlen(name) - strlen(endings[i])] = 0;
    return name;
}

static gboolean add_source(Registering *it, const SourceGiven *given, GError **error)
{
    if (!store_ask_int(it->store, "collect.source_last", &it->source, error))
        return FALSE;
    it->source++;
    it->name = g_path_get_basename(it->path);
    it->mailbox =
        given->mailbox ? g_strdup(given->mailbox) : mailbox_from_name(it->path, it->listing->folder);
    const char *kind = it->listing->maildir ? "maildir" : it->listing->folder ? "folder" : "file";
    Query *query = store_query(it->store, "collect.source_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, it->source);
    query_text(query, 2, span_of_string(it->name));
    query_text(query, 3, span_of_string(kind));
    query_text(query, 4, span_of_string(it->mailbox));
    query_int(query, 5, it->run->now);
    if (!query_run(query, error) || !(query = store_query(it->store, "collect.source_path_add", error)))
        return FALSE;
    query_int(query, 1, it->source);
    query_int(query, 2, it->run->now);
    query_text(query, 3, span_of_string(it->path));
    digest_source(it->store, it->name, kind, it->mailbox);
    return query_run(query, error);
}

static gboolean add_custody(Registering *it, const SourceGiven *given, GError **error)
{
    const Span said[] = {span_of_string(it->path), span_of_string(given->handed_by),
                         span_of_string(given->acquired), span_of_string(given->taken_by),
                         span_of_string(given->note)};
    if (!act_append(it->store, it->run, "custody", said, G_N_ELEMENTS(said), error))
        return FALSE;
    Query *query = store_query(it->store, "collect.custody_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, it->source);
    for (guint i = 1; i < G_N_ELEMENTS(said); i++)
        query_text(query, i + 1, said[i]);
    return query_run(query, error);
}

/* A gap of the file whose item came last, or of something that is no file. */
static gboolean add_gap(Registering *it, const ListedFile *file, const GapRow *row, gboolean whole,
                        GError **error)
{
    Query *query = store_query(it->store, "import.gap", error);
    if (!query)
        return FALSE;
    query_int(query, 1, ++it->last_gap);
    query_int(query, 2, it->source);
    if (file)
        query_int(query, 3, it->last_item);
    query_int(query, 6, 0);
    query_text(query, 8, row->reason);
    query_text(query, 9, row->detail);
    query_int(query, 10, (gint64)row->bytes);
    query_int(query, 11, row->retryable ? 1 : 0);
    query_int(query, 12, whole ? 1 : 0);
    query_int(query, 13, it->run->id);
    const DigestPlace place = {span_of_string(it->name), span_of_string(it->mailbox),
                               file ? span_of_string(file->path) : SPAN_NONE};
    digest_gap(it->store, NULL, &place, whole, row);
    it->run->new_gaps++;
    it->run->retryable_gaps += row->retryable ? 1 : 0;
    return query_run(query, error);
}

/* An mbox may be empty; a file that is there for one mail held one once. */
static gboolean is_emptied_mail(const ListedFile *file, const char *kind)
{
    return g_str_equal(kind, "empty") && (file->maildir || g_str_has_suffix(file->path, ".eml"));
}

/* What is to be said of a file that is not read, or not for the first time. */
static gboolean add_item_gaps(Registering *it, const Planned *planned, const char *kind, GError **error)
{
    static const GapRow changed = {.reason = {"source-changed", 14},
                                   .detail = {"read again as it is now", 23}};
    const ListedFile *file = planned->file;
    if (planned->changed && !add_gap(it, file, &changed, FALSE, error))
        return FALSE;
    GapRow row = {
        .reason = span_of_string(planned->gap), .bytes = file->size, .retryable = planned->retryable};
    if (!planned->gap && g_str_equal(kind, "other"))
        row = (GapRow){.reason = SPAN_OF("kind-not-read"),
                       .detail = span_of_string(planned->looks),
                       .bytes = file->size};
    if (is_emptied_mail(file, kind))
        row.reason = SPAN_OF("empty");
    return !row.reason.p || add_gap(it, file, &row, TRUE, error);
}

static gboolean add_item(Registering *it, const Planned *planned, GError **error)
{
    const ListedFile *file = planned->file;
    g_autofree char *folder = list_folder_of(file->path, it->listing->maildir);
    const char *kind = planned->kind ? planned->kind : "other";
    Query *query = store_query(it->store, "collect.item_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, ++it->last_item);
    query_int(query, 2, it->source);
    query_text(query, 3, span_of_string(file->path));
    query_text(query, 4, span_of_string(folder));
    query_text(query, 5, span_of_string(kind));
    query_text(query, 6, span_of_string(planned->looks ? planned->looks : ""));
    query_int(query, 7, (gint64)file->size);
    query_int(query, 8, file->mtime);
    query_int(query, 9, (gint64)file->inode);
    digest_item(it->store, file->path, kind, file->size);
    return query_run(query, error) && add_item_gaps(it, planned, kind, error);
}

static gboolean add_unit(Registering *it, const char *kind, gint64 first, gint64 last, guint64 from,
                         guint64 to, GError **error)
{
    Query *query = store_query(it->store, "collect.unit_add", error);
    if (!query)
        return FALSE;
    query_int(query, 1, ++it->last_unit);
    query_int(query, 2, it->source);
    query_text(query, 3, span_of_string(kind));
    query_int(query, 4, first);
    query_int(query, 5, last);
    query_int(query, 6, (gint64)from);
    query_int(query, 7, (gint64)to);
    return query_run(query, error);
}

static gboolean is_single_mail(const Planned *planned)
{
    static const char *const kinds[] = {"eml", "emlx", "tnef", "msg", NULL};
    return !planned->gap && planned->kind && g_strv_contains(kinds, planned->kind);
}

/* Single mails first, so that a unit's items follow one another. */
static gboolean add_single_mails(Registering *it, GError **error)
{
    gint64 first = 0;
    guint64 bytes = 0, files = 0;
    for (guint i = 0; i < it->planned->len; i++) {
        const Planned *planned = it->planned->pdata[i];
        if (!is_single_mail(planned))
            continue;
        if (files && (files == UNIT_FILES || bytes + planned->file->size > UNIT_BYTES)) {
            if (!add_unit(it, "eml", first, it->last_item, 0, 0, error))
                return FALSE;
            bytes = files = 0;
        }
        if (!add_item(it, planned, error))
            return FALSE;
        first = files ? first : it->last_item;
        bytes += planned->file->size;
        files++;
    }
    return !files || add_unit(it, "eml", first, it->last_item, 0, 0, error);
}

static void say_empty(const Registering *it, const Planned *planned)
{
    const RunTools *tools = it->run->tools;
    if (!tools->say || it->listing->folder || *planned->file->path || !planned->kind ||
        !g_str_equal(planned->kind, "empty"))
        return;
    g_autofree char *sentence = g_strdup_printf("%s is empty: there is no message in it", it->path);
    tools->say(tools->user, sentence);
}

static gboolean has_ranges(const char *kind)
{
    return g_str_equal(kind, "mbox") || g_str_equal(kind, "pst") || g_str_equal(kind, "archive") ||
           is_log_kind(kind);
}

/* The unit of an archive has places, since it holds gaps of members and no bytes of messages. */
static gboolean add_ranges(Registering *it, const Planned *planned, GError **error)
{
    guint64 shift = g_str_equal(planned->kind, "archive") ? PLACES_RECOVERED : 0;
    for (guint i = 0; i < planned->ranges->len; i++) {
        const guint64 *range = &g_array_index(planned->ranges, guint64, 2 * i);
        if (!add_unit(it, planned->kind, it->last_item, it->last_item, range[0] + shift, range[1] + shift,
                      error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_others(Registering *it, GError **error)
{
    for (guint i = 0; i < it->planned->len; i++) {
        const Planned *planned = it->planned->pdata[i];
        if (is_single_mail(planned))
            continue;
        say_empty(it, planned);
        if (!add_item(it, planned, error))
            return FALSE;
        if (planned->gap || !planned->kind || !has_ranges(planned->kind))
            continue;
        if (!add_ranges(it, planned, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add_listing_gaps(Registering *it, GError **error)
{
    for (guint i = 0; i < it->listing->gaps->len; i++) {
        const ListedGap *gap = it->listing->gaps->pdata[i];
        const GapRow row = {.reason = span_of_string(gap->reason), .detail = span_of_string(gap->path)};
        if (!add_gap(it, NULL, &row, TRUE, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean register_all(Registering *it, const SourceGiven *given, GError **error)
{
    if (!store_ask_int(it->store, "collect.item_last", &it->last_item, error) ||
        !store_ask_int(it->store, "collect.unit_last", &it->last_unit, error) ||
        !store_ask_int(it->store, "import.gap_last", &it->last_gap, error))
        return FALSE;
    gboolean known = it->source != 0;
    if (!known &&
        !(add_source(it, given, error) && add_custody(it, given, error) && add_listing_gaps(it, error)))
        return FALSE;
    return add_single_mails(it, error) && add_others(it, error) &&
           (given->covers_from == MOMENT_NONE || state_logs(it, given, error));
}

/* Everything about the source in one transaction, once workers have looked at its files. */
static gboolean register_source(Registering *it, const SourceGiven *given, GError **error)
{
    if (!find_source(it, error) || !choose_files(it, error) || !plan_files(it, error) ||
        !store_begin(it->store, error))
        return FALSE;
    if (register_all(it, given, error) && store_commit(it->store, error))
        return TRUE;
    store_rollback(it->store);
    return FALSE;
}

gboolean collect_source(Store *store, Run *run, const SourceGiven *given, GError **error)
{
    g_autofree char *path = realpath(given->path, NULL);
    g_autoptr(Listing) listing = list_source(path ? path : given->path, error);
    if (!listing)
        return FALSE;
    g_autoptr(GPtrArray) planned = g_ptr_array_new_with_free_func(planned_free),
                         members = g_ptr_array_new_with_free_func(listed_file_free);
    g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);
    Registering it = {.store = store,
                      .run = run,
                      .listing = listing,
                      .path = path,
                      .planned = planned,
                      .members = members,
                      .listed = listed};
    gboolean registered = register_source(&it, given, error);
    g_clear_pointer(&it.known, g_hash_table_unref);
    g_free(it.name);
    g_free(it.mailbox);
    return registered;
}
