/* publish.c - a sealed release for each customer, of what it may see and nothing else. */
#include "publish/publish.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include "lib/moment.h"
#include "nouns/fact.h"
#include "publish/objects.h"

#define FOLDER "releases"
#define ROW_MOST_BYTES (64UL << 10)

typedef struct {
    Store *store;
    Run *run;
    Pool *pool;
    char *folder, *vendor; /* CASE/releases */
    Published *told;
} Publishing;

static void publishing_clear(Publishing *it)
{
    pool_close(it->pool);
    g_free(it->folder);
    g_free(it->vendor);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Publishing, publishing_clear)

/* --- the manifest ---------------------------------------------------------------------------------------------- */

static void append_row(GString *out, const RowBuffer *row)
{
    g_string_append_len(out, row->bytes, (gssize)row->length);
}

static void add_head(const Publishing *it, const char *customer, GString *manifest)
{
    g_auto(RowBuffer) row = {.ceiling = ROW_MOST_BYTES};
    row_begin(&row, 'C');
    row_put_uint(&row, RELEASE_FORMAT);
    row_put_string(&row, customer);
    row_put_string(&row, it->vendor);
    row_end(&row);
    append_row(manifest, &row);
}

/* M: key, standing, date, what is shown of it. */
static void add_message(const Shown *shown, GString *manifest)
{
    static const char *const states[] = {"message", "excerpts", "held", "unreadable"};
    g_auto(RowBuffer) row = {.ceiling = ROW_MOST_BYTES};
    g_autofree char *date = moment_format(shown->date);
    row_begin(&row, 'M');
    row_put_hex(&row, shown->key, DIGEST_BYTES);
    row_put_string(&row, standing_name(shown->standing));
    row_put_string(&row, date);
    row_put_string(&row, states[shown->state]);
    row_end(&row);
    append_row(manifest, &row);
}

static void add_end(guint messages, guint64 objects, GString *manifest)
{
    g_auto(RowBuffer) row = {.ceiling = ROW_MOST_BYTES};
    row_begin(&row, 'E');
    row_put_uint(&row, messages);
    row_put_uint(&row, objects);
    row_end(&row);
    append_row(manifest, &row);
}

/* --- one release ----------------------------------------------------------------------------------------------- */

static gboolean add_shown(Building *building, Shown *shown, gboolean *away, GError **error)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    *away = FALSE;
    if ((shown->state == SHOW_MESSAGE || shown->state == SHOW_EXCERPTS) &&
        !objects_add(building, shown, rows, away, error))
        return FALSE;
    add_message(shown, building->manifest);
    g_string_append(building->manifest, shown->detail->str);
    g_string_append(building->manifest, rows->str);
    return TRUE;
}

static void say_away(const Publishing *it, const char *customer, const char *root)
{
    g_autofree char *sentence = g_strdup_printf(
        "%s: no new release, since its mail in %s cannot be read again now: it is away or has changed",
        customer, root);
    it->told->left++;
    if (it->run->tools->say)
        it->run->tools->say(it->run->tools->user, sentence);
}

/* Write all of it; *away when it must wait. */
static gboolean write_release(Publishing *it, const char *customer, GPtrArray *messages,
                              ReleaseWriter *writer, char sha256[65], gboolean *away, GError **error)
{
    g_autoptr(GString) manifest = g_string_new(NULL);
    Building building = {.store = it->store, .pool = it->pool, .writer = writer, .manifest = manifest};
    *away = FALSE;
    add_head(it, customer, manifest);
    for (guint i = 0; i < messages->len; i++) {
        Shown *shown = messages->pdata[i];
        if (!add_shown(&building, shown, away, error))
            return FALSE;
        if (*away) {
            say_away(it, customer, shown->root);
            return TRUE;
        }
    }
    add_end(messages->len, building.objects, manifest);
    return release_writer_finish(writer, (Span){manifest->str, manifest->len}, sha256, error);
}

/* --- its act --------------------------------------------------------------------------------------------------- */

/* The newest release of a customer, "" for none, and how many there are. */
typedef struct {
    char *sha256;
    gint64 count;
} Before;

static void before_clear(Before *before)
{
    g_free(before->sha256);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Before, before_clear)

static gboolean ask_before(Publishing *it, const char *customer, Before *before, GError **error)
{
    Query *query = store_query(it->store, "publish.newest", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(customer));
    *before = (Before){.sha256 = g_strdup("")};
    while (query_step(query, error)) {
        g_free(before->sha256);
        before->sha256 = span_dup(query_get_text(query, 0));
        before->count = query_get_int(query, 1);
    }
    return query_ended(query);
}

static gboolean record(Publishing *it, const char *customer, const char *path, const char *sha256,
                       guint messages, const CaseKeys *keys, GError **error)
{
    guint8 check[16];
    g_autoptr(GString) hex = g_string_new(NULL);
    g_autofree char *count = g_strdup_printf("%u", messages);
    case_keys_check_value(keys, check);
    for (guint i = 0; i < sizeof check; i++)
        g_string_append_printf(hex, "%02x", check[i]);
    const Span fields[] = {span_of_string(customer), span_of_string(path), span_of_string(sha256),
                           span_of_string(count), (Span){hex->str, hex->len}};
    if (!store_begin(it->store, error))
        return FALSE;
    if (act_record(it->store, it->run, "release", fields, G_N_ELEMENTS(fields), NULL, error))
        return store_commit(it->store, error);
    store_rollback(it->store);
    return FALSE;
}

