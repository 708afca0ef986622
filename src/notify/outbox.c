/* outbox.c - rendered notices as files. */
#include "notify/outbox.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#define OUTBOX "outbox"
#define FOLDER_MODE 0700
#define FILE_MODE 0600
/* Not yet whole. */
#define PARTIAL ".partial-"

gboolean wave_name_is_good(const char *wave)
{
    gsize n = strlen(wave);
    return n > 0 && n <= 64 && wave[0] != '.' &&
           strspn(wave, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == n;
}

char *outbox_folder(Store *store, const char *wave)
{
    return g_build_filename(store_folder(store), OUTBOX, wave, NULL);
}

gboolean outbox_make(const char *folder, GError **error)
{
    return g_mkdir_with_parents(folder, FOLDER_MODE) == 0 ||
           error_set_errno(error, "%s cannot be made", folder);
}

gboolean outbox_put(const char *folder, const char *reference, const char *ending, const char *text,
                    GError **error)
{
    g_autofree char *name = g_strconcat(reference, ".", ending, NULL);
    g_autofree char *hidden = g_strconcat(PARTIAL, name, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *partial = g_build_filename(folder, hidden, NULL);
    g_autoptr(GError) cause = NULL;
    if (!g_file_set_contents_full(partial, text, -1, G_FILE_SET_CONTENTS_NONE, FILE_MODE, &cause))
        return error_set(error, CANDOR_ERROR_IO, "%s", cause->message);
    return g_rename(partial, path) == 0 || error_set_errno(error, "%s cannot be written", path);
}

gboolean outbox_sync(const char *folder, GError **error)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(error, "%s cannot be opened", folder);
    gboolean synced = syncfs(fd) == 0 || error_set_errno(error, "%s cannot be written to the disk", folder);
    close(fd);
    return synced;
}

/* Whether candor writes files that are called so: "T-2F7K-0031.txt", or not yet whole. What somebody else put there is
 * theirs. */
static gboolean is_rendered(const char *name)
{
    return g_str_has_prefix(name, PARTIAL) ||
           g_regex_match_simple("^[A-Z]-[0-9A-Z]{4}-[0-9]{4,}\\.(txt|html|json)$", name, 0, 0);
}

static gboolean is_notice(Store *store, const char *name, gboolean *known, GError **error)
{
    gint64 count = 0;
    g_autofree char *reference = g_strndup(name, strcspn(name, "."));
    Query *query = store_query(store, "notify.reference_is", error);
    if (!query)
        return FALSE;
    query_text(query, 1, span_of_string(reference));
    if (!query_only_int(query, &count, error))
        return FALSE;
    *known = count > 0 && !g_str_has_prefix(name, PARTIAL);
    return TRUE;
}

/* What is done with a file that no act stands for. */
typedef gboolean (*TakeStray)(const char *path, GError **error);

static gboolean strays_in_wave(Store *store, const char *folder, TakeStray take, GError **error)
{
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    for (const char *name; files && (name = g_dir_read_name(files));) {
        gboolean known;
        if (!is_rendered(name))
            continue;
        if (!is_notice(store, name, &known, error))
            return FALSE;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!known && !take(path, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean each_stray(Store *store, TakeStray take, GError **error)
{
    g_autofree char *outbox = g_build_filename(store_folder(store), OUTBOX, NULL);
    g_autoptr(GDir) waves = g_dir_open(outbox, 0, NULL);
    for (const char *name; waves && (name = g_dir_read_name(waves));) {
        g_autofree char *folder = g_build_filename(outbox, name, NULL);
        if (!strays_in_wave(store, folder, take, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean remove_stray(const char *path, GError **error)
{
    return g_unlink(path) == 0 ||
           error_set_errno(error, "%s belongs to no notice and cannot be removed", path);
}

static gboolean refuse_stray(const char *path, GError **error)
{
    return error_set(error, CANDOR_ERROR_DENIED,
                     "%s: belongs to no approved notice; do not send it: candor notify approve takes it away",
                     path);
}

gboolean outbox_clean(Store *store, GError **error)
{
    return each_stray(store, remove_stray, error);
}

gboolean outbox_is_clean(Store *store, GError **error)
{
    return each_stray(store, refuse_stray, error);
}

char *text_hash(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

static char *path_of(const char *folder, const char *reference, const char *ending)
{
    g_autofree char *name = g_strconcat(reference, ".", ending, NULL);
    return g_build_filename(folder, name, NULL);
}

gboolean outbox_has(const char *folder, const char *reference, const char *ending)
{
    g_autofree char *path = path_of(folder, reference, ending);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

gboolean outbox_holds(const char *folder, const char *reference, const char *ending, const char *hash,
                      GError **error)
{
    g_autofree char *path = path_of(folder, reference, ending);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return error_set(
            error, CANDOR_ERROR_DENIED,
            "%s: the approved notice is not there; put the file back, or record that the notice is "
            "replanned and approve it anew",
            path);
    g_autofree char *now = text_hash(text);
    return g_str_equal(now, hash) ||
           error_set(
               error, CANDOR_ERROR_DENIED,
               "%s: was changed after it was approved; put the approved file back, or record that the notice "
               "is replanned and approve it anew",
               path);
}
