/* ooxml.c - the converter of Word, Excel and PowerPoint files since 2007. */
#include "hostile/convert/ooxml.h"

#include "hostile/archive/formats.h"
#include "hostile/convert/ooxml_binary.h"
#include "hostile/convert/ooxml_place.h"
#include "hostile/convert/ooxml_sheet.h"
#include "hostile/convert/ooxml_text.h"
#include "hostile/convert/package.h"

typedef struct {
    Package package;
    Workbook *workbook;
    guint strings; /* the entry whose strings the workbook has; G_MAXUINT: none */
} Office;

static gboolean is_ole(Span bytes)
{
    return bytes.n >= 8 && memcmp(bytes.p, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0;
}

/* An encrypted file is an OLE file with a stream of this name, kept in UTF-16. */
static gboolean is_encrypted(Span bytes)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return is_ole(bytes) && memmem(bytes.p, bytes.n, name, sizeof name);
}

static gboolean contains(Span bytes, const char *text)
{
    return memmem(bytes.p, bytes.n, text, strlen(text)) != NULL;
}

gboolean ooxml_takes(Span bytes, Span media_type)
{
    static const char prefix[] = "application/vnd.openxmlformats-officedocument.";
    if (is_ole(bytes))
        return is_encrypted(bytes);
    if (media_type.n > sizeof prefix - 1 && memcmp(media_type.p, prefix, sizeof prefix - 1) == 0)
        return TRUE;
    return package_is_zip(bytes) && (contains(bytes, "word/document") || contains(bytes, "xl/workbook") ||
                                     contains(bytes, "ppt/presentation"));
}

/* --- one entry --------------------------------------------------------------------------------------------- */

/* What was unpacked before a damage is read. */
static XmlEnd read_binary(Office *office, const ZipEntry *entry)
{
    g_auto(Scratch) bytes = {0};
    gboolean whole = package_read(office->package.zip, &bytes), held;
    Made *made = office->package.made;
    Span records = scratch_span(&bytes);
    gboolean formulas = office->package.contents >> CONTENT_HIDDEN & 1;
    BinaryKind kind = binary_kind(entry->name);
    if (kind == BINARY_SHEET)
        held = binary_cells(office->workbook, records, formulas, made);
    else if (kind == BINARY_COMMENTS)
        held = binary_comments(records, made);
    else
        held = binary_sheets(office->workbook, records, made);
    return whole && held ? XML_WHOLE : XML_DAMAGED;
}

static XmlEnd read_entry(Office *office, const ZipEntry *entry, const OoxmlPlace *place)
{
    switch (place->kind) {
    case PLACE_SHEET:
        return workbook_cells(office->workbook, office->package.zip,
                              office->package.contents >> CONTENT_HIDDEN & 1, office->package.made);
    case PLACE_WORKBOOK:
        return g_str_has_suffix(entry->name, "workbook.xml")
                   ? workbook_sheets(office->workbook, office->package.zip,
                                     office->package.contents >> CONTENT_HIDDEN & 1, office->package.made)
                   : XML_WHOLE;
    case PLACE_BINARY:
        return read_binary(office, entry);
    default:
        return ooxml_text(office->package.zip, place->kind, office->package.made);
    }
}

static PackageKind kind_of(PlaceKind place)
{
    return place == PLACE_NOISE || place == PLACE_STRINGS ? PACKAGE_NOISE
           : place == PLACE_EMBEDDED                      ? PACKAGE_EMBEDDED
           : place == PLACE_FILE                          ? PACKAGE_FILE
                                                          : PACKAGE_XML;
}

static void take_entry(Office *office, guint i)
{
    const ZipEntry *entry = zip_entry(office->package.zip, i);
    OoxmlPlace place = ooxml_place(entry->name);
    gboolean sheet = place.kind == PLACE_SHEET || binary_kind(entry->name) == BINARY_SHEET;
    if (sheet && workbook_hides(office->workbook, entry->name))
        place.content = CONTENT_HIDDEN;
    if (place.kind == PLACE_STRINGS && i != office->strings)
        place.kind = PLACE_RUNS;
    if (package_passes(&office->package, i,
                       &(PackageEntry){kind_of(place.kind), place.content, place.what, entry->encrypted}))
        return;
    XmlEnd end = zip_turn_to(office->package.zip, i) ? read_entry(office, entry, &place) : XML_DAMAGED;
    package_judge_entry(office->package.zip, entry, end, office->package.made);
}

