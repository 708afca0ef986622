/* odf_text.c - XML of an OpenDocument file to text. */
#include "hostile/convert/odf_text.h"

#include "hostile/convert/number.h"

/* A row has at most that many columns; more is a trick to make much of little. */
#define MOST_COLUMNS 16384

typedef struct {
    Made *made;
    OdfPlace place;
    guint contents;
    guint off;         /* contents that were met and are off, bits                       */
    guint skipped;     /* open elements since the one that is passed over, it included    */
    guint paragraphs;  /* open ones: only there a blank is meant                         */
    guint rows;        /* open ones                                                      */
    guint pending;     /* tabs that are owed to the next cell that holds something       */
    guint width;       /* columns of the cell                                            */
    gsize cell;        /* where the text of the cell begins                              */
    GString *value;    /* of the cell, as it is kept                                     */
    GString *style;    /* whose properties are being read                                */
    GHashTable *hides; /* names of styles of hidden tables                               */
} Taking;

static gboolean is_paragraph(const char *name)
{
    static const char *const names[] = {"p", "h", "title", "desc", "creator", "date", "script", "math", NULL};
    return xml_is_one_of(name, names);
}

static gboolean is_cell(const char *name)
{
    return strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0;
}

/* --- attributes -------------------------------------------------------------------------------------------- */

static guint64 number_of(XmlElement *element, const char *name, guint64 most)
{
    guint64 number;
    return row_uint(xml_attribute(element, name), &number) && number ? MIN(number, most) : 1;
}

static void put_tabs(Taking *taking)
{
    for (; taking->pending; taking->pending--)
        made_char(taking->made, '\t');
}

static void put(Taking *taking, Span text)
{
    if (!text.n)
        return;
    put_tabs(taking);
    made_text(taking->made, text);
}

/* Text that stands in an attribute: of fields, of forms, of links that lead out of the file. */
static void take_attribute(void *user, const char *local, Span value)
{
    static const char *const names[] = {"string-value",        "label",   "current-value", "description",
                                        "connection-resource", "command", "href",          NULL};
    Taking *taking = user;
    gboolean inside = strcmp(local, "href") == 0 && !memmem(value.p, value.n, ":", 1);
    if (!value.n || inside || !xml_is_one_of(local, names))
        return;
    put(taking, value);
    made_char(taking->made, ' ');
}

static void take_formula(Taking *taking, XmlElement *element)
{
    Span formula = xml_attribute(element, "formula");
    if (!formula.n)
        return;
    if (!(taking->contents >> CONTENT_HIDDEN & 1)) {
        taking->off |= 1u << CONTENT_HIDDEN;
        return;
    }
    put(taking, formula);
    made_char(taking->made, ' ');
}

static void open_cell(Taking *taking, XmlElement *element)
{
    Span value = xml_attribute(element, "value");
    if (!value.p)
        value = xml_attribute(element, "date-value");
    g_string_truncate(taking->value, 0);
    g_string_append_len(taking->value, value.p ? value.p : "", (gssize)MIN(value.n, NUMBER_BYTES));
    taking->width = (guint)number_of(element, "number-columns-repeated", MOST_COLUMNS);
    take_formula(taking, element);
    taking->cell = taking->made->text.n;
}

/* --- elements ---------------------------------------------------------------------------------------------- */

/* What kind of content an element begins, besides the body. */
static gboolean begins_content(const char *name, ConvertContent *content)
{
    static const struct {
        const char *name;
        ConvertContent content;
    } begins[] = {{"annotation", CONTENT_COMMENTS}, {"note", CONTENT_NOTES},
                  {"notes", CONTENT_NOTES},         {"tracked-changes", CONTENT_HIDDEN},
                  {"hidden-text", CONTENT_HIDDEN},  {"named-expressions", CONTENT_HIDDEN}};
    for (guint i = 0; i < G_N_ELEMENTS(begins); i++)
        if (strcmp(name, begins[i].name) == 0) {
            *content = begins[i].content;
            return TRUE;
        }
    return FALSE;
}

static gboolean is_hidden_table(Taking *taking, const char *name, XmlElement *element)
{
    if (strcmp(name, "table") != 0)
        return FALSE;
    g_autofree char *style = span_dup(xml_attribute(element, "style-name"));
    return g_hash_table_contains(taking->hides, style);
}

/* Whether the element begins something that is switched off. */
static gboolean is_off(Taking *taking, const char *name, XmlElement *element)
{
    ConvertContent content;
    if (is_hidden_table(taking, name, element))
        content = CONTENT_HIDDEN;
    else if (!begins_content(name, &content))
        return FALSE;
    if (taking->contents >> content & 1)
        return FALSE;
    taking->off |= 1u << content;
    return TRUE;
}

/* Styles of tables that are not shown stand before the tables. */
static void note_style(Taking *taking, const char *name, XmlElement *element)
{
    if (strcmp(name, "style") == 0) {
        Span style = xml_attribute(element, "name");
        g_string_truncate(taking->style, 0);
        g_string_append_len(taking->style, style.p ? style.p : "", (gssize)style.n);
    } else if (strcmp(name, "table-properties") == 0 &&
               span_equals(xml_attribute(element, "display"), "false")) {
        g_hash_table_add(taking->hides, g_strdup(taking->style->str));
    }
}

