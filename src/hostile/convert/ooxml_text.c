/* ooxml_text.c - XML of an Office file to text: paragraphs, links, properties. */
#include "hostile/convert/ooxml_text.h"

typedef struct {
    Made *made;
    PlaceKind kind;
    gboolean taking; /* inside an element whose text is meant                       */
    guint skipped;   /* open elements since the one that is passed over, it included */
} Taking;

/* Elements that hold text; v and f are those of charts and linked sheets. */
static gboolean holds_text(const char *name)
{
    static const char *const names[] = {"t", "delText", "instrText", "text", "v", NULL};
    return xml_is_one_of(name, names);
}

/* Properties hold no text but elements of the same names; a Fallback says again what stands before it. */
static gboolean is_passed_over(const char *name)
{
    static const char *const names[] = {"pPr", "rPr", "tblPr", "sectPr", "Fallback", "rPh", NULL};
    return xml_is_one_of(name, names);
}

/* Text that stands in attributes: what pictures show, fields, tips of links, choices of a form, word art. */
static void open_described(Taking *taking, const char *name, XmlElement *element)
{
    static const struct {
        const char *element, *attribute;
    } places[] = {{"docPr", "descr"},       {"docPr", "title"},
                  {"cNvPr", "descr"},       {"cNvPr", "title"},
                  {"fldSimple", "instr"},   {"hlinkClick", "tooltip"},
                  {"hyperlink", "tooltip"}, {"listItem", "displayText"},
                  {"listItem", "value"},    {"textpath", "string"},
                  {"alias", "val"},         {"default", "val"},
                  {"statusText", "val"},    {"helpText", "val"}};
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        Span value =
            strcmp(name, places[i].element) == 0 ? xml_attribute(element, places[i].attribute) : SPAN_NONE;
        if (!value.n)
            continue;
        made_text(taking->made, value);
        made_char(taking->made, '\n');
    }
}

static void open_run(Taking *taking, const char *name, XmlElement *element)
{
    static const char *const lines[] = {"br", "cr", NULL};
    if (taking->skipped || is_passed_over(name)) {
        taking->skipped++;
        return;
    }
    open_described(taking, name, element);
    taking->taking = holds_text(name);
    if (strcmp(name, "tab") == 0)
        made_char(taking->made, '\t');
    else if (xml_is_one_of(name, lines))
        made_char(taking->made, '\n');
}

/* An address outside of the file: a link, an attached template, a linked picture. */
static void open_link(Taking *taking, XmlElement *element)
{
    Span mode = xml_attribute(element, "TargetMode");
    if (!span_equals(mode, "External"))
        return;
    Span target = xml_attribute(element, "Target");
    made_text(taking->made, target);
    made_line(taking->made);
}

static void open_value(Taking *taking, XmlElement *element)
{
    Span value = xml_attribute(element, "v");
    if (!value.n)
        return;
    made_text(taking->made, value);
    made_char(taking->made, '\t');
}

static void take_value(void *user, const char *local, Span value)
{
    Taking *taking = user;
    (void)local;
    if (!value.n)
        return;
    made_text(taking->made, value);
    made_char(taking->made, '\t');
}

/* Of settings only what somebody wrote, which may be the password of a data base. */
static void open_setting(Taking *taking, const char *name, XmlElement *element)
{
    static const char *const names[] = {"docVar", "connectString",    "query",       "udl",
                                        "src",    "addressFieldName", "mailSubject", NULL};
    if (!xml_is_one_of(name, names))
        return;
    xml_each_attribute(element, take_value, taking);
    made_line(taking->made);
}

static void on_open(void *user, const char *name, XmlElement *element)
{
    Taking *taking = user;
    if (taking->kind == PLACE_RUNS)
        open_run(taking, name, element);
    else if (taking->kind == PLACE_ATTRIBUTES)
        xml_each_attribute(element, take_value, taking);
    else if (taking->kind == PLACE_SETTINGS)
        open_setting(taking, name, element);
    else if (taking->kind == PLACE_LINKS)
        open_link(taking, element);
    else if (taking->kind == PLACE_VALUES)
        open_value(taking, element);
}

static void on_text(void *user, Span text)
{
    Taking *taking = user;
    if (taking->kind == PLACE_ALL || (taking->taking && !taking->skipped))
        made_text(taking->made, text);
}

static void close_run(Taking *taking, const char *name)
{
    static const char *const lines[] = {"p", "tr", "text", "comment", "si", "pt", NULL};
    if (taking->skipped) {
        taking->skipped--;
        return;
    }
    taking->taking = FALSE;
    if (strcmp(name, "tc") == 0)
        made_char(taking->made, '\t');
    else if (xml_is_one_of(name, lines))
        made_line(taking->made);
}

static void on_close(void *user, const char *name)
{
    Taking *taking = user;
    if (taking->kind == PLACE_RUNS)
        close_run(taking, name);
    else if (taking->kind == PLACE_ALL || taking->kind == PLACE_ATTRIBUTES ||
             (taking->kind == PLACE_VALUES && strcmp(name, "r") == 0))
        made_line(taking->made);
}

static gboolean wants_more(void *user)
{
    return !((Taking *)user)->made->full;
}

XmlEnd ooxml_text(Zip *zip, PlaceKind kind, Made *made)
{
    static const XmlWatch watch = {on_open, on_text, on_close, wants_more};
    Taking taking = {.made = made, .kind = kind};
    XmlEnd end = xml_walk(zip, &watch, &taking);
    made_line(made);
    return end;
}
