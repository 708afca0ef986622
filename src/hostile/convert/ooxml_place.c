/* ooxml_place.c - what an entry of an Office file is, by its name. */
#include "hostile/convert/ooxml_place.h"

#include "hostile/convert/ooxml_binary.h"

/* Names that begin with `start` and end with `end`; the first line that fits holds. */
typedef struct {
    const char *start, *end;
    OoxmlPlace place;
} Rule;

static const Rule rules[] = {
    {"", ".rels", {PLACE_LINKS, CONTENT_BODY, NULL}},
    {"[Content_Types]", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"docProps/", ".xml", {PLACE_ALL, CONTENT_PROPERTIES, NULL}},
    {"docProps/", "", {PLACE_EMBEDDED, CONTENT_BODY, "picture"}},
    {"customXml/itemProps", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"customXml/", ".xml", {PLACE_ALL, CONTENT_HIDDEN, NULL}},
    /* Word */
    {"word/document", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"word/header", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"word/footer", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"word/footnotes", ".xml", {PLACE_RUNS, CONTENT_NOTES, NULL}},
    {"word/endnotes", ".xml", {PLACE_RUNS, CONTENT_NOTES, NULL}},
    {"word/comments", ".xml", {PLACE_RUNS, CONTENT_COMMENTS, NULL}},
    {"word/people", ".xml", {PLACE_NOISE, CONTENT_COMMENTS, NULL}},
    {"word/styles", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"word/settings", ".xml", {PLACE_SETTINGS, CONTENT_HIDDEN, NULL}},
    {"word/webSettings", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"word/fontTable", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"word/numbering", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"word/diagrams/data", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"word/diagrams/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    /* Excel */
    {"xl/workbook", ".xml", {PLACE_WORKBOOK, CONTENT_BODY, NULL}},
    {"xl/sharedStrings", ".xml", {PLACE_STRINGS, CONTENT_BODY, NULL}},
    {"xl/worksheets/", ".xml", {PLACE_SHEET, CONTENT_BODY, NULL}},
    {"xl/chartsheets/", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"xl/macrosheets/", ".xml", {PLACE_SHEET, CONTENT_HIDDEN, NULL}},
    {"xl/comments", ".xml", {PLACE_RUNS, CONTENT_COMMENTS, NULL}},
    {"xl/threadedComments/", ".xml", {PLACE_RUNS, CONTENT_COMMENTS, NULL}},
    {"xl/persons/", ".xml", {PLACE_NOISE, CONTENT_COMMENTS, NULL}},
    {"xl/pivotCache/", ".xml", {PLACE_VALUES, CONTENT_HIDDEN, NULL}},
    {"xl/connections", ".xml", {PLACE_ATTRIBUTES, CONTENT_HIDDEN, NULL}},
    {"xl/queryTables/", ".xml", {PLACE_ATTRIBUTES, CONTENT_HIDDEN, NULL}},
    {"xl/externalLinks/", ".xml", {PLACE_RUNS, CONTENT_HIDDEN, NULL}},
    {"xl/pivotTables/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"xl/tables/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"xl/styles", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"xl/calcChain", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"xl/metadata", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"xl/printerSettings/", ".bin", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"word/printerSettings", ".bin", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/printerSettings", ".bin", {PLACE_NOISE, CONTENT_BODY, NULL}},
    /* PowerPoint */
    {"ppt/slides/", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"ppt/notesSlides/", ".xml", {PLACE_RUNS, CONTENT_NOTES, NULL}},
    {"ppt/comments/", ".xml", {PLACE_RUNS, CONTENT_COMMENTS, NULL}},
    {"ppt/commentAuthors", ".xml", {PLACE_NOISE, CONTENT_COMMENTS, NULL}},
    {"ppt/authors", ".xml", {PLACE_NOISE, CONTENT_COMMENTS, NULL}},
    {"ppt/presentation", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/presProps", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/viewProps", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/tableStyles", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/slideLayouts/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/slideMasters/", ".xml", {PLACE_RUNS, CONTENT_HIDDEN, NULL}},
    {"ppt/notesMasters/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/handoutMasters/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"ppt/tags/", ".xml", {PLACE_ATTRIBUTES, CONTENT_HIDDEN, NULL}},
    {"ppt/diagrams/data", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"ppt/diagrams/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
};

/* Folders that all three have: the part of the name behind the first '/'. */
static const Rule shared[] = {
    {"theme/", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"charts/style", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"charts/colors", ".xml", {PLACE_NOISE, CONTENT_BODY, NULL}},
    {"charts/", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"drawings/", ".xml", {PLACE_RUNS, CONTENT_BODY, NULL}},
    {"drawings/", ".vml", {PLACE_EMBEDDED, CONTENT_BODY, "drawing"}},
    {"media/", "", {PLACE_EMBEDDED, CONTENT_BODY, "picture"}},
    {"embeddings/", "", {PLACE_FILE, CONTENT_BODY, NULL}},
    {"vbaProject", "", {PLACE_EMBEDDED, CONTENT_BODY, "macros"}},
    {"activeX/", "", {PLACE_EMBEDDED, CONTENT_BODY, "control"}},
    {"fonts/", "", {PLACE_EMBEDDED, CONTENT_BODY, "font"}},
};

static const Rule *find(const Rule *list, guint count, const char *name)
{
    for (guint i = 0; i < count; i++)
        if (g_str_has_prefix(name, list[i].start) && g_str_has_suffix(name, list[i].end))
            return &list[i];
    return NULL;
}

OoxmlPlace ooxml_place(const char *name)
{
    const char *slash = strchr(name, '/');
    const Rule *rule = find(rules, G_N_ELEMENTS(rules), name);
    if (!rule && slash)
        rule = find(shared, G_N_ELEMENTS(shared), slash + 1);
    if (rule)
        return rule->place;
    static const OoxmlPlace binary[] = {[BINARY_SHEET] = {PLACE_BINARY, CONTENT_BODY, NULL},
                                        [BINARY_STRINGS] = {PLACE_NOISE, CONTENT_BODY, NULL},
                                        [BINARY_WORKBOOK] = {PLACE_BINARY, CONTENT_BODY, NULL},
                                        [BINARY_COMMENTS] = {PLACE_BINARY, CONTENT_COMMENTS, NULL},
                                        [BINARY_NOISE] = {PLACE_NOISE, CONTENT_BODY, NULL}};
    if (binary_kind(name) != BINARY_OTHER)
        return binary[binary_kind(name)];
    if (g_str_has_suffix(name, ".xml"))
        return (OoxmlPlace){PLACE_ALL, CONTENT_HIDDEN, NULL};
    return (OoxmlPlace){PLACE_FILE, CONTENT_BODY, NULL};
}
