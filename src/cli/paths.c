/* paths.c - where candor finds its own things: worker, rules, cache. */
#include "cli/paths.h"

#include <sys/stat.h>
#include "cli/config_paths.h"

#define PRIVATE_FOLDER 0700

/* The build folder's worker, or NULL when this program was not started from one. */
static char *built_worker(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    if (!self)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(self);
    g_autofree char *sibling = g_build_filename(folder, "..", "hostile", "candor-worker", NULL);
    return g_file_test(sibling, G_FILE_TEST_IS_EXECUTABLE) ? g_canonicalize_filename(sibling, NULL) : NULL;
}

char *path_worker(GError **error)
{
    const char *said = g_getenv("CANDOR_WORKER");
    g_autofree char *path = said ? g_strdup(said) : built_worker();
    if (!path)
        path = g_build_filename(CANDOR_LIBEXEC_DIR, "candor-worker", NULL);
    if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer(&path);
    error_set(error, CANDOR_ERROR_MISSING,
              "%s: there is no candor-worker that can be run; install candor whole, or say "
              "where it is with CANDOR_WORKER",
              path);
    return NULL;
}

char *path_data(GError **error)
{
    const char *said = g_getenv("CANDOR_DATA");
    g_autofree char *built = built_worker();
    const char *path = said ? said : built ? CANDOR_BUILD_DATA : CANDOR_DATA_DIR;
    g_autofree char *types = g_build_filename(path, "types.yaml", NULL);
    if (g_file_test(types, G_FILE_TEST_IS_REGULAR))
        return g_canonicalize_filename(path, NULL);
    error_set(error, CANDOR_ERROR_MISSING,
              "%s: the rules' types are not there; install candor whole, or name the folder "
              "that holds types.yaml and rules/ with CANDOR_DATA",
              types);
    return NULL;
}

char *path_cache(void)
{
    g_autofree char *path = g_build_filename(g_get_user_cache_dir(), "candor", NULL);
    return g_mkdir_with_parents(path, PRIVATE_FOLDER) == 0 ? g_steal_pointer(&path) : NULL;
}
