/* list.c - the files beneath a source, by name and size alone. */
#include "collect/list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lib/error.h"
#include "nouns/evidence.h"

/* Folders within folders. A deeper tree is no mail store; what lies below is a gap "too-deep". */
#define LIMIT_FOLDER_DEPTH 64

void listed_file_free(gpointer data)
{
    ListedFile *file = data;
    g_free(file->path);
    g_free(file);
}

static void gap_free(gpointer data)
{
    ListedGap *gap = data;
    g_free(gap->path);
    g_free(gap);
}

void listing_free(Listing *listing)
{
    if (!listing)
        return;
    g_ptr_array_unref(listing->files);
    g_ptr_array_unref(listing->gaps);
    g_free(listing);
}

static void add_gap(Listing *listing, const char *path, const char *reason)
{
    ListedGap *gap = g_new0(ListedGap, 1);
    gap->path = g_strdup(path);
    gap->reason = reason;
    g_ptr_array_add(listing->gaps, gap);
}

static void add_file(Listing *listing, const char *path, const struct stat *status, gboolean maildir)
{
    ListedFile *file = g_new0(ListedFile, 1);
    file->path = g_strdup(path);
    file->size = (guint64)status->st_size;
    file->mtime = (gint64)status->st_mtim.tv_sec * G_USEC_PER_SEC + status->st_mtim.tv_nsec / 1000;
    file->inode = (guint64)status->st_ino;
    file->maildir = maildir;
    g_ptr_array_add(listing->files, file);
}

/* Files that mail stores keep beside the mail: indexes, locks, lists of folders. */
static gboolean is_housekeeping(const char *name)
{
    static const char *const names[] = {"subscriptions",
                                        "maildirfolder",
                                        "maildirsize",
                                        "courierimapsubscribed",
                                        "courierimapuiddb",
                                        ".mh_sequences",
                                        ".DS_Store",
                                        "Thumbs.db",
                                        NULL};
    return g_strv_contains(names, name) || g_str_has_prefix(name, "dovecot") ||
           g_str_has_prefix(name, ".uidvalidity");
}

static gboolean has_folder(int folder, const char *name)
{
    struct stat status;
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

/* A copied Maildir may have lost its empty folders. */
static gboolean is_maildir(int folder)
{
    return has_folder(folder, "cur");
}

static void list_folder(Listing *listing, int folder, const char *path, gboolean in_maildir, guint depth);

static void list_below(Listing *listing, int parent, const char *name, const char *path, gboolean mail,
                       guint depth)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        add_gap(listing, path, "unreadable");
    else if (depth > LIMIT_FOLDER_DEPTH) {
        add_gap(listing, path, "too-deep");
        close(folder);
    } else
        list_folder(listing, folder, path, mail, depth);
}

/* What the folder is to mail: `maildir`: it holds cur and perhaps new; `in_maildir`: it is one of those. */
typedef struct {
    const char *path;
    gboolean maildir, in_maildir;
    guint depth;
} Folder;

static void list_entry(Listing *listing, int fd, const Folder *folder, const char *name)
{
    struct stat status;
    g_autofree char *path = *folder->path ? g_strconcat(folder->path, "/", name, NULL) : g_strdup(name);
    if (folder->maildir && g_str_equal(name, "tmp"))
        return;
    if (!folder->in_maildir && is_housekeeping(name))
        return;
    if (fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        add_gap(listing, path, "unreadable");
    else if (S_ISDIR(status.st_mode)) {
        gboolean mail = folder->maildir && (g_str_equal(name, "cur") || g_str_equal(name, "new"));
        list_below(listing, fd, name, path, mail, folder->depth + 1);
    } else if (S_ISREG(status.st_mode))
        add_file(listing, path, &status, folder->in_maildir);
    else
        add_gap(listing, path, S_ISLNK(status.st_mode) ? "symlink" : "not-regular");
}

/* List an open folder, which is closed. */
static void list_folder(Listing *listing, int fd, const char *path, gboolean in_maildir, guint depth)
{
    DIR *stream = fdopendir(fd);
    if (!stream) {
        add_gap(listing, path, "unreadable");
        close(fd);
        return;
    }
    Folder folder = {.path = path, .maildir = is_maildir(fd), .in_maildir = in_maildir, .depth = depth};
    if (!*path)
        listing->maildir = folder.maildir;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(stream)); errno = 0)
        if (!g_str_equal(entry->d_name, ".") && !g_str_equal(entry->d_name, ".."))
            list_entry(listing, fd, &folder, entry->d_name);
    if (errno)
        add_gap(listing, path, "unreadable");
    closedir(stream);
}

static gint by_path(gconstpointer a, gconstpointer b)
{
    return strcmp((*(ListedFile *const *)a)->path, (*(ListedFile *const *)b)->path);
}

static Listing *listing_new(gboolean folder)
{
    Listing *listing = g_new0(Listing, 1);
    listing->files = g_ptr_array_new_with_free_func(listed_file_free);
    listing->gaps = g_ptr_array_new_with_free_func(gap_free);
    listing->folder = folder;
    return listing;
}

Listing *list_source(const char *path, GError **error)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) < 0) {
        int cause = errno;
        if (fd >= 0)
            close(fd);
        error_set(error, cause == ENOENT ? CANDOR_ERROR_MISSING : CANDOR_ERROR_IO,
                  "cannot take in %s: %s; give a file or folder that this account may read", path,
                  g_strerror(cause));
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        Listing *listing = listing_new(TRUE);
        list_folder(listing, fd, "", FALSE, 0);
        g_ptr_array_sort(listing->files, by_path);
        return listing;
    }
    close(fd);
    if (!S_ISREG(status.st_mode)) {
        error_set(error, CANDOR_ERROR_FORMAT, "%s is neither file nor folder; give a file or folder of mail",
                  path);
        return NULL;
    }
    Listing *listing = listing_new(FALSE);
    add_file(listing, "", &status, FALSE);
    return listing;
}

/* An archive is a folder; the source itself is none. */
static char *dirname_of(const char *path)
{
    g_auto(GStrv) steps = g_strsplit(
        g_str_has_prefix(path, MEMBER_BETWEEN) ? path + strlen(MEMBER_BETWEEN) : path, MEMBER_BETWEEN, -1);
    g_autofree char *plain = g_strjoinv("/", steps);
    return g_path_get_dirname(plain);
}

char *list_folder_of(const char *path, gboolean maildir)
{
    g_autofree char *folder = dirname_of(path);
    if (g_str_equal(folder, "."))
        return g_strdup(maildir ? "INBOX" : "");
    if (g_str_has_suffix(folder, "/cur") || g_str_has_suffix(folder, "/new"))
        folder[strlen(folder) - 4] = 0;
    else if (maildir && (g_str_equal(folder, "cur") || g_str_equal(folder, "new")))
        return g_strdup("INBOX");
    if (folder[0] == '.' && maildir) { /* Maildir++: .Sent.2024 is Sent/2024 */
        g_strdelimit(folder, ".", '/');
        return g_strdup(folder + 1);
    }
    return g_steal_pointer(&folder);
}
