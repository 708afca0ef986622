/* ole_excel.c - the cells of an Excel workbook before 2007, after [MS-XLS]. */
#include "hostile/convert/ole_excel.h"

#include "hostile/convert/number.h"
#include "hostile/convert/ole_shared.h"
#include "hostile/convert/ole_text.h"

#define HEADER_BYTES 4
#define BIFF_8 0x0600
#define BIFF_5 0x0500
#define WIDE 1
#define MOST_COLUMNS 256

/* Types of records. */
enum {
    FORMULA = 0x0006,
    HEADER = 0x0014,
    FOOTER = 0x0015,
    NAME = 0x0018,
    NOTE = 0x001c,
    FILE_PASSWORD = 0x002f,
    CONTINUED = 0x003c,
    CODE_PAGE = 0x0042,
    SHEET = 0x0085,
    MANY_RK = 0x00bd,
    RICH_STRING = 0x00d6,
    SHARED_STRINGS = 0x00fc,
    SHARED_LABEL = 0x00fd,
    TEXT_OBJECT = 0x01b6,
    LINK = 0x01b8,
    NUMBER = 0x0203,
    LABEL = 0x0204,
    STRING = 0x0207,
    RK = 0x027e,
    BEGIN = 0x0809,
};

typedef struct {
    guint type;
    Span data;
    gsize start; /* of the record in the stream */
} Record;

typedef struct {
    Charsets *charsets;
    Span stream;
    gsize at; /* of the next record */
    gboolean wide;
    guint code_page;
    guint contents, off;
    gboolean encrypted, understood, passed_over; /* of the sheet: it is hidden, and that is off */
    guint64 formulas;                            /* bytes                                       */
    guint row, column;                           /* the cell that is written next in this line  */
    gboolean in_row;
    OleShared shared;
    GHashTable *names;  /* place of a sheet -> its name, as a Span's copy     */
    GHashTable *hidden; /* places of hidden sheets                            */
    Made *made;
} Excel;

static gboolean next(Excel *excel, Record *record)
{
    if (excel->at + HEADER_BYTES > excel->stream.n)
        return FALSE;
    record->start = excel->at;
    record->type = little16(excel->stream, excel->at);
    record->data =
        little_part(excel->stream, excel->at + HEADER_BYTES, little16(excel->stream, excel->at + 2));
    excel->at += HEADER_BYTES + record->data.n;
    return TRUE;
}

static gboolean peek_is(const Excel *excel, guint type)
{
    return little16(excel->stream, excel->at) == type && excel->at + HEADER_BYTES <= excel->stream.n;
}

/* --- text -------------------------------------------------------------------------------------------------- */

/* Characters of one byte are Latin-1 since 97, of the code page before. */
static void put_narrow(Excel *excel, Span characters)
{
    g_auto(Scratch) decoded = {0};
    Span text;
    guint64 defects = 0;
    g_autofree char *label = g_strdup_printf("windows-%u", excel->code_page);
    if (excel->wide || excel->code_page < 1250 || excel->code_page > 1258 || !characters.n ||
        !charset_decode(excel->charsets, span_of_string(label), characters, &decoded, &text, &defects))
        ole_put_windows(excel->made, characters);
    else
        made_text(excel->made, text);
}

/* `data` begins with the characters, which since 97 say first how wide they are. */
static void put_characters(Excel *excel, Span data, guint count)
{
    if (!excel->wide)
        put_narrow(excel, little_part(data, 0, count));
    else if (little8(data, 0) & WIDE)
        ole_put(excel->made, little_part(data, 1, count * 2UL), TRUE);
    else
        put_narrow(excel, little_part(data, 1, count));
}

static void put_line(Excel *excel, Span data, guint count)
{
    made_line(excel->made);
    put_characters(excel, data, count);
    made_line(excel->made);
    excel->in_row = FALSE;
}

/* --- cells ------------------------------------------------------------------------------------------------- */

/* Rows may come in any order; each change of row is a new line, and the columns before are tabs. */
static void go_to(Excel *excel, guint row, guint column)
{
    if (!excel->in_row || row != excel->row || column < excel->column) {
        made_line(excel->made);
        excel->column = 0;
    }
    for (guint tabs = MIN(column - excel->column, MOST_COLUMNS); tabs; tabs--)
        made_char(excel->made, '\t');
    excel->in_row = TRUE;
    excel->row = row;
    excel->column = column;
}

static void go_to_cell(Excel *excel, Span data)
{
    go_to(excel, little16(data, 0), little16(data, 2));
}

static void put_number(Excel *excel, double number)
{
    char text[NUMBER_TEXT_BYTES];
    made_text(excel->made, number_text(number, text));
}

