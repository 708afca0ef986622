/* ooxml_sheet.c - an Excel workbook to text. */
#include "hostile/convert/ooxml_sheet.h"

#include "hostile/convert/number.h"
#include "hostile/limits.h"

/* A workbook has a million rows; that many different strings are a trick to use up memory. */
#define MOST_STRINGS (4U << 20)

/* What the value of a cell is: by its attribute t. */
typedef enum { CELL_NUMBER, CELL_SHARED, CELL_TEXT } CellKind;

typedef struct {
    Workbook *workbook;
    Made *made;
    gboolean formulas; /* and what names stand for                              */
    gboolean off;      /* one was met that is not asked for                     */
    gboolean taking;   /* in an element whose text is meant                    */
    gboolean phonetic; /* in one that says how a string is spoken              */
    CellKind kind;     /* of the cell                                          */
    gboolean is_value; /* the text that comes is a value, not inline           */
    Scratch value;     /* so far, of a number, or the number of a shared string */
} Cells;

void workbook_init(Workbook *workbook)
{
    *workbook = (Workbook){
        .ends = g_array_new(FALSE, FALSE, sizeof(gsize)),
        .hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
}

void workbook_clear(Workbook *workbook)
{
    scratch_clear(&workbook->strings);
    g_array_unref(workbook->ends);
    g_hash_table_unref(workbook->hidden);
    g_hash_table_unref(workbook->targets);
}

/* --- shared strings ---------------------------------------------------------------------------------------- */

static void open_string(void *user, const char *name, XmlElement *element)
{
    Cells *cells = user;
    (void)element;
    cells->phonetic |= strcmp(name, "rPh") == 0;
    cells->taking = !cells->phonetic && strcmp(name, "t") == 0;
}

static void string_text(void *user, Span text)
{
    Cells *cells = user;
    Workbook *workbook = cells->workbook;
    if (!cells->taking || workbook->incomplete)
        return;
    workbook->incomplete = workbook->strings.n + text.n > LIMIT_CONVERTED_TEXT_BYTES ||
                           !scratch_append(&workbook->strings, text.p, text.n);
}

static void close_string(void *user, const char *name)
{
    Cells *cells = user;
    cells->taking = FALSE;
    if (strcmp(name, "rPh") == 0)
        cells->phonetic = FALSE;
    if (strcmp(name, "si") != 0)
        return;
    cells->workbook->incomplete |= cells->workbook->ends->len >= MOST_STRINGS;
    g_array_append_val(cells->workbook->ends, cells->workbook->strings.n);
}

static gboolean wants_strings(void *user)
{
    return !((Cells *)user)->workbook->incomplete;
}

XmlEnd workbook_strings(Workbook *workbook, Zip *zip)
{
    static const XmlWatch watch = {open_string, string_text, close_string, wants_strings};
    Cells cells = {.workbook = workbook};
    return xml_walk(zip, &watch, &cells);
}

/* --- names and hidden sheets ------------------------------------------------------------------------------- */

static void open_sheet(void *user, const char *name, XmlElement *element)
{
    Cells *cells = user;
    cells->taking = strcmp(name, "definedName") == 0;
    if (cells->taking && cells->formulas) {
        made_text(cells->made, xml_attribute(element, "name"));
        made_char(cells->made, '\t');
    }
    if (strcmp(name, "sheet") != 0)
        return;
    Span state = xml_attribute(element, "state");
    gboolean hidden = span_equals(state, "hidden") || span_equals(state, "veryHidden");
    Span title = xml_attribute(element, "name");
    made_text(cells->made, title);
    made_line(cells->made);
    if (hidden)
        g_hash_table_add(cells->workbook->hidden, span_dup(xml_attribute(element, "id")));
}

/* What a name stands for may be a constant: `="the password"`. */
static void name_text(void *user, Span text)
{
    Cells *cells = user;
    if (cells->taking && cells->formulas)
        made_text(cells->made, text);
    cells->off |= cells->taking && !cells->formulas;
}

static void close_name(void *user, const char *name)
{
    Cells *cells = user;
    (void)name;
    if (cells->taking && cells->formulas)
        made_line(cells->made);
    cells->taking = FALSE;
}

XmlEnd workbook_sheets(Workbook *workbook, Zip *zip, gboolean names, Made *made)
{
    static const XmlWatch watch = {open_sheet, name_text, close_name, NULL};
    Cells cells = {.workbook = workbook, .made = made, .formulas = names};
    XmlEnd end = xml_walk(zip, &watch, &cells);
    if (cells.off)
        made_off(made, CONTENT_HIDDEN, 0);
    return end;
}

static void open_target(void *user, const char *name, XmlElement *element)
{
    Cells *cells = user;
    if (strcmp(name, "Relationship") != 0)
        return;
    g_autofree char *id = span_dup(xml_attribute(element, "Id"));
    if (!g_hash_table_contains(cells->workbook->hidden, id))
        return;
    g_autofree char *target = span_dup(xml_attribute(element, "Target"));
    char *entry = target[0] == '/' ? g_strdup(target + 1) : g_strconcat("xl/", target, NULL);
    g_hash_table_add(cells->workbook->targets, entry);
}

XmlEnd workbook_links(Workbook *workbook, Zip *zip)
{
    static const XmlWatch watch = {.open = open_target};
    Cells cells = {.workbook = workbook};
    return xml_walk(zip, &watch, &cells);
}

gboolean workbook_hides(const Workbook *workbook, const char *entry)
{
    return g_hash_table_contains(workbook->targets, entry);
}

/* --- cells ------------------------------------------------------------------------------------------------- */

static CellKind kind_of(Span t)
{
    if (span_equals(t, "s"))
        return CELL_SHARED;
    return !t.n || span_equals(t, "n") ? CELL_NUMBER : CELL_TEXT;
}

/* Tips of links and of cells whose values are checked. */
static void take_tip(void *user, const char *local, Span value)
{
    static const char *const names[] = {"tooltip", "display", "location", "prompt", "promptTitle", "error"};
    Cells *cells = user;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (value.n && strcmp(local, names[i]) == 0) {
            made_text(cells->made, value);
            made_char(cells->made, '\t');
        }
}

static void open_cell(void *user, const char *name, XmlElement *element)
{
    Cells *cells = user;
    if (strcmp(name, "hyperlink") == 0 || strcmp(name, "dataValidation") == 0)
        xml_each_attribute(element, take_tip, cells);
    if (strcmp(name, "c") == 0) {
        cells->kind = kind_of(xml_attribute(element, "t"));
        return;
    }
    cells->phonetic |= strcmp(name, "rPh") == 0;
    cells->is_value = strcmp(name, "v") == 0;
    gboolean inline_text = strcmp(name, "t") == 0 && !cells->phonetic;
    static const char *const others[] = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "formula1"};
    gboolean formula = strcmp(name, "f") == 0, other = cells->formulas && formula;
    cells->off |= formula && !cells->formulas;
    for (guint i = 0; i < G_N_ELEMENTS(others) && !other; i++)
        other = strcmp(name, others[i]) == 0;
    cells->taking = cells->is_value || inline_text || other;
    cells->value.n = 0;
}

