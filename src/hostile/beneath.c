/* beneath.c - open a path beneath a source's root, and nowhere else. */
#include "hostile/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Where the conductor puts the file of a `scan` request. */
#define SCANNED_FILE 4

int beneath_open(int root, const char *path, guint64 *size, const char **reason)
{
    struct open_how how = {.flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    int file = path ? (int)syscall(SYS_openat2, root, path, &how, sizeof how)
                    : fcntl(SCANNED_FILE, F_DUPFD_CLOEXEC, 5);
    struct stat status;
    if (file < 0)
        *reason = errno == ENOENT || errno == ENOTDIR ? "missing"
                  : errno == ELOOP                    ? "not-regular"
                                                      : "unreadable";
    else if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        *reason = "not-regular";
    else {
        *size = (guint64)status.st_size;
        return file;
    }
    if (file >= 0)
        close(file);
    return -1;
}
