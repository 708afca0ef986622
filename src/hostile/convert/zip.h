/* zip.h - the entries of a zip in memory: listed first, then inflated one by one under limits; by libarchive. */
#pragma once
#include "lib/span.h"

typedef struct {
    char *name;     /* as it stands in the zip; "" for one that cannot be shown in ASCII */
    guint64 start;  /* of its data in the zip                                           */
    guint64 length; /* from there to the next entry's data, or the zip's end            */
    gboolean encrypted;
} ZipEntry;

typedef struct Zip Zip;

/* List the entries of `bytes`, which must live as long as the zip. Never NULL; a zip that is broken from its first byte
 * on has no entries. */
Zip *zip_open(Span bytes);
void zip_close(Zip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zip, zip_close)

guint zip_count(const Zip *zip);
const ZipEntry *zip_entry(const Zip *zip, guint i);
/* Whether the list ends where the zip is damaged, or at LIMIT_ZIP_ENTRIES. */
gboolean zip_is_broken(const Zip *zip);
gboolean zip_has_too_many(const Zip *zip);

/* Go to the first entry again, or to entry i, which must lie ahead. FALSE when it cannot be reached. */
void zip_rewind(Zip *zip);
gboolean zip_turn_to(Zip *zip, guint i);

/* Why an entry gave less than it holds. */
typedef enum { ZIP_WHOLE, ZIP_DAMAGED, ZIP_BOMB, ZIP_TOO_LARGE } ZipEnd;
/* Inflate the next bytes of the entry that was turned to: how many, 0 at its end, -1 when it is damaged or over a
 * limit. Of the shape that libxml2 reads from. */
int zip_read(void *zip, char *out, int n);
ZipEnd zip_end(const Zip *zip);
