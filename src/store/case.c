/* case.c - a case is made, opened, closed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/private.h"

#define DATABASE "case.db"
/* A case in the making; a name of its own, so that one that was never finished is not taken for a case. */
#define UNFINISHED "case.db.new"

static char *hex_of(gconstpointer bytes, gsize n)
{
    GString *hex = g_string_sized_new(2 * n);
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(hex, "%02x", ((const guint8 *)bytes)[i]);
    return g_string_free(hex, FALSE);
}

static char *key_check_of(const CaseKeys *keys)
{
    guint8 check[16];
    case_keys_check_value(keys, check);
    return hex_of(check, sizeof check);
}

/* A key inside the case would travel with every copy of it. */
static gboolean key_lies_outside(const char *folder, const CaseKeys *keys, GError **error)
{
    g_autofree char *real = realpath(folder, NULL);
    const char *key = case_keys_path(keys);
    g_autofree char *within = g_strconcat(real ? real : folder, G_DIR_SEPARATOR_S, NULL);
    if (!g_str_has_prefix(key, within))
        return TRUE;
    return error_set(error, CANDOR_ERROR_DENIED,
                     "key file %s lies inside case %s: keep it elsewhere and set CANDOR_KEY_FILE to it", key,
                     folder);
}

void store_close(Store *store)
{
    if (!store)
        return;
    store_rollback(store);
    store_forget_queries(store);
    sqlite3_close(store->sqlite);
    g_clear_error(&store->digest_error);
    g_free(store->scratch.bytes);
    seal_memory_free(store->seals);
    g_free(store->refused);
    g_free(store->folder);
    g_free(store);
}

const CaseKeys *store_keys(const Store *store)
{
    return store->keys;
}

const char *store_folder(const Store *store)
{
    return store->folder;
}

static Store *connect_to(const char *folder, const char *path, const CaseKeys *keys, gboolean writes,
                         GError **error)
{
    sqlite3 *sqlite = connection_open(path, writes, error);
    if (!sqlite)
        return NULL;
    Store *store = g_new0(Store, 1);
    store->sqlite = sqlite;
    store->folder = g_strdup(folder);
    store->keys = keys;
    return store;
}

/* --- making ---------------------------------------------------------------------------------------------------- */

