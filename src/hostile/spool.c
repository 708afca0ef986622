/* spool.c - members of archives as files. */
#include "hostile/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "hostile/beneath.h"
#include "hostile/unpacker.h"

/* What took so much to unpack is kept for the next request: a PST is read in many. */
#define KEPT_BYTES (16UL << 20)

/* A file that stays open. */
typedef struct {
    char *path;
    int file;
    guint64 size;
} Kept;

struct Spool {
    int root;
    const Job *job;
    Kept archives[MEMBER_DEPTH]; /* those that are open, by how deep they lie            */
    Kept last;                   /* the member that came last: it may be asked for again */
};

/* From request to request: a large member, since a PST is read in many; a box on its way through an archive.
 * Their paths are keys. */
static Kept kept = {.file = -1};
static Unpacker at_work;

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

/* --- what is kept -------------------------------------------------------------------------------------------- */

static void kept_set(Kept *one, const char *path, int file, guint64 size)
{
    if (one->path)
        close(one->file);
    g_free(one->path);
    *one = (Kept){.path = g_strdup(path), .file = file, .size = size};
}

static gboolean kept_is(const Kept *one, const char *path)
{
    return one->path && g_str_equal(one->path, path);
}

static int duplicate(int file)
{
    return fcntl(file, F_DUPFD_CLOEXEC, 0);
}

/* Of the path, and of the outermost archive as it is now. */
static char *key_of(const Spool *spool, const char *path)
{
    const char *between = strstr(path, MEMBER_BETWEEN);
    g_autofree char *outermost = between ? g_strndup(path, (gsize)(between - path)) : g_strdup(path);
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

/* --- a member ------------------------------------------------------------------------------------------------ */

static int open_archive(Spool *spool, const char *path, guint64 *size, const char **reason,
                        gboolean *retryable);

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

static void take_from(Unpacker *unpacker, const Spool *spool, const UnpackerArchive *archive,
                      GPtrArray *names, Unpacked *member)
{
    g_autofree char *name = g_strdup(names->pdata[0]);
    member->missing = FALSE;
    member->reason = NULL;
    if (unpacker_start(unpacker, spool->job->tools, archive, names, member))
        unpacker_take(unpacker, name, member);
    if (member->missing && !member->reason)
        member->reason = "missing";
}

/* Of an archive that lies in another: by a box for it alone. */
static void unpack_one(const Spool *spool, const UnpackerArchive *archive, const char *name, Unpacked *member)
{
    Unpacker unpacker = {0};
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(names, g_strdup(name));
    take_from(&unpacker, spool, archive, names, member);
    unpacker_clear(&unpacker);
}

/* From the box that is at work when it comes there, else from a new one. */
static void unpack_in_turn(const Spool *spool, const UnpackerArchive *archive, guint index, const char *name,
                           Unpacked *member)
{
    if (unpacker_may_give(&at_work, archive->key, name)) {
        unpacker_take(&at_work, name, member);
        if (!member->missing)
            return;
    }
    take_from(&at_work, spool, archive,
              names_from(spool, index, strlen(archive->path) + strlen(MEMBER_BETWEEN)), member);
}

/* `index`: of the item, or G_MAXUINT for an archive on the way to it. */
static int open_member(Spool *spool, const char *path, guint index, guint64 *size, const char **reason,
                       gboolean *retryable)
{
    const char *between = last_between(path), *name = between + strlen(MEMBER_BETWEEN);
    g_autofree char *prefix = g_strndup(path, (gsize)(between - path)), *member_key = key_of(spool, path),
                    *key = key_of(spool, prefix);
    if (kept_is(&kept, member_key)) {
        *size = kept.size;
        return duplicate(kept.file);
    }
    UnpackerArchive archive = {.path = prefix, .key = key};
    archive.file = open_archive(spool, prefix, &archive.size, reason, retryable);
    if (archive.file < 0)
        return -1;
    Unpacked member = unpacked_new();
    if (!member.reason && index == G_MAXUINT)
        unpack_one(spool, &archive, name, &member);
    else if (!member.reason)
        unpack_in_turn(spool, &archive, index, name, &member);
    int file = unpacked_end(&member, size, reason, retryable);
    if (file >= 0 && *size >= KEPT_BYTES)
        kept_set(&kept, member_key, duplicate(file), *size);
    return file;
}

/* It stays open until another of the same depth is. */
static int open_archive(Spool *spool, const char *path, guint64 *size, const char **reason,
                        gboolean *retryable)
{
    Kept *archive = &spool->archives[depth_of(path)];
    if (!kept_is(archive, path)) {
        guint64 n = 0;
        int file = spool_is_member(path) ? open_member(spool, path, G_MAXUINT, &n, reason, retryable)
                                         : beneath_open(spool->root, path, &n, reason);
        if (file < 0)
            return -1;
        kept_set(archive, path, file, n);
    }
    *size = archive->size;
    return archive->file;
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
    for (guint i = 0; i < MEMBER_DEPTH; i++)
        kept_set(&spool->archives[i], NULL, -1, 0);
    kept_set(&spool->last, NULL, -1, 0);
    g_free(spool);
}

int spool_open(Spool *spool, guint index, guint64 *size, const char **reason, gboolean *retryable)
{
    const char *path = path_at(spool, index);
    *retryable = FALSE;
    if (depth_of(path) > MEMBER_DEPTH) {
        *reason = "too-deep";
        return -1;
    }
    if (!kept_is(&spool->last, path)) {
        guint64 n = 0;
        int file = open_member(spool, path, index, &n, reason, retryable);
        if (file < 0)
            return -1;
        kept_set(&spool->last, path, file, n);
    }
    *size = spool->last.size;
    return duplicate(spool->last.file);
}
