/* key_path.c - where the key file of a case is: outside the case, always. */
#include "store/key_path.h"

#include <sodium.h>
#include <string.h>
#include "store/private.h"

static const StoreRole role_asks_hint = {
    .name = "key file",
    .reads = (const char *const[]){"meta", NULL},
    .writes = (const char *const[]){NULL},
};

static char *from_environment(void)
{
    const char *path = g_getenv("CANDOR_KEY_FILE");
    return path && *path ? g_strdup(path) : NULL;
}

static char *name_of_case(const char *folder)
{
    g_autofree char *full = g_canonicalize_filename(folder, NULL);
    return g_path_get_basename(full);
}

char *case_key_new_path(const char *folder, GError **error)
{
    char *given = from_environment();
    if (given)
        return given;
    guint8 id[8];
    char hex[2 * sizeof id + 1];
    randombytes_buf(id, sizeof id);
    sodium_bin2hex(hex, sizeof hex, id, sizeof id);
    g_autofree char *name = name_of_case(folder);
    g_autofree char *file = g_strdup_printf("%s-%s.key", name, hex);
    g_autofree char *keys = g_build_filename(g_get_user_config_dir(), "candor", "keys", NULL);
    if (g_mkdir_with_parents(keys, 0700) != 0) {
        error_set_errno(error, "folder %s for key files cannot be made: set CANDOR_KEY_FILE", keys);
        return NULL;
    }
    return g_build_filename(keys, file, NULL);
}

char *case_key_path(const char *folder, GError **error)
{
    char *given = from_environment();
    if (given)
        return given;
    g_autoptr(Store) store = store_open(folder, &role_asks_hint, NULL, error);
    return store ? store_meta(store, "key_file_hint", error) : NULL;
}