static gboolean write_meta(Store *store, const char *vendor, gint64 now, GError **error)
{
    g_autoptr(GBytes) public_key = case_keys_public(store->keys);
    gsize n;
    const void *bytes = g_bytes_get_data(public_key, &n);
    g_autofree char *public_hex = hex_of(bytes, n);
    g_autofree char *check = key_check_of(store->keys);
    g_autofree char *version = g_strdup_printf("%d", SCHEMA_VERSION);
    g_autofree char *created = g_strdup_printf("%" G_GINT64_FORMAT, now);
    const char *const values[][2] = {
        {"schema_version", version}, {"form", CONTENT_FORM},
        {"vendor", vendor},          {"suite", suite_name(case_keys_suite(store->keys))},
        {"key_check", check},        {"key_file_hint", case_keys_path(store->keys)},
        {"public_key", public_hex},  {"created", created},
        {"content_last", "0"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (!store_meta_set(store, values[i][0], values[i][1], error))
            return FALSE;
    return TRUE;
}

static gboolean fill(Store *store, const char *vendor, gint64 now, GError **error)
{
    return store_begin(store, error) && store_run_group(store, "schema.", error) &&
           store_run_group(store, "stages.", error) && store_run_group(store, "view.", error) &&
           store_run_group(store, "index.", error) && write_meta(store, vendor, now, error) &&
           store_commit(store, error);
}

/* SQLite gives its other files the mode of this one. */
static gboolean make_file(const char *path, GError **error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return error_set_errno(error, "%s cannot be made", path);
    close(file);
    return TRUE;
}

static void remove_unfinished(const char *path)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autofree char *shared = g_strconcat(path, "-shm", NULL);
    unlink(path);
    unlink(log);
    unlink(shared);
}

static gboolean write_database(const char *folder, const char *path, const CaseKeys *keys, const char *vendor,
                               gint64 now, GError **error)
{
    if (!make_file(path, error))
        return FALSE;
    Store *store = connect_to(folder, path, keys, TRUE, error);
    gboolean filled = store && fill(store, vendor, now, error);
    store_close(store);
    return filled;
}

/* Never over a case that another made meanwhile. */
static gboolean publish(const char *folder, const char *path, const char *final, GError **error)
{
    if (renameat2(AT_FDCWD, path, AT_FDCWD, final, RENAME_NOREPLACE) == 0) {
        int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        gboolean kept = descriptor >= 0 && fsync(descriptor) == 0;
        if (descriptor >= 0)
            close(descriptor);
        return kept || error_set_errno(error, "folder %s cannot be synced", folder);
    }
    if (errno == EEXIST)
        return error_set(error, CANDOR_ERROR_CONFLICT, "%s holds a case already: choose another folder",
                         folder);
    return error_set_errno(error, "%s cannot be made", final);
}

gboolean store_create(const char *folder, const CaseKeys *keys, const char *vendor, gint64 now,
                      GError **error)
{
    g_autofree char *final = g_build_filename(folder, DATABASE, NULL);
    g_autofree char *path = g_build_filename(folder, UNFINISHED, NULL);
    gboolean made = mkdir(folder, 0700) == 0;
    if (!made && errno != EEXIST)
        return error_set_errno(error, "folder %s cannot be made", folder);
    if (g_file_test(final, G_FILE_TEST_EXISTS))
        return error_set(error, CANDOR_ERROR_CONFLICT, "%s holds a case already: choose another folder",
                         folder);
    if (!made)
        remove_unfinished(path);
    if (key_lies_outside(folder, keys, error) && write_database(folder, path, keys, vendor, now, error) &&
        publish(folder, path, final, error))
        return TRUE;
    remove_unfinished(path);
    if (made)
        rmdir(folder);
    return FALSE;
}

/* --- opening --------------------------------------------------------------------------------------------------- */

static gboolean key_fits(Store *store, GError **error)
{
    if (!store->keys)
        return TRUE;
    g_autofree char *expected = store_meta(store, "key_check", error);
    g_autofree char *check = key_check_of(store->keys);
    if (!expected || !key_lies_outside(store->folder, store->keys, error))
        return FALSE;
    if (strcmp(expected, check) == 0)
        return TRUE;
    g_autofree char *hint = store_meta(store, "key_file_hint", NULL);
    return error_set(
        error, CANDOR_ERROR_DENIED,
        "key file %s is not the key of case %s: set CANDOR_KEY_FILE to the one made with it (then: %s)",
        case_keys_path(store->keys), store->folder, hint ? hint : "not recorded");
}

static gboolean is_there(const char *folder, const char *path, GError **error)
{
    if (access(path, F_OK) == 0)
        return TRUE;
    if (errno != ENOENT && errno != ENOTDIR)
        return error_set_errno(error, "%s cannot be looked at", path);
    return error_set(error, CANDOR_ERROR_MISSING, "there is no case in %s: make one with: candor init %s",
                     folder, folder);
}

Store *store_open(const char *folder, const StoreRole *role, const CaseKeys *keys, GError **error)
{
    g_autofree char *path = g_build_filename(folder, DATABASE, NULL);
    gboolean writes = role->writes[0] != NULL;
    if (!is_there(folder, path, error))
        return NULL;
    Store *store = connect_to(folder, path, keys, writes, error);
    if (!store || (role->large && !connection_enlarge(store->sqlite, path, error)) ||
        !migrate(store, writes, error) || !key_fits(store, error)) {
        store_close(store);
        return NULL;
    }
    store_forget_queries(store);
    role_impose(store, role);
    return store;
}
