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
        g_autoptr(GArray) places = pst ? pst_places(pst, 0, PLACES_RECOVERED + n, &reason) : NULL;
        for (guint i = 0; places && i < places->len; i++) {
            const PstPlace *place = &g_array_index(places, PstPlace, i);
            item_free(pst_read(pst, place, &reason));
            g_free(pst_place_detail(pst, place));
            pst_folder(pst, place->folder);
        }
    }
    close(file);
    return 0;
}
