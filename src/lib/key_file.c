/* key_file.c - the file that holds a case's root key: one line, "candor-key 1 SUITE HEX". */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lib/case_keys.h"
#include "lib/error.h"
#include "lib/seal.h"

#define HEAD "candor-key 1 "
#define HEX_BYTES (2 * KEY_BYTES)

/* Longer than any name of a suite. */
#define FILE_MAX_BYTES (sizeof HEAD + 16 + HEX_BYTES)

typedef int Descriptor;
static void descriptor_clear(Descriptor *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Descriptor, descriptor_clear)

static gboolean write_all(int descriptor, const char *bytes, gsize n)
{
    while (n > 0) {
        gssize wrote = write(descriptor, bytes, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return FALSE;
        bytes += wrote;
        n -= (gsize)wrote;
    }
    return TRUE;
}

/* A new name lasts only once its folder is on disk too. */
static gboolean sync_folder_of(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_auto(Descriptor) descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return descriptor >= 0 && fsync(descriptor) == 0;
}

/* The line of a root key into `line`, which the caller wipes; its length. */
static gsize make_line(Suite suite, const guint8 root[KEY_BYTES], char line[FILE_MAX_BYTES])
{
    char hex[HEX_BYTES + 1];
    sodium_bin2hex(hex, sizeof hex, root, KEY_BYTES);
    int n = g_snprintf(line, FILE_MAX_BYTES, HEAD "%s %s\n", suite_name(suite), hex);
    sodium_memzero(hex, sizeof hex);
    return (gsize)n;
}

static gboolean write_key(const char *path, Suite suite, const guint8 root[KEY_BYTES], GError **error)
{
    g_auto(Descriptor) file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return error_set(error, CANDOR_ERROR_CONFLICT,
                         "key file %s is there already: it is never written over", path);
    if (file < 0)
        return error_set_errno(error, "key file %s cannot be made", path);
    char line[FILE_MAX_BYTES];
    gsize n = make_line(suite, root, line);
    gboolean written = write_all(file, line, n) && fsync(file) == 0 && sync_folder_of(path);
    sodium_memzero(line, sizeof line);
    if (written)
        return TRUE;
    error_set_errno(error, "key file %s cannot be written", path);
    unlink(path);
    return FALSE;
}

gboolean case_keys_create(const char *path, Suite suite, GError **error)
{
    guint8 root[KEY_BYTES];
    if (sodium_init() < 0)
        return error_set(error, CANDOR_ERROR_IO, "libsodium does not start: no source of random bytes");
    randombytes_buf(root, sizeof root);
    gboolean written = write_key(path, suite, root, error);
    sodium_memzero(root, sizeof root);
    return written;
}

gboolean case_keys_branch_create(const CaseKeys *keys, const char *name, const char *path, GError **error)
{
    guint8 root[KEY_BYTES];
    keys->operations->branch(&keys->made, name, root);
    gboolean written = write_key(path, keys->suite, root, error);
    sodium_memzero(root, sizeof root);
    return written;
}

/* The suite and the root of the line; FALSE when it is not such a line. */
static gboolean parse_line(const char *line, gsize n, Suite *suite, guint8 root[KEY_BYTES])
{
    const Suite suites[] = {SUITE_SODIUM, SUITE_OPENSSL};
    for (guint i = 0; i < G_N_ELEMENTS(suites); i++) {
        g_autofree char *head = g_strdup_printf(HEAD "%s ", suite_name(suites[i]));
        gsize before = strlen(head), bytes = 0;
        const char *end = NULL;
        if (n != before + HEX_BYTES + 1 || memcmp(line, head, before) != 0 || line[n - 1] != '\n')
            continue;
        *suite = suites[i];
        return sodium_hex2bin(root, KEY_BYTES, line + before, HEX_BYTES, NULL, &bytes, &end) == 0 &&
               bytes == KEY_BYTES && end == line + before + HEX_BYTES;
    }
    return FALSE;
}

static gboolean may_be_used(int file, const char *path, GError **error)
{
    struct stat is;
    if (fstat(file, &is) != 0)
        return error_set_errno(error, "key file %s cannot be looked at", path);
    if (!S_ISREG(is.st_mode))
        return error_set(error, CANDOR_ERROR_DENIED, "key file %s is not a regular file", path);
    if (is.st_mode & 077)
        return error_set(error, CANDOR_ERROR_DENIED,
                         "key file %s may be touched by others than its owner: chmod 600 it", path);
    return TRUE;
}

static CaseKeys *keys_from_line(const char *line, gsize n, const char *path, GError **error)
{
    Suite suite = SUITE_SODIUM;
    guint8 root[KEY_BYTES];
    g_autofree char *full = realpath(path, NULL);
    CaseKeys *keys = NULL;
    if (!parse_line(line, n, &suite, root))
        error_set(error, CANDOR_ERROR_FORMAT, "%s is not a key file of candor: one line, %sSUITE HEX", path,
                  HEAD);
    else
        keys = case_keys_derive(suite, root, full ? full : path, error);
    sodium_memzero(root, sizeof root);
    return keys;
}

CaseKeys *case_keys_open(const char *path, GError **error)
{
    g_auto(Descriptor) file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && errno == ENOENT)
        error_set(error, CANDOR_ERROR_MISSING,
                  "key file %s is not there: set CANDOR_KEY_FILE to where the key of this case is kept",
                  path);
    else if (file < 0)
        error_set_errno(error, "key file %s cannot be opened", path);
    if (file < 0 || !may_be_used(file, path, error))
        return NULL;
    char line[FILE_MAX_BYTES];
    gssize n = read(file, line, sizeof line);
    CaseKeys *keys = NULL;
    if (n < 0)
        error_set_errno(error, "key file %s cannot be read", path);
    else
        keys = keys_from_line(line, (gsize)n, path, error);
    sodium_memzero(line, sizeof line);
    return keys;
}
