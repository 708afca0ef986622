/* pst_fuzz.c - any bytes as a PST: all that it lists, all that was deleted, every item. */
#include <sys/mman.h>
#include <unistd.h>

#include "hostile/outlook/pst.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n);

static Charsets *charsets;

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
    const char *reason = NULL;
    if (!charsets)
        charsets = charsets_new(NULL);
    int file = memfd_create("pst", MFD_CLOEXEC);
    if (write(file, bytes, n) == (gssize)n) {
        g_autoptr(Pst) pst = pst_open(file, n, charsets, &reason);
        if (pst)
            pst_recover(pst);
        for (guint i = 0; pst && i < pst_places(pst)->len; i++)
            item_free(pst_read(pst, &g_array_index(pst_places(pst), PstPlace, i), &reason));
    }
    close(file);
    return 0;
}
