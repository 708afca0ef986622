/* convert.c - which converters are on, and which of them takes a part. */
#include "hostile/convert/convert.h"

#include "hostile/archive/formats.h"
#include "hostile/convert/unpack.h"
#include "hostile/convert/cms.h"
#include "hostile/convert/handed.h"
#include "hostile/convert/inner.h"
#include "hostile/convert/letters.h"
#include "hostile/convert/ocr.h"
#include "hostile/convert/odf.h"
#include "hostile/convert/ole.h"
#include "hostile/convert/ooxml.h"
#include "hostile/convert/pdf.h"
#include "hostile/convert/rtf.h"
#include "hostile/convert/plain.h"
#include "hostile/limits.h"
#include "lib/yaml.h"

#define CONVERTER_COUNT 10
/* Characters of all languages together, which stand in the version of each converter. */
#define MOST_LANGUAGES 48
#define EVERYTHING ((1u << CONTENT_COUNT) - 1)

typedef struct {
    gboolean on;
    guint contents; /* bits of ConvertContent      */
    char *version;  /* "1 body,notes"              */
} Setting;

struct Converters {
    Setting settings[CONVERTER_COUNT];
    char *names, *none; /* "ooxml 1 body;rtf 1 body", and without the contents */
    Charsets *charsets;
    Reader *reader; /* of mail within files              */
    Ocr *ocr;       /* when pictures are to be looked at */
    OcrReach reach;
    char *languages; /* of their text, "eng+deu"           */
    Made made;
};

/* --- the converters ------------------------------------------------------------------------------------------ */

static gboolean takes_rtf(Span bytes, Span media_type)
{
    (void)media_type;
    return rtf_takes(bytes);
}

static void run_ooxml(Converters *converters, Span bytes, guint contents, Made *made)
{
    ooxml_convert(converters, bytes, contents, made);
}

static void run_odf(Converters *converters, Span bytes, guint contents, Made *made)
{
    odf_convert(converters, bytes, contents, made);
}

static void run_ole(Converters *converters, Span bytes, guint contents, Made *made)
{
    ole_convert(converters, converters->charsets, bytes, contents, made);
}

static void run_rtf(Converters *converters, Span bytes, guint contents, Made *made)
{
    rtf_convert(converters->charsets, bytes, contents, made);
}

static void run_archive(Converters *converters, Span bytes, guint contents, Made *made)
{
    (void)contents;
    archive_convert(converters, converters->charsets, bytes, made);
}

static void run_cms(Converters *converters, Span bytes, guint contents, Made *made)
{
    (void)contents;
    cms_convert(converters, bytes, made);
}

static void run_mail(Converters *converters, Span bytes, guint contents, Made *made)
{
    (void)contents;
    mail_convert(converters, converters->reader, bytes, made);
}

static void run_image(Converters *converters, Span bytes, guint contents, Made *made)
{
    (void)contents;
    ocr_convert(converters->ocr, bytes, made);
}

static void run_text(Converters *converters, Span bytes, guint contents, Made *made)
{
    text_convert(converters->charsets, bytes, contents, made);
}

/* The first that takes the bytes has them: what is almost anything stands last. */
static const struct {
    const char *name;
    guint version;
    gboolean (*takes)(Span bytes, Span media_type);
    void (*run)(Converters *converters, Span bytes, guint contents, Made *made);
} kinds[CONVERTER_COUNT] = {
    {"ooxml", OOXML_VERSION, ooxml_takes, run_ooxml},
    {"odf", ODF_VERSION, odf_takes, run_odf},
    {"ole", OLE_VERSION, ole_takes, run_ole},
    {"pdf", PDF_VERSION, pdf_takes, pdf_convert},
    {"rtf", RTF_VERSION, takes_rtf, run_rtf},
    {"archive", ARCHIVE_CONVERTER_VERSION, archive_takes, run_archive},
    {"image", OCR_VERSION, ocr_takes, run_image},
    {"smime", CMS_CONVERTER_VERSION, cms_takes, run_cms},
    {"mail", MAIL_VERSION, mail_takes, run_mail},
    {"text", TEXT_VERSION, text_takes, run_text},
};

/* --- converters.yaml ----------------------------------------------------------------------------------------- */

typedef struct {
    char *name;
    char **contents, **languages;
} Line;