static void cell_text(void *user, Span text)
{
    Cells *cells = user;
    if (!cells->taking)
        return;
    gboolean kept = cells->is_value && cells->kind != CELL_TEXT && cells->value.n + text.n <= NUMBER_BYTES;
    if (kept && scratch_append(&cells->value, text.p, text.n))
        return;
    made_text(cells->made, scratch_span(&cells->value));
    cells->value.n = 0;
    made_text(cells->made, text);
}

static void put_shared(Cells *cells)
{
    guint64 index;
    const GArray *ends = cells->workbook->ends;
    if (!row_uint(scratch_span(&cells->value), &index) || index >= ends->len) {
        made_text(cells->made, scratch_span(&cells->value));
        return;
    }
    gsize from = index ? g_array_index(ends, gsize, index - 1) : 0, to = g_array_index(ends, gsize, index);
    if (to > from)
        made_text(cells->made, (Span){cells->workbook->strings.p + from, to - from});
}

static void put_value(Cells *cells)
{
    char text[NUMBER_BYTES + 1];
    made_text(cells->made, number_whole(scratch_span(&cells->value), text));
}

static void close_cell(void *user, const char *name)
{
    Cells *cells = user;
    if (cells->taking && cells->is_value && strcmp(name, "v") == 0) {
        if (cells->kind == CELL_SHARED)
            put_shared(cells);
        else if (cells->kind == CELL_NUMBER)
            put_value(cells);
    } else if (cells->taking && !cells->is_value && strcmp(name, "t") != 0) {
        made_char(cells->made, '\t');
    }
    cells->taking = FALSE;
    if (strcmp(name, "rPh") == 0)
        cells->phonetic = FALSE;
    else if (strcmp(name, "c") == 0)
        made_char(cells->made, '\t');
    else if (strcmp(name, "row") == 0)
        made_char(cells->made, '\n');
}

static gboolean wants_cells(void *user)
{
    return !((Cells *)user)->made->full;
}

XmlEnd workbook_cells(Workbook *workbook, Zip *zip, gboolean formulas, Made *made)
{
    static const XmlWatch watch = {open_cell, cell_text, close_cell, wants_cells};
    Cells cells = {.workbook = workbook, .made = made, .formulas = formulas};
    XmlEnd end = xml_walk(zip, &watch, &cells);
    scratch_clear(&cells.value);
    made_line(made);
    if (cells.off)
        made_off(made, CONTENT_HIDDEN, 0);
    return end;
}