static gboolean sync_folder(const char *path, GError **error)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0)
        close(folder);
    return synced || error_set_errno(error, "folder %s cannot be synced", path);
}

/* The file takes its name before the act says so: an act never names a file that is not there. A file that a broken-off
 * run left is written over by the next, with the same bytes. */
static gboolean keep_release(Publishing *it, const char *customer, const Before *before, const char *partial,
                             const char *sha256, guint messages, const CaseKeys *keys, GError **error)
{
    if (g_str_equal(before->sha256, sha256)) {
        it->told->unchanged++;
        return g_unlink(partial) == 0 || error_set_errno(error, "%s cannot be removed", partial);
    }
    g_autofree char *name = g_strdup_printf("%s-%" G_GINT64_FORMAT ".release", customer, before->count + 1);
    g_autofree char *path = g_build_filename(FOLDER, name, NULL);
    g_autofree char *whole = g_build_filename(it->folder, name, NULL);
    if (g_rename(partial, whole) != 0)
        return error_set_errno(error, "release %s cannot take its name", whole);
    it->told->published++;
    return sync_folder(it->folder, error) && record(it, customer, path, sha256, messages, keys, error);
}

/* Who has a release, and nothing to see any more, gets an empty one in its place. */
static gboolean publish_one(Publishing *it, const char *customer, GError **error)
{
    g_autoptr(GPtrArray) shown = visible_read(it->store, customer, error);
    g_auto(Before) before = {0};
    char sha256[65];
    gboolean away;
    if (!shown || !ask_before(it, customer, &before, error))
        return FALSE;
    if (!shown->len && !before.count)
        return error_set(error, CANDOR_ERROR_MISSING, "nothing of customer %s is known to be exposed",
                         customer);
    g_autofree char *branch = release_branch(customer);
    g_autoptr(CaseKeys) keys = case_keys_branch(store_keys(it->store), branch, error);
    g_autofree char *name = g_strdup_printf(".%s.partial", customer);
    g_autofree char *partial = g_build_filename(it->folder, name, NULL);
    g_autoptr(ReleaseWriter) writer = keys ? release_writer_new(partial, customer, keys, error) : NULL;
    if (!writer || !write_release(it, customer, shown, writer, sha256, &away, error))
        return FALSE;
    return away || keep_release(it, customer, &before, partial, sha256, shown->len, keys, error);
}

/* --- all of them ----------------------------------------------------------------------------------------------- */

static GPtrArray *all_customers(Store *store, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    Query *query = store_query(store, "publish.customers", error);
    if (!query)
        return NULL;
    while (query_step(query, error))
        g_ptr_array_add(all, span_dup(query_get_text(query, 0)));
    g_ptr_array_add(all, NULL);
    return query_ended(query) ? g_steal_pointer(&all) : NULL;
}

/* With other rules the box would see other spans than those whose owners are known. */
static gboolean rules_are_the_same(Publishing *it, GError **error)
{
    g_autofree char *read_with = g_strdup("");
    const WorkerHello *hello = pool_hello(it->pool, error);
    Query *query = hello ? store_query(it->store, "publish.rules", error) : NULL;
    if (!query)
        return FALSE;
    while (query_step(query, error)) {
        g_free(read_with);
        read_with = span_dup(query_get_text(query, 0));
    }
    if (!query_ended(query))
        return FALSE;
    return g_str_equal(read_with, hello->rules) ||
           error_set(error, CANDOR_ERROR_MISSING,
                     "the rules have changed since the mail was read: candor classify, then attribute, then "
                     "publish");
}

static gboolean prepare(Publishing *it, RunTools *tools, GError **error)
{
    it->folder = g_build_filename(store_folder(it->store), FOLDER, NULL);
    if (g_mkdir_with_parents(it->folder, 0700) != 0)
        return error_set_errno(error, "folder %s cannot be made", it->folder);
    Query *query = store_query(it->store, "status.meta", error);
    if (!query)
        return FALSE;
    query_text(query, 1, SPAN_OF("vendor"));
    while (query_step(query, error)) {
        g_free(it->vendor);
        it->vendor = span_dup(query_get_text(query, 0));
    }
    if (!query_ended(query))
        return FALSE;
    tools->jobs = 1; /* one message is asked at a time */
    it->pool = pool_open(tools, case_keys_fingerprint_key(store_keys(it->store)), error);
    return it->pool && rules_are_the_same(it, error);
}

gboolean publish(Store *store, Run *run, const char *const *customers, Published *published, GError **error)
{
    *published = (Published){0};
    RunTools tools = *run->tools;
    g_auto(Publishing) it = {.store = store, .run = run, .told = published};
    g_autoptr(GPtrArray) all = customers ? NULL : all_customers(store, error);
    if ((!customers && !all) || !prepare(&it, &tools, error))
        return FALSE;
    const char *const *each = customers ? customers : (const char *const *)all->pdata;
    guint64 count = g_strv_length((char **)each);
    for (guint64 i = 0; i < count; i++) {
        if (tools.stopped && tools.stopped(tools.user))
            return TRUE;
        if (tools.progress)
            tools.progress(tools.user, "publishing", 0, 0, 0);
        if (!publish_one(&it, each[i], error))
            return FALSE;
    }
    return TRUE;
}