static void line_clear(Line *line)
{
    g_free(line->name);
    g_strfreev(line->contents);
    g_strfreev(line->languages);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static int index_of(const char *name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static Setting *setting_of(Converters *converters, const char *name)
{
    for (guint i = 0; i < CONVERTER_COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &converters->settings[i];
    return NULL;
}

static gboolean read_contents(const YamlNode *node, const Line *line, Setting *setting, GError **error)
{
    for (char **content = line->contents; *content; content++) {
        int index = index_of(*content, content_names);
        if (index < 0)
            return yaml_error(node, error,
                              "converter '%s': there is no content '%s'; there are body, notes, comments, "
                              "properties, hidden",
                              line->name, *content);
        setting->contents |= 1u << index;
    }
    setting->on = TRUE;
    return setting->contents || yaml_error(node, error,
                                           "converter '%s' must read some content: take the "
                                           "line away to switch it off",
                                           line->name);
}

/* Of pictures: an image has some, no other has. */
static gboolean read_languages(Converters *converters, const YamlNode *node, const Line *line, GError **error)
{
    gboolean image = strcmp(line->name, "image") == 0, some = line->languages && *line->languages;
    if (image != some)
        return yaml_error(node, error,
                          image ? "converter '%s' needs languages, as [eng, deu]"
                                : "converter '%s' has no languages; only image has",
                          line->name);
    if (image)
        converters->languages = g_strjoinv("+", line->languages);
    return !image || strlen(converters->languages) <= MOST_LANGUAGES ||
           yaml_error(node, error, "converter '%s' has too many languages; name those of the case",
                      line->name);
}

static gboolean unknown_converter(const YamlNode *node, const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(kinds[0].name);
    for (guint i = 1; i < CONVERTER_COUNT; i++)
        g_string_append_printf(names, ", %s", kinds[i].name);
    return yaml_error(node, error, "'%s' is no converter; there are %s", name, names->str);
}

static gboolean read_line(Converters *converters, const YamlNode *node, GError **error)
{
    static const YamlField fields[] = {
        {"id", YAML_TEXT, G_STRUCT_OFFSET(Line, name), TRUE, 0, 0, NULL},
        {"contents", YAML_TEXTS, G_STRUCT_OFFSET(Line, contents), TRUE, 0, 0, NULL},
        {"languages", YAML_TEXTS, G_STRUCT_OFFSET(Line, languages), FALSE, 0, 0, NULL},
        {0},
    };
    g_auto(Line) line = {0};
    if (!yaml_fill(node, fields, &line, error))
        return FALSE;
    Setting *setting = setting_of(converters, line.name);
    if (!setting)
        return unknown_converter(node, line.name, error);
    if (setting->on)
        return yaml_error(node, error, "'%s' stands twice; keep one", line.name);
    return read_languages(converters, node, &line, error) && read_contents(node, &line, setting, error);
}

static gboolean read_file(Converters *converters, const char *path, GError **error)
{
    const YamlNode *list = NULL;
    const YamlField fields[] = {{"converters", YAML_SUBTREE, 0, TRUE, 0, 0, NULL}, {0}};
    g_autoptr(YamlFile) file = yaml_open(path, error);
    if (!file || !yaml_fill(yaml_root(file), fields, &list, error))
        return FALSE;
    for (guint i = 0; i < yaml_length(list); i++)
        if (!read_line(converters, yaml_item(list, i), error))
            return FALSE;
    return TRUE;
}

/* All but that of pictures, which must be asked for. */
static void switch_all_on(Converters *converters)
{
    for (guint i = 0; i < CONVERTER_COUNT; i++)
        if (kinds[i].run != run_image)
            converters->settings[i] = (Setting){.on = TRUE, .contents = EVERYTHING};
}

const char *const ocr_reach_names[] = {"off", "images", "all", NULL};

/* What the caller wants goes before the file. */
static void settle_ocr(Converters *converters, OcrReach wanted)
{
    Setting *image = setting_of(converters, "image");
    converters->reach = wanted != OCR_BY_FILE ? wanted : image->on ? OCR_ALL : OCR_OFF;
    image->on = converters->reach != OCR_OFF;
    if (!image->contents)
        image->contents = 1u << CONTENT_BODY;
    if (!converters->languages)
        converters->languages = g_strdup("eng");
}

/* --- names and versions -------------------------------------------------------------------------------------- */

static char *version_of(guint number, guint contents)
{
    GString *version = g_string_new(NULL);
    g_string_printf(version, "%u", number);
    for (guint i = 0; i < CONTENT_COUNT; i++)
        if (contents >> i & 1)
            g_string_append_printf(version, "%c%s", strchr(version->str, ' ') ? ',' : ' ', content_names[i]);
    return g_string_free(version, FALSE);
}

/* Whether its files may hold pictures. */
static gboolean has_inner(guint kind)
{
    return kinds[kind].run != run_rtf && kinds[kind].run != run_text && kinds[kind].run != run_image;
}

/* How pictures are read is part of the version of whoever reads them. */
static char *version_with_ocr(const Converters *converters, guint kind)
{
    g_autofree char *own = version_of(kinds[kind].version, converters->settings[kind].contents);
    if (kinds[kind].run == run_image)
        return g_strdup_printf("%s %s", own, converters->languages);
    if (converters->reach == OCR_ALL && has_inner(kind))
        return g_strdup_printf("%s image %d %s", own, OCR_VERSION, converters->languages);
    return g_steal_pointer(&own);
}

static void name_all(Converters *converters)
{
    g_autoptr(GString) names = g_string_new(NULL), none = g_string_new(NULL);
    for (guint i = 0; i < CONVERTER_COUNT; i++) {
        Setting *setting = &converters->settings[i];
        setting->version = version_with_ocr(converters, i);
        if (!setting->on)
            continue;
        g_string_append_printf(names, "%s%s %s", names->len ? ";" : "", kinds[i].name, setting->version);
        g_string_append_printf(none, "%s%s %u", none->len ? "," : "", kinds[i].name, kinds[i].version);
    }
    g_string_append_printf(names, "%s" CONVERTER_NONE " %s", names->len ? ";" : "", none->str);
    converters->names = g_strdup(names->str);
    converters->none = g_strdup(none->str);
}

const char *converters_names(const Converters *converters)
{
    return converters->names;
}

const char *converters_none(const Converters *converters)
{
    return converters->none;
}

gboolean converters_has(const Converters *converters, const char *name, const char *version)
{
    if (strcmp(name, CONVERTER_NONE) == 0)
        return strcmp(version, converters->none) == 0;
    for (guint i = 0; i < CONVERTER_COUNT; i++)
        if (converters->settings[i].on && strcmp(kinds[i].name, name) == 0)
            return strcmp(converters->settings[i].version, version) == 0;
    return FALSE;
}

void converters_free(Converters *converters)
{
    if (!converters)
        return;
    for (guint i = 0; i < CONVERTER_COUNT; i++)
        g_free(converters->settings[i].version);
    charsets_free(converters->charsets);
    reader_free(converters->reader);
    ocr_free(converters->ocr);
    g_free(converters->languages);
    scratch_clear(&converters->made.text);
    g_free(converters->names);
    g_free(converters->none);
    g_free(converters);
}

Converters *converters_load(const char *dir, OcrReach ocr, GError **error)
{
    g_autoptr(Converters) converters = g_new0(Converters, 1);
    g_autofree char *path = g_build_filename(dir, "converters.yaml", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        switch_all_on(converters);
    else if (!read_file(converters, path, error))
        return NULL;
    converters->charsets = charsets_new(error);
    converters->reader = converters->charsets ? reader_new(error) : NULL;
    if (!converters->reader)
        return NULL;
    settle_ocr(converters, ocr);
    if (converters->reach != OCR_OFF && !(converters->ocr = ocr_new(converters->languages, error)))
        return NULL;
    name_all(converters);
    return g_steal_pointer(&converters);
}

gboolean converters_have_ocr(const Converters *converters)
{
    return converters && converters->ocr;
}

void converters_set_clock(Converters *converters, guint64 *taken)
{
    if (converters->ocr)
        ocr_set_clock(converters->ocr, taken);
}

Ocr *inner_ocr(const Converters *converters)
{
    return converters && converters->reach == OCR_ALL ? converters->ocr : NULL;
}

void converters_warm_up(void)
{
    static gboolean warm;
    if (warm)
        return;
    warm = TRUE;
    ooxml_warm_up();
    pdf_warm_up();
    archive_warm_up();
    cms_warm_up();
}

void converters_set_forms(Converters *converters, const ReaderForms *forms)
{
    reader_set_forms(converters->reader, forms);
}

/* Which of them takes the part; CONVERTER_COUNT: none. A message in a compound file is mail, and no Office file. */
static guint find_kind(const Converters *converters, Span bytes, Span media_type)
{
    guint i = 0;
    if (reader_knows_form(converters->reader, bytes)) {
        while (kinds[i].takes != mail_takes)
            i++;
        return converters->settings[i].on ? i : CONVERTER_COUNT;
    }
    while (i < CONVERTER_COUNT && !(converters->settings[i].on && kinds[i].takes(bytes, media_type)))
        i++;
    return i;
}

/* By its bytes, else by its label. */
static guint choose_kind(const Converters *converters, Span bytes, Span media_type)
{
    guint kind = find_kind(converters, bytes, SPAN_NONE);
    return kind == CONVERTER_COUNT ? find_kind(converters, bytes, media_type) : kind;
}

gboolean converters_take(const Converters *converters, Span bytes, Span media_type)
{
    return choose_kind(converters, bytes, media_type) < CONVERTER_COUNT;
}

gboolean convert_may_take(Span start)
{
    return rtf_takes(start) || pdf_takes(start, SPAN_NONE) || archive_takes(start, SPAN_NONE) ||
           ocr_takes(start, SPAN_NONE) ||
           (start.n >= 8 && memcmp(start.p, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0);
}

/* --- files within -------------------------------------------------------------------------------------------- */

/* What nobody takes: a picture says no more than it shows. */
static void leave_inner(Span bytes, guint64 length, Made *made)
{
    static const char *const pictures[] = {"\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*", "RIFF"};
    for (guint i = 0; i < G_N_ELEMENTS(pictures); i++)
        if (bytes.n > 4 && memcmp(bytes.p, pictures[i], strlen(pictures[i])) == 0) {
            made_gap(made, "embedded", "picture", length);
            return;
        }
    if (bytes.n)
        made_worse(made, PART_CUT, "embedded", "file", length);
}

/* Its state and its bytes count for the whole as far as they may. */
static void take_inner(Converters *converters, guint kind, Span bytes, guint64 length, Made *made)
{
    PartState outer = made->state;
    guint64 unscanned = made->unscanned;
    made->state = PART_READ;
    made->unscanned = 0;
    made->depth++;
    kinds[kind].run(converters, bytes, converters->settings[kind].contents, made);
    made->depth--;
    made->unscanned = unscanned + MIN(made->unscanned, length);
    if (made->state != PART_READ && outer == PART_READ)
        outer = PART_CUT;
    made->state = outer;
}

void inner_convert(Converters *converters, Span bytes, Span name, guint64 length, Made *made)
{
    made_line(made);
    if (name.n)
        made_text(made, name);
    made_line(made);
    made->inner_bytes += bytes.n;
    if (made->depth >= LIMIT_INNER_DEPTH) {
        made_worse(made, PART_CUT, "too-deep", NULL, length);
    } else if (++made->inner_files > LIMIT_INNER_FILES) {
        made_worse(made, PART_CUT, "too-many-entries", NULL, length);
    } else if (made->inner_bytes > LIMIT_INNER_BYTES) {
        made_worse(made, PART_CUT, "inflated-too-large", NULL, length);
    } else {
        guint kind = converters ? choose_kind(converters, bytes, SPAN_NONE) : CONVERTER_COUNT;
        if (kind == CONVERTER_COUNT || (kinds[kind].run == run_image && !inner_ocr(converters)))
            leave_inner(bytes, length, made);
        else
            take_inner(converters, kind, bytes, length, made);
    }
    made_line(made);
}

/* --- a part -------------------------------------------------------------------------------------------------- */

static void run_kind(Converters *converters, guint kind, Span bytes)
{
    Made *made = &converters->made;
    handed_begin();
    kinds[kind].run(converters, bytes, converters->settings[kind].contents, made);
    if (handed_end())
        made_worse(made, PART_CUT, "resource", NULL, 0);
    made_end(made);
}

void convert(Converters *converters, Span bytes, Span media_type, ConvertGap gap, void *user,
             Converted *converted)
{
    Made *made = &converters->made;
    converters_warm_up();
    made_begin(made, gap, user);
    *converted = (Converted){.converter = CONVERTER_NONE,
                             .version = converters->none,
                             .state = PART_UNREAD,
                             .unscanned = bytes.n,
                             .text = SPAN_OF("")};
    guint kind = choose_kind(converters, bytes, media_type);
    if (kind == CONVERTER_COUNT)
        return;
    run_kind(converters, kind, bytes);
    *converted = (Converted){.converter = kinds[kind].name,
                             .version = converters->settings[kind].version,
                             .state = made->state,
                             .unscanned = MIN(made->unscanned, bytes.n),
                             .text = scratch_span(&made->text)};
}
