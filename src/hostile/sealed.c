/* sealed.c - bytes handed to a box as a file that nobody can change any more. */
#include "hostile/sealed.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/feeder.h"
#include "lib/error.h"

int sealed_file(Span bytes, GError **error)
{
    int file = memfd_create("part", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0)
        return error_set_errno(error, "no memory file for a part") - 1;
    if (feeder_write(file, bytes, error) &&
        fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
        return file;
    close(file);
    return error_set(error, CANDOR_ERROR_MEMORY, "no memory for a part that is to be converted") - 1;
}
