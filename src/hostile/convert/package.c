/* package.c - a document that is a zip of entries. */
#include "hostile/convert/package.h"

#include "hostile/convert/inner.h"
#include "hostile/convert/ocr.h"
#include "hostile/limits.h"

#define READ_BYTES (64UL << 10)

gboolean package_is_zip(Span bytes)
{
    return bytes.n >= 4 && memcmp(bytes.p, "PK\x03\x04", 4) == 0;
}

void package_judge_entry(const Zip *zip, const ZipEntry *entry, XmlEnd end, Made *made)
{
    if (made->full)
        return;
    if (zip_end(zip) == ZIP_BOMB)
        made_worse(made, PART_CUT, "zip-bomb", NULL, entry->length);
    else if (zip_end(zip) == ZIP_TOO_LARGE)
        made_worse(made, PART_CUT, "inflated-too-large", NULL, entry->length);
    else if (end == XML_TOO_DEEP)
        made_worse(made, PART_CUT, "too-deep", NULL, entry->length);
    else if (end == XML_HAS_DOCTYPE)
        made_worse(made, PART_BROKEN, "broken", "a document type in its XML", entry->length);
    else if (end == XML_DAMAGED)
        made_worse(made, PART_BROKEN, "broken", "damaged XML or zip entry", entry->length);
}

void package_judge_list(const Zip *zip, guint64 size, Made *made)
{
    guint count = zip_count(zip);
    if (!count)
        made_worse(made, PART_BROKEN, "broken", "no entry can be read", size);
    else if (zip_has_too_many(zip))
        made_worse(made, PART_CUT, "too-many-entries", NULL, zip_entry(zip, count - 1)->length);
    else if (zip_is_broken(zip) && made->state != PART_BROKEN)
        made_worse(made, PART_BROKEN, "broken", "the zip is cut", 0);
    made->unscanned = MIN(made->unscanned, size);
}

gboolean package_read(Zip *zip, Scratch *out)
{
    int got = 1;
    while (got > 0 && out->n < LIMIT_INNER_BYTES && scratch_reserve(out, READ_BYTES)) {
        got = zip_read(zip, out->p + out->n, READ_BYTES);
        out->n += got > 0 ? (gsize)got : 0;
    }
    return got == 0;
}

/* Entry i, which lies ahead, is a file within, or a picture, of which other forms are left. */
static void put_inner(const Package *package, guint i, const char *picture)
{
    Zip *zip = package->zip;
    Made *made = package->made;
    g_auto(Scratch) bytes = {0};
    guint64 length = zip_entry(zip, i)->length;
    gboolean whole = zip_turn_to(zip, i) && package_read(zip, &bytes);
    if (picture && (!whole || !ocr_takes(scratch_span(&bytes), SPAN_NONE))) {
        made_gap(made, "embedded", picture, length);
        return;
    }
    if (bytes.n)
        inner_convert(package->converters, scratch_span(&bytes), SPAN_NONE, length, made);
    if (!whole)
        package_judge_entry(zip, zip_entry(zip, i), XML_DAMAGED, made);
}

gboolean package_passes(const Package *package, guint i, const PackageEntry *entry)
{
    guint64 length = zip_entry(package->zip, i)->length;
    Made *made = package->made;
    if (entry->kind == PACKAGE_NOISE)
        return TRUE;
    if (entry->encrypted)
        made_worse(made, PART_ENCRYPTED, "encrypted", "an entry of the zip", length);
    else if (entry->kind == PACKAGE_EMBEDDED && strcmp(entry->what, "picture") == 0 &&
             inner_ocr(package->converters))
        put_inner(package, i, entry->what);
    else if (entry->kind == PACKAGE_EMBEDDED)
        made_gap(made, "embedded", entry->what, length);
    else if (entry->kind == PACKAGE_FILE)
        put_inner(package, i, NULL);
    else if (!(package->contents >> entry->content & 1))
        made_off(made, entry->content, length);
    else if (made->full)
        made->unscanned += length;
    else
        return FALSE;
    return TRUE;
}

gboolean package_find(const Zip *zip, const char *name, guint *index)
{
    for (*index = 0; *index < zip_count(zip); ++*index)
        if (strcmp(zip_entry(zip, *index)->name, name) == 0)
            return !zip_entry(zip, *index)->encrypted;
    return FALSE;
}
