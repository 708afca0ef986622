/* ole.c - the converter of Office files before 2007. */
#include "hostile/convert/ole.h"

#include "hostile/cfb/cfb.h"
#include "hostile/convert/inner.h"
#include "hostile/convert/ole_excel.h"
#include "hostile/convert/ole_powerpoint.h"
#include "hostile/convert/ole_properties.h"
#include "hostile/convert/ole_text.h"
#include "hostile/limits.h"

typedef struct {
    Converters *converters;
    Charsets *charsets;
    Cfb *file;
    guint contents;
    Made *made;
} Ole;

gboolean ole_takes(Span bytes, Span media_type)
{
    (void)media_type;
    return bytes.n >= 8 && memcmp(bytes.p, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0;
}

/* --- streams ----------------------------------------------------------------------------------------------- */

/* The stream of that name, its bytes in `out`; empty when there is none. */
static Span stream_of(const Ole *ole, guint32 storage, const char *name, Scratch *out)
{
    guint32 entry = cfb_find(ole->file, storage, name);
    if (entry != CFB_NONE && !cfb_is_storage(ole->file, entry))
        cfb_append(ole->file, entry, out);
    return scratch_span(out);
}

static gboolean has(const Ole *ole, guint32 storage, const char *name)
{
    return cfb_find(ole->file, storage, name) != CFB_NONE;
}

/* What could not be understood is still looked through. */
static void judge(const Ole *ole, OleOutcome outcome, Span stream)
{
    if (outcome == OLE_ENCRYPTED) {
        made_worse(ole->made, PART_ENCRYPTED, "encrypted", NULL, stream.n);
    } else if (outcome == OLE_NOT_UNDERSTOOD) {
        ole_put_strings(ole->made, stream);
        made_worse(ole->made, PART_CUT, "strings-only", NULL, stream.n);
    }
}

static gboolean put_word(const Ole *ole, guint32 storage)
{
    g_auto(Scratch) document = {0}, table0 = {0}, table1 = {0};
    if (!has(ole, storage, "WordDocument"))
        return FALSE;
    Span stream = stream_of(ole, storage, "WordDocument", &document);
    judge(ole,
          ole_word(stream, stream_of(ole, storage, "0Table", &table0),
                   stream_of(ole, storage, "1Table", &table1), ole->contents, ole->made),
          stream);
    return TRUE;
}

static gboolean put_excel(const Ole *ole, guint32 storage)
{
    g_auto(Scratch) bytes = {0};
    const char *name = has(ole, storage, "Workbook") ? "Workbook" : "Book";
    if (!has(ole, storage, name))
        return FALSE;
    Span stream = stream_of(ole, storage, name, &bytes);
    judge(ole, ole_excel(ole->charsets, stream, ole->contents, ole->made), stream);
    return TRUE;
}

static gboolean put_powerpoint(const Ole *ole, guint32 storage)
{
    g_auto(Scratch) bytes = {0}, user = {0};
    if (!has(ole, storage, "PowerPoint Document"))
        return FALSE;
    Span stream = stream_of(ole, storage, "PowerPoint Document", &bytes);
    judge(ole,
          ole_powerpoint(ole->converters, stream, stream_of(ole, storage, "Current User", &user),
                         ole->contents, ole->made),
          stream);
    return TRUE;
}

static void put_properties(const Ole *ole, guint32 storage, const char *name)
{
    g_auto(Scratch) bytes = {0};
    Span stream = stream_of(ole, storage, name, &bytes);
    if (!stream.n)
        return;
    if (ole->contents >> CONTENT_PROPERTIES & 1)
        ole_properties(stream, ole->made);
    else
        made_off(ole->made, CONTENT_PROPERTIES, stream.n);
}

/* --- what is within ---------------------------------------------------------------------------------------- */

/* A file that was put in by hand: label, place and bytes, each with its length or end. */
static void put_native(const Ole *ole, Span stream)
{
    gsize at = 6;
    Span name = SPAN_NONE;
    for (guint i = 0; i < 2; i++) { /* label, place */
        Span rest = little_part(stream, at, stream.n);
        gsize n = strnlen(rest.p, rest.n);
        name = (Span){rest.p, n};
        at += n + 1;
    }
    at += 4;
    at += 4 + little32(stream, at);
    Span file = little_part(stream, at + 4, little32(stream, at));
    if (!file.n)
        file = little_part(stream, 4, stream.n);
    ole_put_windows(ole->made, name);
    inner_convert(ole->converters, file, SPAN_NONE, file.n, ole->made);
}

/* A stream that is none of the document's own. */
static void put_stream(const Ole *ole, guint32 entry)
{
    static const char *const files[] = {"Package", "CONTENTS", "Contents", "EmbeddedOdf"};
    const char *name = cfb_name(ole->file, entry);
    g_auto(Scratch) bytes = {0};
    guint64 n = cfb_size(ole->file, entry);
    if (strcmp(name, "Pictures") == 0) {
        if (n)
            made_gap(ole->made, "embedded", "picture", n);
    } else if (strcmp(name, "\001Ole10Native") == 0) {
        cfb_append(ole->file, entry, &bytes);
        put_native(ole, scratch_span(&bytes));
    }
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        if (strcmp(name, files[i]) == 0) {
            cfb_append(ole->file, entry, &bytes);
            inner_convert(ole->converters, scratch_span(&bytes), SPAN_NONE, n, ole->made);
        }
}

static gboolean holds_macros(const char *name)
{
    static const char *const names[] = {"Macros", "_VBA_PROJECT_CUR", "VBA"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(name, names[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean put_storage(const Ole *ole, guint32 storage, guint depth)
{
    gboolean taken = put_word(ole, storage);
    taken |= put_excel(ole, storage);
    taken |= put_powerpoint(ole, storage);
    put_properties(ole, storage, "\005SummaryInformation");
    put_properties(ole, storage, "\005DocumentSummaryInformation");
    for (guint32 at = cfb_first(ole->file, storage); at != CFB_NONE && !ole->made->full;
         at = cfb_next(ole->file, at)) {
        if (!cfb_is_storage(ole->file, at))
            put_stream(ole, at);
        else if (holds_macros(cfb_name(ole->file, at)))
            made_gap(ole->made, "embedded", "macros", 0);
        else if (depth >= LIMIT_DEPTH)
            made_worse(ole->made, PART_CUT, "too-deep", NULL, 0);
        else
            taken |= put_storage(ole, at, depth + 1);
    }
    return taken;
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static gboolean is_encrypted(const Ole *ole)
{
    return has(ole, CFB_ROOT, "EncryptedPackage") || has(ole, CFB_ROOT, "\tDRMContent") ||
           has(ole, CFB_ROOT, "EncryptedSummary");
}

static void put_all(const Ole *ole, Span bytes)
{
    if (is_encrypted(ole)) {
        made_worse(ole->made, PART_ENCRYPTED, "encrypted", NULL, bytes.n);
        return;
    }
    gboolean taken = put_storage(ole, CFB_ROOT, 0);
    if (cfb_is_damaged(ole->file))
        made_worse(ole->made, PART_BROKEN, "broken", "the compound file is damaged", 0);
    if (!taken)
        judge(ole, OLE_NOT_UNDERSTOOD, bytes);
}

void ole_convert(Converters *converters, Charsets *charsets, Span bytes, guint contents, Made *made)
{
    g_autoptr(Cfb) file = cfb_open(bytes);
    Ole ole = {
        .converters = converters, .charsets = charsets, .file = file, .contents = contents, .made = made};
    if (file)
        put_all(&ole, bytes);
    else
        judge(&ole, OLE_NOT_UNDERSTOOD, bytes);
    made->unscanned = MIN(made->unscanned, bytes.n);
}
