/* output.c - where results go: standard output, or a file that is there whole or not at all. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

static const char *name_of(const Output *output)
{
    return output->path ? output->path : "standard output";
}

static gboolean not_written(const Output *output, GError **error)
{
    if (errno == EPIPE && !output->path) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return error_set_errno(error, "%s: cannot be written, make room or name another file", name_of(output));
}

gboolean output_is_well(const Output *output, GError **error)
{
    return !ferror(output->file) || not_written(output, error);
}

gboolean output_finish(Output *output, GError **error)
{
    if (fflush(output->file) != 0 || ferror(output->file))
        return not_written(output, error);
    if (!output->path)
        return TRUE;
    if (fsync(fileno(output->file)) != 0 || g_rename(output->partial, output->path) != 0)
        return not_written(output, error);
    g_clear_pointer(&output->partial, g_free);
    return TRUE;
}

void output_clear(Output *output)
{
    if (output->file && output->file != stdout)
        fclose(output->file);
    if (output->partial)
        g_unlink(output->partial);
    g_free(output->partial);
    g_free(output->path);
    *output = (Output){0};
}

gboolean output_open(Output *output, const char *path, GError **error)
{
    if (!path || strcmp(path, "-") == 0) {
        *output = (Output){.file = stdout};
        return TRUE;
    }
    struct stat about;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return error_set(error, CANDOR_ERROR_IO,
                         "%s: is there and no plain file; name another, or write to standard output", path);
    *output = (Output){.path = g_strdup(path), .partial = g_strconcat(path, ".XXXXXX", NULL)};
    int fd = g_mkstemp_full(output->partial, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        int cause = errno;
        g_clear_pointer(&output->partial, g_free);
        errno = cause;
        return error_set_errno(error, "%s: cannot be made", path);
    }
    output->file = fdopen(fd, "w");
    return output->file || error_set_errno(error, "%s: cannot be opened", path);
}
