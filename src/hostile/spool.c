/* spool.c - members of archives as files. */
#include "hostile/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "hostile/beneath.h"
#include "hostile/unpacker.h"

/* What took so much to unpack is kept for the next request: a PST is read in many. */
#define KEPT_BYTES (16UL << 20)

/* An archive that is open; of what lies in another, unpacked. */
typedef struct {
    char *path;
    int file;
    guint64 size;
} Archive;

struct Spool {
    int root;
    const Job *job;
    Archive archives[MEMBER_DEPTH];
    Unpacker unpacker;
};

static Archive kept = {.file = -1};

/* --- paths --------------------------------------------------------------------------------------------------- */

gboolean spool_is_member(const char *path)
{
    return path && strstr(path, MEMBER_BETWEEN);
}

static const char *last_between(const char *path)
{
    return g_strrstr(path, MEMBER_BETWEEN);
}

static guint depth_of(const char *path)
{
    guint depth = 0;
    while ((path = strstr(path, MEMBER_BETWEEN))) {
        path += strlen(MEMBER_BETWEEN);
        depth++;
    }
    return depth;
}

static const char *path_at(const Spool *spool, guint index)
{
    return g_array_index(spool->job->items, JobItem, index).path;
}

/* --- a member ------------------------------------------------------------------------------------------------ */

static int open_archive(Spool *spool, const char *path, guint64 *size, const char **reason,
                        gboolean *retryable);

/* Of one member of an archive that lies in another. */
static int unpack_one(Spool *spool, const char *path, guint64 *size, const char **reason, gboolean *retryable)
{
    const char *between = last_between(path);
    g_autofree char *outer = g_strndup(path, (gsize)(between - path));
    Archive archive = {.path = outer};
    archive.file = open_archive(spool, outer, &archive.size, reason, retryable);
    if (archive.file < 0)
        return -1;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(names, g_strdup(between + strlen(MEMBER_BETWEEN)));
    Unpacked member = unpacked_new();
    if (!member.reason && unpacker_start(&spool->unpacker, spool->job->tools, outer, archive.file,
                                         archive.size, names, &member))
        unpacker_take(&spool->unpacker, &member);
    if (member.missing && !member.reason)
        member.reason = "missing";
    return unpacked_end(&member, size, reason, retryable);
}

/* It stays open until another of the same depth is. */
static int open_archive(Spool *spool, const char *path, guint64 *size, const char **reason,
                        gboolean *retryable)
{
    Archive *archive = &spool->archives[depth_of(path)];
    if (archive->path && g_str_equal(archive->path, path)) {
        *size = archive->size;
        return archive->file;
    }
    int file = spool_is_member(path) ? unpack_one(spool, path, size, reason, retryable)
                                     : beneath_open(spool->root, path, size, reason);
    if (file < 0)
        return -1;
    if (archive->path)
        close(archive->file);
    g_free(archive->path);
    *archive = (Archive){.path = g_strdup(path), .file = file, .size = *size};
    return file;
}

/* The members of the same archive that follow, each once. */
static GPtrArray *names_from(const Spool *spool, guint index, gsize prefix)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *first = path_at(spool, index), *before = NULL;
    for (guint i = index; i < spool->job->items->len; i++) {
        const char *path = path_at(spool, i);
        const char *between = path ? last_between(path) : NULL;
        if (!between || (gsize)(between - path) + strlen(MEMBER_BETWEEN) != prefix ||
            memcmp(path, first, prefix) != 0)
            break;
        if (!before || !g_str_equal(before, path))
            g_ptr_array_add(names, g_strdup(path + prefix));
        before = path;
    }
    return names;
}

/* From the box that is at work when it comes there, else from a new one. */
static void unpack_in_turn(Spool *spool, const Archive *archive, guint index, const char *name,
                           Unpacked *member)
{
    if (unpacker_is_due(&spool->unpacker, archive->path, name)) {
        unpacker_take(&spool->unpacker, member);
        if (!member->missing)
            return;
    }
    GPtrArray *names = names_from(spool, index, strlen(archive->path) + strlen(MEMBER_BETWEEN));
    member->missing = FALSE;
    member->reason = NULL;
    if (unpacker_start(&spool->unpacker, spool->job->tools, archive->path, archive->file, archive->size,
                       names, member))
        unpacker_take(&spool->unpacker, member);
    if (member->missing && !member->reason)
        member->reason = "missing";
}

/* --- what is kept from request to request -------------------------------------------------------------------- */

/* Of the path, and of the archive as it is now. */
static char *key_of(const Spool *spool, const char *path)
{
    g_autofree char *outermost = g_strndup(path, (gsize)(strstr(path, MEMBER_BETWEEN) - path));
    struct stat status = {0};
    guint64 size;
    const char *reason;
    int file = beneath_open(spool->root, outermost, &size, &reason);
    if (file < 0 || fstat(file, &status) != 0)
        status = (struct stat){0};
    if (file >= 0)
        close(file);
    return g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT
                           ":%" G_GINT64_FORMAT ".%09ld:%s",
                           (guint64)status.st_dev, (guint64)status.st_ino, (guint64)status.st_size,
                           (gint64)status.st_mtim.tv_sec, status.st_mtim.tv_nsec, path);
}

static int kept_open(const Spool *spool, const char *path, guint64 *size)
{
    if (!kept.path || !g_str_has_suffix(kept.path, path))
        return -1;
    g_autofree char *key = key_of(spool, path);
    if (!g_str_equal(key, kept.path))
        return -1;
    *size = kept.size;
    return fcntl(kept.file, F_DUPFD_CLOEXEC, 0);
}

static void keep(const Spool *spool, const char *path, int file, guint64 size)
{
    if (size < KEPT_BYTES)
        return;
    if (kept.file >= 0)
        close(kept.file);
    g_free(kept.path);
    kept = (Archive){.path = key_of(spool, path), .file = fcntl(file, F_DUPFD_CLOEXEC, 0), .size = size};
}

/* --- the door ------------------------------------------------------------------------------------------------ */

Spool *spool_new(int root, const Job *job)
{
    Spool *spool = g_new0(Spool, 1);
    spool->root = root;
    spool->job = job;
    return spool;
}

void spool_free(Spool *spool)
{
    if (!spool)
        return;
    unpacker_clear(&spool->unpacker);
    for (guint i = 0; i < MEMBER_DEPTH; i++)
        if (spool->archives[i].path) {
            close(spool->archives[i].file);
            g_free(spool->archives[i].path);
        }
    g_free(spool);
}

int spool_open(Spool *spool, guint index, guint64 *size, const char **reason, gboolean *retryable)
{
    const char *path = path_at(spool, index), *between = last_between(path);
    g_autofree char *prefix = g_strndup(path, (gsize)(between - path));
    Archive archive = {.path = prefix};
    *retryable = FALSE;
    if (depth_of(path) > MEMBER_DEPTH) {
        *reason = "too-deep";
        return -1;
    }
    int file = kept_open(spool, path, size);
    if (file >= 0)
        return file;
    archive.file = open_archive(spool, prefix, &archive.size, reason, retryable);
    if (archive.file < 0)
        return -1;
    Unpacked member = unpacked_new();
    if (!member.reason)
        unpack_in_turn(spool, &archive, index, between + strlen(MEMBER_BETWEEN), &member);
    file = unpacked_end(&member, size, reason, retryable);
    if (file >= 0)
        keep(spool, path, file, *size);
    return file;
}
