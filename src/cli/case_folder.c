/* case_folder.c - a case as a command meets it: its folder, its configuration, its keys. */
#include "cli/case_folder.h"

#include "store/key_path.h"

static CaseKeys *open_keys(const CaseFolder *folder, GError **error)
{
    g_autofree char *path = case_key_path(folder->folder, error);
    return path ? case_keys_open(path, error) : NULL;
}

void case_folder_free(CaseFolder *folder)
{
    if (!folder)
        return;
    g_free(folder->folder);
    case_config_free(folder->config);
    case_keys_free(folder->keys);
    g_free(folder);
}

Store *case_folder_store(const CaseFolder *folder, const StoreRole *role, GError **error)
{
    return store_open(folder->folder, role, folder->keys, error);
}

CaseFolder *case_folder_open(const char *path, gboolean with_keys, GError **error)
{
    g_autoptr(CaseFolder) folder = g_new0(CaseFolder, 1);
    g_autofree char *yaml = g_build_filename(path, "case.yaml", NULL);
    folder->folder = g_strdup(path);
    if (!g_file_test(yaml, G_FILE_TEST_EXISTS)) {
        error_set(error, CANDOR_ERROR_MISSING,
                  "%s: there is no case here (no case.yaml); make one with: candor init %s", path, path);
        return NULL;
    }
    folder->config = case_config_read(yaml, error);
    if (!folder->config)
        return NULL;
    if (with_keys) {
        folder->keys = open_keys(folder, error);
        if (!folder->keys)
            return NULL;
    }
    return g_steal_pointer(&folder);
}