static void open_blank(Taking *taking, const char *name, XmlElement *element)
{
    if (strcmp(name, "s") == 0)
        for (guint64 count = number_of(element, "c", 1000); count; count--)
            made_char(taking->made, ' ');
    else if (strcmp(name, "tab") == 0)
        made_char(taking->made, '\t');
    else if (strcmp(name, "line-break") == 0)
        made_char(taking->made, '\n');
}

static void open_table(Taking *taking, const char *name, XmlElement *element)
{
    if (strcmp(name, "table") == 0 && xml_attribute(element, "name").n) {
        made_line(taking->made);
        made_text(taking->made, xml_attribute(element, "name"));
        made_line(taking->made);
    } else if (strcmp(name, "table-row") == 0) {
        taking->rows++;
        taking->pending = 0;
    } else if (is_cell(name)) {
        open_cell(taking, element);
    } else if (strcmp(name, "named-range") == 0 || strcmp(name, "named-expression") == 0) {
        put(taking, xml_attribute(element, "expression"));
        made_line(taking->made);
    }
}

/* Paragraphs of a cell are a blank apart, so that the row stays one line. */
static void open_paragraph(Taking *taking)
{
    if (!taking->rows)
        made_line(taking->made);
    else if (taking->made->text.n > taking->cell)
        made_char(taking->made, ' ');
}

static void on_open(void *user, const char *name, XmlElement *element)
{
    Taking *taking = user;
    if (taking->place == ODF_MANIFEST)
        return;
    if (taking->skipped || is_off(taking, name, element)) {
        taking->skipped++;
        return;
    }
    if (taking->place == ODF_ALL) {
        put(taking, xml_attribute(element, "name"));
        made_line(taking->made);
        return;
    }
    note_style(taking, name, element);
    if (is_paragraph(name)) {
        open_paragraph(taking);
        taking->paragraphs++;
    }
    if (taking->paragraphs)
        open_blank(taking, name, element);
    open_table(taking, name, element);
    xml_each_attribute(element, take_attribute, taking);
}

static gboolean is_blank(Span text)
{
    for (gsize i = 0; i < text.n; i++)
        if (!g_ascii_isspace(text.p[i]))
            return FALSE;
    return TRUE;
}

static void on_text(void *user, Span text)
{
    Taking *taking = user;
    gboolean meant = taking->place == ODF_ALL ? !is_blank(text) : taking->paragraphs > 0;
    if (taking->place == ODF_MANIFEST || taking->skipped || !meant)
        return;
    put(taking, text);
}

/* The value as it is kept, where what is shown is another. */
static void close_cell(Taking *taking)
{
    const Scratch *text = &taking->made->text;
    Span shown = {text->p + taking->cell, text->n > taking->cell ? text->n - taking->cell : 0};
    GString *value = taking->value;
    char whole[NUMBER_BYTES + 1];
    Span kept = number_whole((Span){value->str, value->len}, whole);
    if (value->len && (!shown.n || !memmem(shown.p, shown.n, kept.p, kept.n))) {
        if (shown.n)
            made_char(taking->made, ' ');
        put(taking, kept);
    }
    g_string_truncate(value, 0);
    taking->pending = MIN(taking->pending + taking->width, MOST_COLUMNS);
}

static void close_row(Taking *taking)
{
    taking->rows -= taking->rows ? 1 : 0;
    taking->pending = 0;
    made_line(taking->made);
}

static void on_close(void *user, const char *name)
{
    Taking *taking = user;
    if (taking->place == ODF_MANIFEST)
        return;
    if (taking->skipped) {
        taking->skipped--;
        return;
    }
    if (taking->place == ODF_ALL)
        made_line(taking->made);
    else if (is_paragraph(name))
        taking->paragraphs -= taking->paragraphs ? 1 : 0;
    else if (is_cell(name))
        close_cell(taking);
    else if (strcmp(name, "table-row") == 0)
        close_row(taking);
}

static gboolean wants_more(void *user)
{
    return !((Taking *)user)->made->full;
}

XmlEnd odf_text(Zip *zip, OdfPlace place, guint contents, Made *made)
{
    static const XmlWatch watch = {on_open, on_text, on_close, wants_more};
    Taking taking = {.made = made,
                     .place = place,
                     .contents = contents,
                     .value = g_string_new(NULL),
                     .style = g_string_new(NULL),
                     .hides = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    XmlEnd end = xml_walk(zip, &watch, &taking);
    made_line(made);
    for (guint content = 0; content < CONTENT_COUNT; content++)
        if (taking.off >> content & 1)
            made_off(made, (ConvertContent)content, 0);
    g_string_free(taking.value, TRUE);
    g_string_free(taking.style, TRUE);
    g_hash_table_unref(taking.hides);
    return end;
}
