/* odf.c - the converter of OpenDocument files. */
#include "hostile/convert/odf.h"

#include "hostile/convert/odf_text.h"
#include "hostile/convert/package.h"

#define MANIFEST "META-INF/manifest.xml"

typedef struct {
    Package package;
    GHashTable *encrypted; /* names of entries */
} OpenDocument;

static gboolean contains(Span bytes, const char *text)
{
    return memmem(bytes.p, bytes.n, text, strlen(text)) != NULL;
}

/* Its kind stands at its front, unless it is deflated; then names of entries tell. */
gboolean odf_takes(Span bytes, Span media_type)
{
    static const char prefix[] = "application/vnd.oasis.opendocument.";
    Span front = {bytes.p, MIN(bytes.n, 200)};
    if (media_type.n > sizeof prefix - 1 && memcmp(media_type.p, prefix, sizeof prefix - 1) == 0)
        return TRUE;
    if (!package_is_zip(bytes))
        return FALSE;
    return contains(front, prefix) || contains(front, "application/vnd.sun.xml.") ||
           (contains(bytes, "content.xml") && (contains(front, "mimetype") || contains(bytes, MANIFEST)));
}

/* --- what is encrypted ------------------------------------------------------------------------------------- */

typedef struct {
    GHashTable *encrypted;
    char *path; /* of the entry that is spoken of */
} Manifest;

static void open_manifest(void *user, const char *name, XmlElement *element)
{
    Manifest *manifest = user;
    if (strcmp(name, "file-entry") == 0) {
        g_free(manifest->path);
        manifest->path = span_dup(xml_attribute(element, "full-path"));
    } else if (strcmp(name, "encryption-data") == 0 && manifest->path) {
        g_hash_table_add(manifest->encrypted, g_steal_pointer(&manifest->path));
    }
}

/* A damaged manifest is judged when its turn comes. */
static void read_manifest(const OpenDocument *document)
{
    Zip *zip = document->package.zip;
    static const XmlWatch watch = {.open = open_manifest};
    Manifest manifest = {.encrypted = document->encrypted};
    guint i;
    if (package_find(zip, MANIFEST, &i) && zip_turn_to(zip, i))
        xml_walk(zip, &watch, &manifest);
    g_free(manifest.path);
    zip_rewind(zip);
}

/* --- what an entry is, by its name ------------------------------------------------------------------------- */

/* Behind the folders of objects within: "Object 1/Object 2/". */
static const char *name_in_object(const char *name)
{
    static const char folder[] = "Object ";
    while (g_str_has_prefix(name, folder)) {
        const char *number = name + sizeof folder - 1;
        gsize digits = strspn(number, "0123456789");
        if (!digits || number[digits] != '/')
            break;
        name = number + digits + 1;
    }
    return name;
}

/* What says how the document is shown and signed, and no text: under these names alone, or text would hide under
 * others like them. */
static gboolean is_noise(const char *name)
{
    static const char *const of_objects[] = {"mimetype", "settings.xml", "manifest.rdf", "layout-cache",
                                             NULL};
    static const char *const others[] = {"META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml",
                                         "META-INF/packagesignatures.xml",
                                         "Configurations2/accelerator/current.xml", NULL};
    return xml_is_one_of(name_in_object(name), of_objects) || xml_is_one_of(name, others);
}

/* Names that begin with `start` and end with `end` (with a slash at its front: whose last name it is); the first line
 * that fits holds. */
typedef struct {
    const char *start, *end;
    OdfPlace place;
    ConvertContent content;
    const char *what; /* of a picture and its kin */
} Rule;

static gboolean fits(const Rule *rule, const char *name)
{
    gboolean alone = rule->end[0] == '/' && strcmp(name, rule->end + 1) == 0;
    return g_str_has_prefix(name, rule->start) && (alone || g_str_has_suffix(name, rule->end));
}

static const Rule *find_rule(const char *name)
{
    static const Rule rules[] = {
        {"", "/content.xml", ODF_CONTENT, CONTENT_BODY, NULL},
        {"", "/styles.xml", ODF_STYLES, CONTENT_BODY, NULL},
        {"", "/meta.xml", ODF_ALL, CONTENT_PROPERTIES, NULL},
        {"Basic/", ".xml", ODF_ALL, CONTENT_HIDDEN, NULL},
        {"Dialogs/", ".xml", ODF_ALL, CONTENT_HIDDEN, NULL},
        {"Configurations2/images/", ".png", ODF_EMBEDDED, CONTENT_BODY, "picture"},
        {"Pictures/", "", ODF_EMBEDDED, CONTENT_BODY, "picture"},
        {"Thumbnails/", "", ODF_EMBEDDED, CONTENT_BODY, "picture"},
        {"ObjectReplacements/", "", ODF_EMBEDDED, CONTENT_BODY, "picture"},
        {"media/", "", ODF_EMBEDDED, CONTENT_BODY, "picture"},
        {"Media/", "", ODF_EMBEDDED, CONTENT_BODY, "recording"},
        {"Fonts/", "", ODF_EMBEDDED, CONTENT_BODY, "font"},
        {"Scripts/", "", ODF_EMBEDDED, CONTENT_BODY, "macros"},
        {"", ".xml", ODF_ALL, CONTENT_HIDDEN, NULL},
    };
    static const Rule other = {"", "", ODF_FILE, CONTENT_BODY, NULL};
    static const Rule noise = {"", "", ODF_NOISE, CONTENT_BODY, NULL};
    static const Rule manifest = {"", "", ODF_MANIFEST, CONTENT_BODY, NULL};
    if (is_noise(name))
        return &noise;
    if (strcmp(name, MANIFEST) == 0)
        return &manifest;
    for (guint i = 0; i < G_N_ELEMENTS(rules); i++)
        if (fits(&rules[i], name))
            return &rules[i];
    return &other;
}

static PackageKind kind_of(OdfPlace place)
{
    return place == ODF_NOISE      ? PACKAGE_NOISE
           : place == ODF_EMBEDDED ? PACKAGE_EMBEDDED
           : place == ODF_FILE     ? PACKAGE_FILE
                                   : PACKAGE_XML;
}

static void take_entry(const OpenDocument *document, guint i)
{
    const Package *package = &document->package;
    const ZipEntry *entry = zip_entry(package->zip, i);
    const Rule *rule = find_rule(entry->name);
    gboolean encrypted = entry->encrypted || g_hash_table_contains(document->encrypted, entry->name);
    if (package_passes(package, i,
                       &(PackageEntry){kind_of(rule->place), rule->content, rule->what, encrypted}))
        return;
    XmlEnd end = zip_turn_to(package->zip, i)
                     ? odf_text(package->zip, rule->place, package->contents, package->made)
                     : XML_DAMAGED;
    package_judge_entry(package->zip, entry, end, package->made);
}

static void convert_zip(Converters *converters, Span bytes, guint contents, Made *made)
{
    g_autoptr(Zip) zip = zip_open(bytes);
    g_autoptr(GHashTable) encrypted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    OpenDocument document = {{converters, zip, contents, made}, encrypted};
    zip_rewind(zip);
    read_manifest(&document);
    for (guint i = 0; i < zip_count(zip); i++)
        take_entry(&document, i);
    package_judge_list(zip, bytes.n, made);
}

void odf_convert(Converters *converters, Span bytes, guint contents, Made *made)
{
    if (package_is_zip(bytes))
        convert_zip(converters, bytes, contents, made);
    else
        made_worse(made, PART_BROKEN, "broken", "no zip", bytes.n);
}