static double double_at(Span data, gsize at)
{
    guint64 bits = little32(data, at) | (guint64)little32(data, at + 4) << 32;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void put_many(Excel *excel, Span data)
{
    for (gsize at = 4; at + 8 <= data.n; at += 6) {
        go_to(excel, little16(data, 0), little16(data, 2) + (guint)(at - 4) / 6);
        put_number(excel, number_rk(little32(data, at + 2)));
    }
}

/* The formula's last result; a text stands in the record behind it. */
static void put_result(Excel *excel, Span data)
{
    go_to_cell(excel, data);
    excel->formulas += data.n > 20 ? data.n - 20 : 0;
    if (little16(data, 12) != 0xffff)
        put_number(excel, double_at(data, 6));
}

static void put_cell(Excel *excel, const Record *record)
{
    Span data = record->data;
    switch (record->type) {
    case SHARED_LABEL:
        go_to_cell(excel, data);
        made_text(excel->made, ole_shared_get(&excel->shared, little32(data, 6)));
        break;
    case LABEL:
    case RICH_STRING:
        go_to_cell(excel, data);
        put_characters(excel, little_part(data, 8, data.n), little16(data, 6));
        break;
    case NUMBER:
        go_to_cell(excel, data);
        put_number(excel, double_at(data, 6));
        break;
    case RK:
        go_to_cell(excel, data);
        put_number(excel, number_rk(little32(data, 6)));
        break;
    case MANY_RK:
        put_many(excel, data);
        break;
    case FORMULA:
        put_result(excel, data);
        break;
    case STRING:
        put_characters(excel, little_part(data, 2, data.n), little16(data, 0));
        break;
    default:
        break;
    }
}

/* --- what is no cell --------------------------------------------------------------------------------------- */

static void read_shared(Excel *excel, const Record *record)
{
    g_autoptr(GArray) segments = g_array_new(FALSE, FALSE, sizeof(Span));
    Record more = *record;
    g_array_append_val(segments, more.data);
    while (peek_is(excel, CONTINUED) && next(excel, &more))
        g_array_append_val(segments, more.data);
    ole_shared_read(&excel->shared, segments);
}

static void note_sheet(Excel *excel, Span data)
{
    gpointer place = GUINT_TO_POINTER(little32(data, 0));
    g_hash_table_insert(excel->names, place, GUINT_TO_POINTER((guint)(data.p - excel->stream.p)));
    if (little8(data, 4) & 3)
        g_hash_table_add(excel->hidden, place);
}

static void begin(Excel *excel, const Record *record)
{
    guint version = little16(record->data, 0);
    gpointer place = GUINT_TO_POINTER((guint)record->start), name = g_hash_table_lookup(excel->names, place);
    excel->understood |= version == BIFF_8 || version == BIFF_5;
    excel->wide = version == BIFF_8;
    gboolean hidden = g_hash_table_contains(excel->hidden, place);
    excel->passed_over = hidden && !(excel->contents >> CONTENT_HIDDEN & 1);
    if (excel->passed_over)
        excel->off |= 1u << CONTENT_HIDDEN;
    else if (name) {
        Span data = little_part(excel->stream, GPOINTER_TO_UINT(name), 300);
        put_line(excel, little_part(data, 7, data.n), little8(data, 6));
    }
}

/* Text of a drawn box or a comment: in the record behind it. */
static void put_text_object(Excel *excel, Span data)
{
    guint count = little16(data, 10);
    Record more;
    if (count && peek_is(excel, CONTINUED) && next(excel, &more))
        put_line(excel, more.data, count);
}

/* The address of a link stands behind the number of its kind. */
static void put_link(Excel *excel, Span data)
{
    static const char url[] = "\xe0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b";
    const char *found = memmem(data.p, data.n, url, sizeof url - 1);
    if (!found)
        return;
    gsize at = (gsize)(found - data.p) + sizeof url - 1;
    made_line(excel->made);
    Span address = little_part(data, at + 4, little32(data, at));
    for (gsize i = 0; i + 1 < address.n; i += 2)
        if (!little16(address, i)) /* other things of the link follow */
            address.n = i;
    ole_put(excel->made, address, TRUE);
    made_line(excel->made);
    excel->in_row = FALSE;
}

static void take(Excel *excel, const Record *record)
{
    Span data = record->data;
    switch (record->type) {
    case FILE_PASSWORD:
        excel->encrypted = TRUE;
        break;
    case CODE_PAGE:
        excel->code_page = little16(data, 0);
        break;
    case SHARED_STRINGS:
        read_shared(excel, record);
        break;
    case SHEET:
        note_sheet(excel, data);
        break;
    case BEGIN:
        begin(excel, record);
        break;
    case NAME:
        excel->formulas += data.n;
        break;
    case HEADER:
    case FOOTER:
        if (data.n > 3 && !excel->passed_over)
            put_line(excel, little_part(data, excel->wide ? 2 : 1, data.n),
                     excel->wide ? little16(data, 0) : little8(data, 0));
        break;
    case TEXT_OBJECT:
        if (!excel->passed_over)
            put_text_object(excel, data);
        break;
    case LINK:
        if (!excel->passed_over)
            put_link(excel, data);
        break;
    default:
        if (!excel->passed_over)
            put_cell(excel, record);
    }
}

static OleOutcome read_records(Excel *excel)
{
    Record record;
    while (!excel->encrypted && !excel->made->full && next(excel, &record))
        take(excel, &record);
    if (excel->encrypted)
        return OLE_ENCRYPTED;
    made_line(excel->made);
    if (excel->formulas)
        made_gap(excel->made, "embedded", "formulas", excel->formulas);
    if (excel->off)
        made_off(excel->made, CONTENT_HIDDEN, 0);
    return excel->understood && !excel->shared.cut ? OLE_READ : OLE_NOT_UNDERSTOOD;
}

OleOutcome ole_excel(Charsets *charsets, Span stream, guint contents, Made *made)
{
    Excel excel = {.charsets = charsets,
                   .stream = stream,
                   .contents = contents,
                   .names = g_hash_table_new(NULL, NULL),
                   .hidden = g_hash_table_new(NULL, NULL),
                   .made = made};
    ole_shared_init(&excel.shared);
    OleOutcome outcome = read_records(&excel);
    ole_shared_clear(&excel.shared);
    g_hash_table_unref(excel.names);
    g_hash_table_unref(excel.hidden);
    return outcome;
}
