/* make_case.c - a case is made: its key, its folder, its store. */
#include "cli/make_case.h"

#include <unistd.h>
#include "lib/moment.h"
#include "store/key_path.h"
#include "store/store.h"

static gboolean make_key(const char *key_file, Suite suite, gboolean *new_key, GError **error)
{
    if (g_file_test(key_file, G_FILE_TEST_EXISTS))
        return TRUE;
    *new_key = case_keys_create(key_file, suite, error);
    return *new_key;
}

gboolean case_make(const char *folder, const CaseConfig *config, Suite suite, char **key_file,
                   gboolean *new_key, GError **error)
{
    *new_key = FALSE;
    *key_file = case_key_new_path(folder, error);
    if (!*key_file || !make_key(*key_file, suite, new_key, error))
        return FALSE;
    g_autoptr(CaseKeys) keys = case_keys_open(*key_file, error);
    if (keys && store_create(folder, keys, config->vendor, moment_now(), error))
        return TRUE;
    if (*new_key)
        unlink(*key_file);
    return FALSE;
}
