/* ooxml_binary.c - a workbook whose sheets are records and no XML. */
#include "hostile/convert/ooxml_binary.h"

#include "hostile/convert/number.h"
#include "hostile/limits.h"

/* Types of records, [MS-XLSB] 2.3.2. */
enum {
    ROW = 0,
    CELL_RK = 2,
    CELL_BOOL = 4,
    CELL_REAL = 5,
    CELL_STRING = 6,
    CELL_SHARED = 7,
    FORMULA_STRING = 8,
    FORMULA_NUMBER = 9,
    FORMULA_BOOL = 10,
    FORMULA_ERROR = 11,
    SHARED_STRING = 19,
    NAME = 39,
    CELL_RICH = 62,
    SHEET = 156,
    COMMENT = 637,
};

/* Column and style, before the value of a cell. */
#define CELL_BYTES 8

typedef struct {
    Span rest, data; /* data: of the record that came last */
    guint type;
    gboolean damaged;
} Records;

static guint32 little32(Span data, gsize at)
{
    guint32 value;
    if (at + 4 > data.n)
        return 0;
    memcpy(&value, data.p + at, sizeof value);
    return GUINT32_FROM_LE(value);
}

static double double_at(Span data, gsize at)
{
    guint64 bits = little32(data, at) | (guint64)little32(data, at + 4) << 32;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* Seven bits a byte, the lowest first; at most `most` bytes. */
static gboolean take_number(Records *it, guint most, guint *number)
{
    *number = 0;
    for (guint i = 0; i < most && it->rest.n; i++) {
        guint8 byte = (guint8)it->rest.p[0];
        it->rest = (Span){it->rest.p + 1, it->rest.n - 1};
        *number |= (guint)(byte & 0x7f) << (7 * i);
        if (!(byte & 0x80) || i + 1 == most)
            return TRUE;
    }
    return FALSE;
}

static gboolean next_record(Records *it)
{
    guint size;
    if (!it->rest.n)
        return FALSE;
    it->damaged = !take_number(it, 2, &it->type) || !take_number(it, 4, &size) || size > it->rest.n;
    if (it->damaged)
        return FALSE;
    it->data = (Span){it->rest.p, size};
    it->rest = (Span){it->rest.p + size, it->rest.n - size};
    return TRUE;
}

/* A count of UTF-16 units and they, at `at`, which moves behind them; appended to `out` as UTF-8. */
static gboolean take_string(Span data, gsize *at, Scratch *out)
{
    gsize count = little32(data, *at);
    if (*at + 4 > data.n || count > (data.n - *at - 4) / 2)
        return FALSE;
    const char *from = data.p + *at + 4;
    *at += 4 + 2 * count;
    for (gsize i = 0; i < count; i++) {
        gunichar c = (guint8)from[2 * i] | (gunichar)(guint8)from[2 * i + 1] << 8;
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < count) {
            gunichar low = (guint8)from[2 * i + 2] | (gunichar)(guint8)from[2 * i + 3] << 8;
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i++;
            }
        }
        char utf8[6];
        c = !c || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c;
        gsize n = (gsize)g_unichar_to_utf8(c, utf8);
        if (!scratch_append(out, utf8, n))
            return FALSE;
    }
    return TRUE;
}

static gboolean put_string(Span data, gsize at, Made *made)
{
    g_auto(Scratch) text = {0};
    gboolean taken = take_string(data, &at, &text);
    made_text(made, scratch_span(&text));
    return taken;
}

BinaryKind binary_kind(const char *name)
{
    static const struct {
        const char *start;
        BinaryKind kind;
    } kinds[] = {{"xl/worksheets/binaryIndex", BINARY_NOISE},
                 {"xl/worksheets/", BINARY_SHEET},
                 {"xl/sharedStrings", BINARY_STRINGS},
                 {"xl/workbook", BINARY_WORKBOOK},
                 {"xl/comments", BINARY_COMMENTS},
                 {"xl/styles", BINARY_NOISE},
                 {"xl/calcChain", BINARY_NOISE},
                 {"xl/metadata", BINARY_NOISE}};
    for (guint i = 0; g_str_has_suffix(name, ".bin") && i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(name, kinds[i].start))
            return kinds[i].kind;
    return BINARY_OTHER;
}

/* --- strings and sheets -------------------------------------------------------------------------------------- */

