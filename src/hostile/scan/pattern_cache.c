/* pattern_cache.c - compiled pattern databases, kept from run to run. */
#include "hostile/scan/pattern_cache.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A database of some hundred patterns has 1 MB. */
#define LARGEST_DATABASE (64UL << 20)
#define HASH_BYTES 32

char *pattern_cache_path(const char *cache_dir, const char *digest)
{
    hs_platform_info_t platform = {0};
    hs_populate_platform(&platform);
    g_autofree char *version = g_strdelimit(g_strdup(hs_version()), " /", '_');
    g_autofree char *name = g_strdup_printf("rules-%s-%s-%llx.db", digest, version, platform.cpu_features);
    return g_build_filename(cache_dir, name, NULL);
}

static void hash_of(const char *path, const char *bytes, gsize n, guint8 out[HASH_BYTES])
{
    g_autofree char *name = g_path_get_basename(path);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&state, (const guint8 *)name, strlen(name) + 1);
    crypto_generichash_update(&state, (const guint8 *)bytes, n);
    crypto_generichash_final(&state, out, HASH_BYTES);
}

/* The file's bytes, if it is a regular file of ours that only we may write. */
static char *read_own_file(const char *path, gsize *n)
{
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid() ||
        (status.st_mode & 022) != 0 || status.st_size <= HASH_BYTES ||
        (gsize)status.st_size > LARGEST_DATABASE)
        return NULL;
    char *bytes = NULL;
    return g_file_get_contents(path, &bytes, n, NULL) ? bytes : NULL;
}

hs_database_t *pattern_cache_load(const char *cache_dir, const char *digest)
{
    gsize n;
    g_autofree char *path = pattern_cache_path(cache_dir, digest);
    g_autofree char *bytes = read_own_file(path, &n);
    if (!bytes || n <= HASH_BYTES)
        return NULL;
    guint8 hash[HASH_BYTES];
    n -= HASH_BYTES;
    hash_of(path, bytes, n, hash);
    if (sodium_memcmp(hash, bytes + n, HASH_BYTES) != 0)
        return NULL;
    hs_database_t *database = NULL;
    return hs_deserialize_database(bytes, n, &database) == HS_SUCCESS ? database : NULL;
}

void pattern_cache_store(const char *cache_dir, const char *digest, const hs_database_t *database)
{
    char *serial = NULL;
    gsize n = 0;
    if (g_mkdir_with_parents(cache_dir, 0700) != 0 ||
        hs_serialize_database(database, &serial, &n) != HS_SUCCESS)
        return;
    g_autofree char *path = pattern_cache_path(cache_dir, digest);
    g_autofree char *bytes = g_malloc(n + HASH_BYTES);
    memcpy(bytes, serial, n);
    hash_of(path, serial, n, (guint8 *)bytes + n);
    g_file_set_contents_full(path, bytes, (gssize)(n + HASH_BYTES), G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                             NULL);
    free(serial);
}
