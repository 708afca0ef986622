/* xlsb_test.c - workbooks of records: what a person sees in them is text, and what does not hold is said. */
#include "hostile/convert/convert_reading.h"

static void put_bytes(GString *out, guint64 value, guint n)
{
    for (guint i = 0; i < n; i++)
        g_string_append_c(out, (char)(value >> (8 * i)));
}

static void put_string(GString *out, const char *text)
{
    glong n;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    put_bytes(out, (guint64)n, 4);
    for (glong i = 0; i < n; i++)
        put_bytes(out, wide[i], 2);
}

/* A record: its type and size in sevens of bits. */
static void put_record(GString *out, guint type, const GString *data)
{
    if (type > 127)
        g_string_append_c(out, (char)(0x80 | (type & 0x7f)));
    g_string_append_c(out, (char)(type > 127 ? type >> 7 : type));
    if (data->len > 127)
        g_string_append_c(out, (char)(0x80 | (data->len & 0x7f)));
    g_string_append_c(out, (char)(data->len > 127 ? data->len >> 7 : data->len));
    g_string_append_len(out, data->str, (gssize)data->len);
}

/* A record of `front` bytes of zeros, then a number of `n` bytes, then a string if there is one. */
static void add(GString *out, guint type, guint front, guint64 number, guint n, const char *text)
{
    g_autoptr(GString) data = g_string_new(NULL);
    put_bytes(data, 0, front);
    put_bytes(data, number, n);
    if (text)
        put_string(data, text);
    put_record(out, type, data);
}

static void add_sheet(GString *out, guint state, const char *id, const char *name)
{
    g_autoptr(GString) data = g_string_new(NULL);
    put_bytes(data, state, 4);
    put_bytes(data, 1, 4);
    put_string(data, id);
    put_string(data, name);
    put_record(out, 156, data);
}

static guint64 bits_of(double number)
{
    guint64 bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static GString *made_cells(void)
{
    GString *sheet = g_string_new(NULL);
    add(sheet, 0, 8, 0, 0, NULL);
    add(sheet, 7, 8, 1, 4, NULL);                                 /* shared               */
    add(sheet, 6, 8, 0, 0, "own text \xc3\xa9 \xf0\x9f\x98\x80"); /* of its own           */
    add(sheet, 0, 8, 0, 0, NULL);
    add(sheet, 5, 8, bits_of(4111111111111111.0), 8, NULL);
    add(sheet, 2, 8, (1234u << 2) | 3, 4, NULL); /* hundredths           */
    add(sheet, 8, 8, 0, 0, "of a formula");
    add(sheet, 62, 9, 0, 0, "rich");
    return sheet;
}

static void read_xlsb(Reading *reading, const GString *sheet, const GString *comments)
{
    g_autoptr(GString) workbook = g_string_new(NULL), strings = g_string_new(NULL);
    add_sheet(workbook, 0, "rId1", "Takings");
    add(strings, 19, 1, 0, 0, "first");
    add(strings, 19, 1, 0, 0, "second");
    read_zip(reading, (OfficeEntry[]){{"[Content_Types].xml", "<Types/>", 0},
                                      {"xl/workbook.bin", workbook->str, workbook->len},
                                      {"xl/worksheets/sheet1.bin", sheet->str, sheet->len},
                                      {"xl/sharedStrings.bin", strings->str, strings->len},
                                      {"xl/styles.bin", "x", 1},
                                      {"xl/comments1.bin", comments->str, comments->len},
                                      {NULL, NULL, 0}});
}

static void cells_and_comments_are_text(void **state)
{
    Reading *reading = *state;
    g_autoptr(GString) sheet = made_cells(), comments = g_string_new(NULL);
    add(comments, 637, 1, 0, 0, "said aside");
    read_xlsb(reading, sheet, comments);
    assert_reading(reading, PART_READ,
                   "Takings\nsecond\town text \xc3\xa9 \xf0\x9f\x98\x80\t\n"
                   "4111111111111111\t12.34\tof a formula\trich\t\nsaid aside\n",
                   "embedded formulas\n");
}

static void hidden_sheets_are_hidden(void **state)
{
    Reading *reading = *state;
    reading->converters = (converters_free(reading->converters),
                           load_converters("converters:\n  - id: ooxml\n    contents: [body]\n", NULL));
    g_autoptr(GString) workbook = g_string_new(NULL), sheet = made_cells();
    add_sheet(workbook, 1, "rId7", "Kept aside");
    read_zip(
        reading,
        (OfficeEntry[]){
            {"xl/workbook.bin", workbook->str, workbook->len},
            {"xl/_rels/workbook.bin.rels",
             "<Relationships><Relationship Id='rId7' Target='worksheets/sheet1.bin'/></Relationships>", 0},
            {"xl/worksheets/sheet1.bin", sheet->str, sheet->len},
            {NULL, NULL, 0}});
    assert_reading(reading, PART_CUT, "Kept aside\n", "contents-off hidden\n");
}

static void a_record_that_does_not_hold_is_said(void **state)
{
    Reading *reading = *state;
    g_autoptr(GString) sheet = made_cells(), comments = g_string_new(NULL);
    g_string_truncate(sheet, sheet->len - 3);
    read_xlsb(reading, sheet, comments);
    assert_true(strstr(reading->gaps->str, "broken damaged XML or zip entry\n") != NULL);
    assert_true(g_str_has_prefix(reading->converted.text.p, "Takings\nsecond\t"));
}

static void a_shared_string_that_is_not_there_is_said(void **state)
{
    Reading *reading = *state;
    g_autoptr(GString) sheet = g_string_new(NULL), comments = g_string_new(NULL);
    add(sheet, 7, 8, 9, 4, NULL);
    read_xlsb(reading, sheet, comments);
    assert_int_equal(reading->converted.state, PART_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(cells_and_comments_are_text),
        WITH_READING(hidden_sheets_are_hidden),
        WITH_READING(a_record_that_does_not_hold_is_said),
        WITH_READING(a_shared_string_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