/* --- a workbook's shared entries, before its cells --------------------------------------------------------- */

static gboolean turn_to_name(Office *office, const char *name, guint *index)
{
    if (!package_find(office->package.zip, name, index))
        return FALSE;
    zip_rewind(office->package.zip);
    return zip_turn_to(office->package.zip, *index);
}

/* Which sheets are hidden. What is damaged there is told when the entry's turn comes, as the names of sheets are. */
static void read_hidden(Office *office)
{
    guint i;
    Made unheard = {.full = TRUE};
    g_auto(Scratch) bytes = {0};
    const char *links = "xl/_rels/workbook.xml.rels";
    if (turn_to_name(office, "xl/workbook.xml", &i)) {
        workbook_sheets(office->workbook, office->package.zip, TRUE, &unheard);
    } else if (turn_to_name(office, "xl/workbook.bin", &i)) {
        package_read(office->package.zip, &bytes);
        binary_sheets(office->workbook, scratch_span(&bytes), &unheard);
        links = "xl/_rels/workbook.bin.rels";
    }
    if (g_hash_table_size(office->workbook->hidden) && turn_to_name(office, links, &i))
        workbook_links(office->workbook, office->package.zip);
}

static void read_strings(Office *office)
{
    guint i;
    XmlEnd end = XML_WHOLE;
    g_auto(Scratch) bytes = {0};
    if (turn_to_name(office, "xl/sharedStrings.xml", &i)) {
        office->strings = i;
        end = workbook_strings(office->workbook, office->package.zip);
    } else if (turn_to_name(office, "xl/sharedStrings.bin", &i)) {
        gboolean whole = package_read(office->package.zip, &bytes);
        end = binary_strings(office->workbook, scratch_span(&bytes)) && whole ? XML_WHOLE : XML_DAMAGED;
    } else {
        return;
    }
    package_judge_entry(office->package.zip, zip_entry(office->package.zip, i), end, office->package.made);
    if (office->workbook->incomplete)
        made_worse(office->package.made, PART_CUT, "text-too-large", "shared strings", 0);
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static void convert_zip(Converters *converters, Span bytes, guint contents, Made *made)
{
    g_autoptr(Zip) zip = zip_open(bytes);
    g_auto(Workbook) workbook = {0};
    workbook_init(&workbook);
    Office office = {{converters, zip, contents, made}, &workbook, G_MAXUINT};
    read_hidden(&office);
    read_strings(&office);
    zip_rewind(zip);
    for (guint i = 0; i < zip_count(zip); i++)
        take_entry(&office, i);
    package_judge_list(zip, bytes.n, made);
}

void ooxml_convert(Converters *converters, Span bytes, guint contents, Made *made)
{
    if (package_is_zip(bytes))
        convert_zip(converters, bytes, contents, made);
    else if (is_encrypted(bytes))
        made_worse(made, PART_ENCRYPTED, "encrypted", NULL, bytes.n);
    else
        made_worse(made, PART_BROKEN, "broken", "no zip", bytes.n);
}

/* A workbook of one empty entry whose name is marked as UTF-8: libarchive asks for a converter of such names. */
static const char sample[] =
    "PK\x03\x04\x14\0\0\x08\0\0\0\0\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\x0f\0\0\0"
    "xl/workbook.xml"
    "PK\x01\x02\x14\0\x14\0\0\x08\0\0\0\0\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\x0f\0\0\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0\0xl/workbook.xml"
    "PK\x05\x06\0\0\0\0\x01\0\x01\0\x3d\0\0\0\x2d\0\0\0\0\0";

void ooxml_warm_up(void)
{
    Made made = {0};
    archive_warm_up();
    xml_warm_up();
    made_begin(&made, NULL, NULL);
    ooxml_convert(NULL, (Span){sample, sizeof sample - 1}, (1u << CONTENT_COUNT) - 1, &made);
    scratch_clear(&made.text);
}
