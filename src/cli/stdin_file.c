/* stdin_file.c - bytes that must be a file for a worker. */
#include "cli/stdin_file.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include "lib/error.h"

static int new_file(GError **error)
{
    int fd = memfd_create("candor", MFD_CLOEXEC);
    if (fd < 0)
        error_set_errno(error, "memory for a file cannot be had");
    return fd;
}

static gboolean write_all(int fd, Span bytes, GError **error)
{
    while (bytes.n) {
        gssize n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(
                error, "standard input cannot be kept in memory; save it to a file and scan that");
        bytes = (Span){bytes.p + n, bytes.n - (gsize)n};
    }
    return TRUE;
}

static gboolean copy_stdin(int fd, GError **error)
{
    char buffer[64 << 10];
    for (gsize all = 0;;) {
        gssize n = read(STDIN_FILENO, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(error, "standard input cannot be read");
        if (n == 0)
            return TRUE;
        all += (gsize)n;
        if (all > STDIN_BYTES_MOST)
            return error_set(error, CANDOR_ERROR_LIMIT,
                             "standard input has more than %lu bytes; save it to a file and scan "
                             "that",
                             STDIN_BYTES_MOST);
        if (!write_all(fd, (Span){buffer, (gsize)n}, error))
            return FALSE;
    }
}

int memory_file_open(Span bytes, GError **error)
{
    int fd = new_file(error);
    if (fd >= 0 && write_all(fd, bytes, error))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

int stdin_file_open(GError **error)
{
    int fd = new_file(error);
    if (fd >= 0 && copy_stdin(fd, error))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}
