/* unpack.c - the converter of archives and compressed files. */
#include "hostile/convert/unpack.h"

#include "hostile/archive/formats.h"
#include "hostile/convert/inner.h"
#include "hostile/limits.h"

/* A member may unpack to this much whatever its ratio: short texts repeat themselves. */
#define FREE_BYTES (1UL << 20)
#define READ_BYTES (64UL << 10)
/* An archive without a file; a tar of that size is two empty blocks. */
#define EMPTY_BYTES 32

typedef struct archive Archive;

typedef struct {
    Converters *converters;
    Charsets *charsets;
    Archive *archive;
    Span bytes;
    guint members, locked;
    Made *made;
} Unpacking;

gboolean archive_takes(Span bytes, Span media_type)
{
    (void)media_type;
    return archive_is_one(bytes);
}

/* --- one member -------------------------------------------------------------------------------------------- */

static void put_name(Unpacking *it, struct archive_entry *entry)
{
    g_auto(Scratch) decoded = {0};
    Span text;
    if (archive_name(it->charsets, entry, &decoded, &text) && text.n)
        made_text(it->made, text);
    made_line(it->made);
}

/* Why a member is not read to its end, or NULL. */
static const char *too_much(const Unpacking *it, guint64 unpacked)
{
    if (it->made->inner_bytes + unpacked > LIMIT_INNER_BYTES)
        return "inflated-too-large";
    return unpacked > FREE_BYTES && unpacked / LIMIT_ZIP_RATIO > it->bytes.n ? "zip-bomb" : NULL;
}

static void read_member(Unpacking *it, Scratch *out, const char **cut)
{
    gssize got;
    do {
        if (!scratch_reserve(out, READ_BYTES)) {
            *cut = "memory";
            return;
        }
        got = archive_read_data(it->archive, out->p + out->n, READ_BYTES);
        out->n += got > 0 ? (gsize)got : 0;
        *cut = too_much(it, out->n);
    } while (got > 0 && !*cut);
    if (got < 0 && !*cut)
        *cut = "broken";
}

/* What was unpacked before a damage is read. */
static void put_member(Unpacking *it)
{
    g_auto(Scratch) bytes = {0};
    const char *cut = NULL;
    read_member(it, &bytes, &cut);
    if (bytes.n)
        inner_convert(it->converters, scratch_span(&bytes), SPAN_NONE, bytes.n, it->made);
    if (cut)
        made_worse(it->made, PART_CUT, cut, "a file of the archive", it->bytes.n);
}

static void take_entry(Unpacking *it, struct archive_entry *entry)
{
    it->members++;
    put_name(it, entry);
    if (archive_entry_is_encrypted(entry) > 0) {
        it->locked++;
        made_worse(it->made, PART_CUT, "encrypted", "a file of the archive",
                   (guint64)MAX(archive_entry_size(entry), 0));
    } else if (archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0) {
        put_member(it);
    }
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static Archive *open_archive(Span bytes)
{
    Archive *archive = archive_reader(archive_is_compressed(bytes));
    if (!archive || archive_read_open_memory(archive, bytes.p, bytes.n) == ARCHIVE_OK)
        return archive;
    archive_read_free(archive);
    return NULL;
}

/* What the list itself says, at its end. */
static void judge(Unpacking *it, int result)
{
    gboolean locked = archive_read_has_encrypted_entries(it->archive) == 1 && !it->members;
    if (locked || (it->members && it->locked == it->members))
        made_worse(it->made, PART_ENCRYPTED, "encrypted", NULL, locked ? it->bytes.n : 0);
    else if (it->members > LIMIT_INNER_FILES)
        made_worse(it->made, PART_CUT, "too-many-entries", NULL, 0);
    else if ((result != ARCHIVE_EOF || (!it->members && it->bytes.n > EMPTY_BYTES)) && !it->made->full)
        made_worse(it->made, PART_BROKEN, "broken", "the archive is damaged", it->members ? 0 : it->bytes.n);
}

static gboolean is_full(const Unpacking *it)
{
    return it->made->inner_bytes >= LIMIT_INNER_BYTES;
}

static void unpack(Unpacking *it)
{
    struct archive_entry *entry;
    int result;
    while ((result = archive_read_next_header(it->archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN) {
        if (it->members > LIMIT_INNER_FILES || it->made->full || is_full(it))
            break;
        take_entry(it, entry);
    }
    judge(it, is_full(it) ? ARCHIVE_EOF : result);
}

void archive_convert(Converters *converters, Charsets *charsets, Span bytes, Made *made)
{
    Archive *archive = open_archive(bytes);
    Unpacking it = {
        .converters = converters, .charsets = charsets, .archive = archive, .bytes = bytes, .made = made};
    if (archive)
        unpack(&it);
    else
        made_worse(made, PART_BROKEN, "broken", "no archive that can be read", bytes.n);
    archive_read_free(archive);
    made->unscanned = MIN(made->unscanned, bytes.n);
}
