/* zip.c - the entries of a zip in memory. */
#include "hostile/convert/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include "hostile/limits.h"

/* An entry may inflate to this much whatever its ratio: short texts repeat themselves. */
#define FREE_BYTES (1UL << 20)

struct Zip {
    Span bytes;
    GArray *entries; /* ZipEntry */
    gboolean broken, too_many;
    struct archive *reading;
    guint next;               /* entry whose header is read next                         */
    guint64 inflated_before;  /* of all entries                                         */
    guint64 inflated, length; /* of the entry at hand                                    */
    ZipEnd end;
};

static void entry_clear(gpointer data)
{
    g_free(((ZipEntry *)data)->name);
}

/* A reader at the zip's beginning; NULL when it is none at all. */
static struct archive *begin(Span bytes)
{
    struct archive *reading = archive_read_new();
    if (reading && archive_read_support_format_zip(reading) == ARCHIVE_OK &&
        archive_read_open_memory(reading, bytes.p, bytes.n) == ARCHIVE_OK)
        return reading;
    archive_read_free(reading);
    return NULL;
}

/* A warning is about a name or a time: the entry is there. */
static gboolean is_there(int result)
{
    return result == ARCHIVE_OK || result == ARCHIVE_WARN;
}

/* An entry ends where the next one's data begin. */
static void set_lengths(Zip *zip)
{
    for (guint i = 0; i < zip->entries->len; i++) {
        ZipEntry *entry = &g_array_index(zip->entries, ZipEntry, i);
        guint64 stop = i + 1 < zip->entries->len ? entry[1].start : zip->bytes.n;
        entry->length = stop > entry->start ? stop - entry->start : 0;
    }
}

static void list(Zip *zip, struct archive *reading)
{
    struct archive_entry *header;
    int result;
    while (is_there(result = archive_read_next_header(reading, &header))) {
        if (zip->entries->len == LIMIT_ZIP_ENTRIES) {
            zip->too_many = TRUE;
            return;
        }
        const char *name = archive_entry_pathname(header);
        gint64 start = archive_filter_bytes(reading, 0); /* the header has been read, the data not */
        ZipEntry entry = {.name = g_strdup(name ? name : ""),
                          .start = MIN((guint64)MAX(start, 0), zip->bytes.n),
                          .encrypted = archive_entry_is_data_encrypted(header) > 0};
        g_array_append_val(zip->entries, entry);
    }
    zip->broken = result != ARCHIVE_EOF;
}

Zip *zip_open(Span bytes)
{
    Zip *zip = g_new0(Zip, 1);
    zip->bytes = bytes;
    zip->entries = g_array_new(FALSE, FALSE, sizeof(ZipEntry));
    g_array_set_clear_func(zip->entries, entry_clear);
    struct archive *reading = begin(bytes);
    zip->broken = TRUE;
    if (reading)
        list(zip, reading);
    archive_read_free(reading);
    set_lengths(zip);
    return zip;
}

void zip_close(Zip *zip)
{
    if (!zip)
        return;
    archive_read_free(zip->reading);
    g_array_unref(zip->entries);
    g_free(zip);
}

guint zip_count(const Zip *zip)
{
    return zip->entries->len;
}

const ZipEntry *zip_entry(const Zip *zip, guint i)
{
    return &g_array_index(zip->entries, ZipEntry, i);
}

gboolean zip_is_broken(const Zip *zip)
{
    return zip->broken;
}

gboolean zip_has_too_many(const Zip *zip)
{
    return zip->too_many;
}

void zip_rewind(Zip *zip)
{
    archive_read_free(zip->reading);
    zip->reading = begin(zip->bytes);
    zip->next = 0;
}

gboolean zip_turn_to(Zip *zip, guint i)
{
    struct archive_entry *header;
    gboolean there = zip->reading != NULL;
    for (; there && zip->next <= i; zip->next++)
        there = is_there(archive_read_next_header(zip->reading, &header));
    zip->inflated_before += zip->inflated;
    zip->inflated = 0;
    zip->length = zip_entry(zip, i)->length;
    zip->end = there ? ZIP_WHOLE : ZIP_DAMAGED;
    return there;
}

int zip_read(void *user, char *out, int n)
{
    Zip *zip = user;
    if (zip->end != ZIP_WHOLE)
        return -1;
    gssize got = archive_read_data(zip->reading, out, (gsize)n);
    zip->inflated += got > 0 ? (guint64)got : 0;
    if (got < 0)
        zip->end = ZIP_DAMAGED;
    else if (zip->inflated > FREE_BYTES && zip->inflated / LIMIT_ZIP_RATIO > zip->length)
        zip->end = ZIP_BOMB;
    else if (zip->inflated_before + zip->inflated > LIMIT_ZIP_INFLATED_BYTES)
        zip->end = ZIP_TOO_LARGE;
    return zip->end == ZIP_WHOLE ? (int)got : -1;
}

ZipEnd zip_end(const Zip *zip)
{
    return zip->end;
}