gboolean binary_strings(Workbook *workbook, Span bytes)
{
    Records it = {.rest = bytes};
    while (!workbook->incomplete && next_record(&it)) {
        gsize at = 1; /* behind what says whether it is rich */
        if (it.type != SHARED_STRING)
            continue;
        workbook->incomplete = workbook->strings.n + it.data.n > LIMIT_CONVERTED_TEXT_BYTES;
        it.damaged |= !take_string(it.data, &at, &workbook->strings);
        g_array_append_val(workbook->ends, workbook->strings.n);
    }
    return !it.damaged;
}

/* Its state, its number, the id of its relationship, its name. */
static gboolean take_sheet(Workbook *workbook, Span data, Made *made)
{
    g_auto(Scratch) id = {0};
    gsize at = 8;
    if (!take_string(data, &at, &id))
        return FALSE;
    if (little32(data, 0))
        g_hash_table_add(workbook->hidden, g_strndup(id.p ? id.p : "", id.n));
    gboolean named = put_string(data, at, made);
    made_line(made);
    return named;
}

gboolean binary_sheets(Workbook *workbook, Span bytes, Made *made)
{
    Records it = {.rest = bytes};
    while (next_record(&it)) {
        if (it.type == SHEET)
            it.damaged |= !take_sheet(workbook, it.data, made);
        else if (it.type == NAME) /* what it stands for is tokens; the name says something */
            it.damaged |= !put_string(it.data, 9, made);
        if (it.type == NAME)
            made_line(made);
    }
    return !it.damaged;
}

/* --- cells --------------------------------------------------------------------------------------------------- */

static void put_number(double number, Made *made)
{
    char text[NUMBER_TEXT_BYTES];
    made_text(made, number_text(number, text));
}

static gboolean put_shared(const Workbook *workbook, Span data, Made *made)
{
    guint32 index = little32(data, CELL_BYTES);
    const GArray *ends = workbook->ends;
    if (data.n < CELL_BYTES + 4 || index >= ends->len)
        return FALSE;
    gsize from = index ? g_array_index(ends, gsize, index - 1) : 0, to = g_array_index(ends, gsize, index);
    if (to > from)
        made_text(made, (Span){workbook->strings.p + from, to - from});
    return TRUE;
}

/* The value of a cell. FALSE when it is too short. */
static gboolean put_value(const Workbook *workbook, const Records *it, Made *made)
{
    switch (it->type) {
    case CELL_RK:
        put_number(number_rk(little32(it->data, CELL_BYTES)), made);
        return it->data.n >= CELL_BYTES + 4;
    case CELL_REAL:
    case FORMULA_NUMBER:
        put_number(double_at(it->data, CELL_BYTES), made);
        return it->data.n >= CELL_BYTES + 8;
    case CELL_STRING:
    case FORMULA_STRING:
        return put_string(it->data, CELL_BYTES, made);
    case CELL_RICH:
        return put_string(it->data, CELL_BYTES + 1, made);
    case CELL_SHARED:
        return put_shared(workbook, it->data, made);
    default:
        return TRUE;
    }
}

static gboolean is_cell(guint type)
{
    return (type >= 1 && type <= FORMULA_ERROR) || type == CELL_RICH;
}

gboolean binary_cells(const Workbook *workbook, Span bytes, gboolean formulas, Made *made)
{
    Records it = {.rest = bytes};
    gboolean rows = FALSE, unread = FALSE, held = TRUE;
    while (!made->full && next_record(&it)) {
        if (it.type == ROW && rows)
            made_char(made, '\n');
        rows |= it.type == ROW;
        if (!is_cell(it.type))
            continue;
        held &= put_value(workbook, &it, made);
        made_char(made, '\t');
        unread |= it.type >= FORMULA_STRING && it.type <= FORMULA_ERROR;
    }
    made_line(made);
    if (unread && !formulas)
        made_off(made, CONTENT_HIDDEN, 0);
    else if (unread)
        made_gap(made, "embedded", "formulas", 0);
    return held && !it.damaged;
}

gboolean binary_comments(Span bytes, Made *made)
{
    Records it = {.rest = bytes};
    while (!made->full && next_record(&it)) {
        if (it.type != COMMENT)
            continue;
        it.damaged |= !put_string(it.data, 1, made);
        made_line(made);
    }
    return !it.damaged;
}
