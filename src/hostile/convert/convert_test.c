/* convert_test.c - what each converter reads of made-up files, and what it says of those that it cannot read. */
#include "hostile/convert/convert_reading.h"
#include "hostile/limits.h"
#include "lib/error.h"

static const char types[] = "<Types/>";

static void a_document_is_read_with_all_that_hangs_on_it(void **state)
{
    Reading *reading = *state;
    g_autofree char *document = office_document((const char *[]){"One &amp; two", "three", NULL});
    read_zip(
        reading,
        (OfficeEntry[]){
            {"[Content_Types].xml", types, 0},
            {"word/document.xml", document, 0},
            {"word/comments.xml", "<c><p><t>a comment</t></p></c>", 0},
            {"word/footnotes.xml", "<f><p><t>a note</t></p></f>", 0},
            {"word/styles.xml", "<s><t>no text</t></s>", 0},
            {"word/_rels/document.xml.rels",
             "<R><r Target='styles.xml'/><r TargetMode='External' Target='https://a.example/x'/></R>", 0},
            {"docProps/core.xml", "<c><title>A title</title></c>", 0},
            {NULL, NULL, 0}});
    assert_text(reading, "One & two\nthree\na comment\na note\nhttps://a.example/x\nA title\n");
    assert_int_equal(reading->converted.state, PART_READ);
    assert_int_equal(reading->converted.unscanned, 0);
    assert_string_equal(reading->converted.converter, "ooxml");
    assert_string_equal(reading->gaps->str, "");
}

static void a_text_that_stands_twice_is_read_once(void **state)
{
    Reading *reading = *state;
    read_zip(reading,
             (OfficeEntry[]){{"word/document.xml",
                              "<d><p><Choice><t>box</t></Choice><Fallback><t>box</t></Fallback></p></d>", 0},
                             {NULL, NULL, 0}});
    assert_text(reading, "box\n");
}

static void cells_stand_in_their_rows(void **state)
{
    Reading *reading = *state;
    read_zip(
        reading,
        (OfficeEntry[]){
            {"xl/worksheets/sheet1.xml",
             "<s><row><c t='s'><v>1</v></c><c><v>4.111111111111E+15</v></c></row>"
             "<row><c t='inlineStr'><is><t>here</t></is></c><c><f>A1&amp;\"x\"</f><v>7.5</v></c></row></s>",
             0},
            {"xl/sharedStrings.xml", "<s><si><t>zero</t></si><si><t>o</t><t>ne</t></si></s>", 0},
            {"xl/workbook.xml", "<w><sheet name='Cards'/></w>", 0},
            {NULL, NULL, 0}});
    assert_text(reading, "one\t4111111111111000\t\nhere\tA1&\"x\"\t7.5\t\nCards\n");
}

/* A formula's text is one, whatever letters are in it, and a number that is kept with an exponent is a number. */
static void what_a_formula_gives_stands_as_it_is(void **state)
{
    Reading *reading = *state;
    g_autofree char *longest = g_strnfill(32767, 'x');
    g_autofree char *sheet =
        g_strdup_printf("<s><row><c t='str'><f>A1</f><v>KEY-E7</v></c><c t='str'><v>1E5</v></c>"
                        "<c t='e'><v>#NAME?</v></c><c><v>1E5</v></c><c><v>DE89</v></c></row>"
                        "<row><c t='str'><v>%s</v></c></row></s>",
                        longest);
    g_autofree char *wanted = g_strdup_printf("A1\tKEY-E7\t1E5\t#NAME?\t100000\tDE89\t\n%s\t\n", longest);
    read_zip(reading, (OfficeEntry[]){{"xl/workbook.xml", "<w/>", 0},
                                      {"xl/worksheets/sheet1.xml", sheet, 0},
                                      {NULL, NULL, 0}});
    assert_text(reading, wanted);
}

static void strings_that_no_cell_can_name_are_read_all_the_same(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"xl/workbook.xml", "<w/>", 0},
                                      {"xl/sharedStrings2.xml", "<s><si><t>second</t></si></s>", 0},
                                      {NULL, NULL, 0}});
    assert_text(reading, "second\n");
}

static void text_under_names_that_say_nothing_is_read(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"xl/workbook.xml", "<w/>", 0},
                                      {"xl/printerSettings/notes.txt", "one word", 0},
                                      {"customXml/itemProps.txt", "two words", 0},
                                      {"xl/\xc3\xa4.txt", "three words", 0},
                                      {"xl/printerSettings/printerSettings1.bin", "noise", 0},
                                      {NULL, NULL, 0}});
    assert_text(reading, "one word\ntwo words\nthree words\n");
}

/* A workbook whose cells are no records is not read because its properties are. */
static void a_binary_workbook_that_is_none_is_broken(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"xl/workbook.bin", "\x01\x02 BIFF12", 0},
                                      {"xl/worksheets/sheet1.bin", "\x01\x02 BIFF12", 0},
                                      {NULL, NULL, 0}});
    assert_int_equal(reading->converted.state, PART_BROKEN);
    assert_string_equal(reading->gaps->str,
                        "broken damaged XML or zip entry\nbroken damaged XML or zip entry\n");
}

static const OfficeEntry hidden_sheet[] = {
    {"xl/workbook.xml", "<w><sheet name='A' id='r1'/><sheet name='B' state='veryHidden' id='r2'/></w>", 0},
    {"xl/_rels/workbook.xml.rels",
     "<R><Relationship Id='r1' Target='worksheets/sheet1.xml'/>"
     "<Relationship Id='r2' Target='worksheets/sheet2.xml'/></R>",
     0},
    {"xl/worksheets/sheet1.xml", "<s><row><c><v>1</v></c></row></s>", 0},
    {"xl/worksheets/sheet2.xml", "<s><row><c><v>2</v></c></row></s>", 0},
    {NULL, NULL, 0}};

static void less_is_read_when_less_is_asked_for_and_that_is_said(void **state)
{
    Reading *reading = *state;
    read_zip(reading, hidden_sheet);
    assert_text(reading, "A\nB\n1\t\n2\t\n");
    assert_int_equal(reading->converted.state, PART_READ);
    g_autoptr(Converters) all = g_steal_pointer(&reading->converters);
    reading->converters = load_converters("converters:\n  - id: ooxml\n    contents: [body]\n", NULL);
    read_zip(reading, hidden_sheet);
    assert_text(reading, "A\nB\n1\t\n");
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "contents-off hidden\n");
    assert_string_equal(reading->converted.version, "6 body");
    assert_true(reading->converted.unscanned > 0);
    read_bytes(reading, SPAN_OF("{\\rtf1 off}"), NULL);
    assert_int_equal(reading->converted.state, PART_UNREAD);
}

static void text_in_attributes_is_read(void **state)
{
    Reading *reading = *state;
    read_zip(
        reading,
        (OfficeEntry[]){
            {"word/document.xml",
             "<d><p><docPr id='7' descr='a scan of'/><fldSimple instr='DATABASE x'><r><t>f</t></r>"
             "</fldSimple><textpath string='DRAFT'/></p></d>",
             0},
            {"word/settings.xml",
             "<s><zoom percent='100'/><docVar name='Key' val='k1'/><connectString val='PWD=k2'/></s>", 0},
            {NULL, NULL, 0}});
    assert_text(reading, "a scan of\nDATABASE x\nfDRAFT\nKey\tk1\t\nPWD=k2\t\n");
    read_zip(reading,
             (OfficeEntry[]){{"xl/workbook.xml",
                              "<w><sheets><sheet name='A'/></sheets>"
                              "<definedName name='Key'>\"k3\"</definedName></w>",
                              0},
                             {"xl/worksheets/sheet1.xml", "<s><hyperlink tooltip='k4' ref='A1'/></s>", 0},
                             {"xl/connections.xml", "<c><dbPr connection='PWD=k5'/></c>", 0},
                             {NULL, NULL, 0}});
    assert_text(reading, "A\nKey\t\"k3\"\nk4\t\nPWD=k5\t\n");
}

/* It would be lost in silence. */
static void a_formula_that_is_not_asked_for_is_a_gap(void **state)
{
    Reading *reading = *state;
    g_autoptr(Converters) all = g_steal_pointer(&reading->converters);
    reading->converters = load_converters("converters:\n  - id: ooxml\n    contents: [body]\n", NULL);
    read_zip(reading, (OfficeEntry[]){
                          {"xl/workbook.xml", "<w><definedName name='K'>\"k\"</definedName></w>", 0},
                          {"xl/worksheets/sheet1.xml", "<s><row><c><f>\"key\"</f><v>1</v></c></row></s>", 0},
                          {NULL, NULL, 0}});
    assert_reading(reading, PART_CUT, "1\t\n", "contents-off hidden\ncontents-off hidden\n");
}

static void slides_are_read_with_their_notes(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"ppt/presentation.xml", "<p/>", 0},
                                      {"ppt/slides/slide1.xml", "<s><p><r><t>On it</t></r><br/></p></s>", 0},
                                      {"ppt/notesSlides/notesSlide1.xml", "<n><p><t>said</t></p></n>", 0},
                                      {NULL, NULL, 0}});
    assert_text(reading, "On it\nsaid\n");
}

static void what_is_embedded_is_a_gap_each(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"word/document.xml", "<d><p><t>x</t></p></d>", 0},
                                      {"word/media/image1.png", "PNG", 0},
                                      {"word/embeddings/secret-name.bin", "\x01\x02\x03", 0},
                                      {"word/vbaProject.bin", "macro", 0},
                                      {NULL, NULL, 0}});
    assert_string_equal(reading->gaps->str, "embedded picture\nembedded file\nembedded macros\n");
    assert_int_equal(reading->converted.state, PART_CUT);
}

static void a_bomb_is_cut(void **state)
{
    Reading *reading = *state;
    g_autoptr(GString) xml = g_string_new("<d><p><t>before</t></p>");
    while (xml->len < 64UL << 20)
        g_string_append(xml, "<b></b><b></b><b></b><b></b><b></b><b></b><b></b><b></b>");
    g_string_append(xml, "</d>");
    read_zip(reading, (OfficeEntry[]){{"word/document.xml", xml->str, xml->len},
                                      {"word/comments.xml", "<c><p><t>behind</t></p></c>", 0},
                                      {NULL, NULL, 0}});
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "zip-bomb \n");
    assert_text(reading, "before\nbehind\n");
}

static void too_many_entries_are_cut(void **state)
{
    Reading *reading = *state;
    g_autofree OfficeEntry *entries = g_new0(OfficeEntry, LIMIT_ZIP_ENTRIES + 3);
    for (guint i = 0; i < LIMIT_ZIP_ENTRIES + 2; i++)
        entries[i] = (OfficeEntry){"word/document.xml", "<d/>", 0};
    read_zip(reading, entries);
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "too-many-entries \n");
}

static void deep_xml_is_cut(void **state)
{
    Reading *reading = *state;
    g_autoptr(GString) xml = g_string_new("<p><t>first</t></p>");
    for (guint i = 0; i < LIMIT_XML_DEPTH + 5; i++) {
        g_string_prepend(xml, "<a>");
        g_string_append(xml, "</a>");
    }
    read_zip(reading, (OfficeEntry[]){{"word/document.xml", xml->str, 0}, {NULL, NULL, 0}});
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "too-deep \n");
}

static void entities_are_not_expanded(void **state)
{
    Reading *reading = *state;
    read_zip(reading,
             (OfficeEntry[]){{"word/document.xml",
                              "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
                              "<d><p><t>&a;&b;</t></p></d>",
                              0},
                             {NULL, NULL, 0}});
    assert_text(reading, "");
    assert_int_equal(reading->converted.state, PART_BROKEN);
}

static void what_stands_before_a_damage_is_read(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"word/document.xml", "<d><p><t>before</t></p><p></d", 0},
                                      {"word/header1.xml", "<h><p><t>whole</t></p></h>", 0},
                                      {NULL, NULL, 0}});
    assert_text(reading, "before\nwhole\n");
    assert_int_equal(reading->converted.state, PART_BROKEN);
    assert_string_equal(reading->gaps->str, "broken damaged XML or zip entry\n");
}

static void a_cut_zip_is_broken(void **state)
{
    Reading *reading = *state;
    g_autofree char *document = office_document((const char *[]){"first of all", NULL});
    g_autoptr(GBytes) bytes = office_zip((OfficeEntry[]){{"word/document.xml", document, 0},
                                                         {"word/header1.xml", "<h><p><t>lost</t></p></h>", 0},
                                                         {NULL, NULL, 0}});
    Span whole = span_of_bytes(bytes);
    for (gsize n = 4; n < whole.n; n++) { /* shorter, it is a text */
        g_autofree char *cut = g_memdup2(whole.p, n);
        read_bytes(reading, (Span){cut ? cut : "", n},
                   "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        gboolean all = span_equals(reading->converted.text, "first of all\nlost\n");
        assert_true(reading->converted.state == PART_BROKEN ||
                    (all && reading->converted.state == PART_READ));
    }
    assert_text(reading, "first of all\nlost\n");
}

static void an_encrypted_file_is_said_to_be_one(void **state)
{
    Reading *reading = *state;
    GString *ole = g_string_new_len("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    g_string_append_len(ole, "\0\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 34);
    read_bytes(reading, (Span){ole->str, ole->len}, NULL);
    assert_int_equal(reading->converted.state, PART_ENCRYPTED);
    assert_int_equal(reading->converted.unscanned, ole->len);
    assert_string_equal(reading->gaps->str, "encrypted \n");
    g_string_free(ole, TRUE);
}

static void what_nobody_takes_stays_unread(void **state)
{
    Reading *reading = *state;
    static const char *const others[] = {"\x89PNG\r\n\x1a\x01\x02", "", "\x01\x02\x03\x04 noise"};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        read_bytes(reading, span_of_string(others[i]), "application/octet-stream");
        assert_int_equal(reading->converted.state, PART_UNREAD);
        assert_string_equal(reading->converted.converter, CONVERTER_NONE);
        assert_int_equal(reading->converted.unscanned, strlen(others[i]));
    }
}

static void rich_text_is_read(void **state)
{
    static const struct {
        const char *rtf, *text;
    } samples[] = {
        {"{\\rtf1\\ansi Hello\\par World}", "Hello\nWorld"},
        {"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0}", "\xd0\x9f\xd1\x80"},
        {"{\\rtf1\\uc1 \\u8364?5}", "\xe2\x82\xac"
                                    "5"},
        {"{\\rtf1 \\u-10179?\\u-8704?}", "\xf0\x9f\x98\x80"},
        {"{\\rtf1{\\fonttbl{\\f1\\fcharset204 Some;}}\\f1 \\'cf}", "\xd0\x9f"},
        {"{\\rtf1\\ansi a\\{b\\}\\\\c\\~d\\emdash}", "a{b}\\c d\xe2\x80\x94"},
        {"{\\rtf1{\\*\\unknown gone}left{\\*\\generator gone}}", "left"},
        {"{\\rtf1 a\\cell b\\cell\\row c}", "a\tb\t\nc"},
        {"{\\rtf1{\\info{\\title T}}b}", "T\nb"},
        {"{\\rtf1 a{\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn fillColor}{\\sv 7}}{\\shptxt box}}"
         "{\\shprslt{\\*\\do{\\dptxbxtext box}}}}b}",
         "aboxb"},
        {"{\\rtf1 a{\\*\\do\\dobxpage{\\dptxbx{\\dptxbxtext old box}}}b}", "aold boxb"},
        {"{\\rtf1{\\*\\userprops{\\propname Key}\\proptype30{\\staticval k1}}b}", "\nKey\tk1\nb"},
        {"{\\rtf1 b{\\footnote n}c}", "b\nn\nc"},
        {"{\\rtf1 {\\field{\\*\\fldinst HYPERLINK \"https://a.example\"}{\\fldrslt x}}}",
         "HYPERLINK \"https://a.example\"x"},
    };
    Reading *reading = *state;
    for (guint i = 0; i < G_N_ELEMENTS(samples); i++) {
        read_bytes(reading, span_of_string(samples[i].rtf), NULL);
        assert_text(reading, samples[i].text);
        assert_int_equal(reading->converted.state, PART_READ);
    }
}

static void rich_text_has_its_gaps(void **state)
{
    Reading *reading = *state;
    read_bytes(reading, SPAN_OF("{\\rtf1 a{\\pict 89504e47}b\\bin4 }}}}c}"), NULL);
    assert_string_equal(reading->gaps->str, "embedded picture or object\nembedded binary data\n");
    assert_text(reading, "abc");
    read_bytes(reading, SPAN_OF("{\\rtf1 a{b"), NULL);
    assert_int_equal(reading->converted.state, PART_BROKEN);
    g_autofree char *deep = g_strnfill(LIMIT_RTF_DEPTH + 5, '{');
    g_autofree char *rtf = g_strconcat("{\\rtf1 a", deep, NULL);
    read_bytes(reading, span_of_string(rtf), NULL);
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "too-deep \n");
}

static void rich_text_of_which_less_is_read_says_so(void **state)
{
    Reading *reading = *state;
    g_autoptr(Converters) all = g_steal_pointer(&reading->converters);
    reading->converters = load_converters("converters:\n  - id: rtf\n    contents: [body]\n", NULL);
    read_bytes(reading, SPAN_OF("{\\rtf1{\\info{\\title T}}b{\\footnote n}{\\*\\annotation c}}"), NULL);
    assert_text(reading, "b");
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str,
                        "contents-off properties\ncontents-off notes\ncontents-off comments\n");
    assert_true(reading->converted.unscanned > 0);
}

/* Word opens such a file, and so does whoever stole it. */
static void rich_text_that_is_called_a_document_is_read(void **state)
{
    Reading *reading = *state;
    read_bytes(reading, SPAN_OF("{\\rtf1 body}"),
               "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_text(reading, "body");
    assert_string_equal(reading->converted.converter, "rtf");
}

static void wrong_settings_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "converters:\n  - id: html5\n    contents: [body]\n",
        "converters:\n  - id: rtf\n    contents: [everything]\n",
        "converters:\n  - id: rtf\n    contents: [body]\n  - id: rtf\n    contents: [body]\n",
        "converters:\n  - id: rtf\n    contents: []\n",
        "converter: x\n",
        "converters:\n  - id: image\n    contents: [body]\n",
        "converters:\n  - id: rtf\n    contents: [body]\n    languages: [eng]\n",
    };
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(load_converters(wrong[i], &error));
        assert_int_equal(error->code, CANDOR_ERROR_FORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(a_document_is_read_with_all_that_hangs_on_it),
        WITH_READING(a_text_that_stands_twice_is_read_once),
        WITH_READING(cells_stand_in_their_rows),
        WITH_READING(less_is_read_when_less_is_asked_for_and_that_is_said),
        WITH_READING(what_a_formula_gives_stands_as_it_is),
        WITH_READING(strings_that_no_cell_can_name_are_read_all_the_same),
        WITH_READING(text_under_names_that_say_nothing_is_read),
        WITH_READING(a_binary_workbook_that_is_none_is_broken),
        WITH_READING(text_in_attributes_is_read),
        WITH_READING(a_formula_that_is_not_asked_for_is_a_gap),
        WITH_READING(slides_are_read_with_their_notes),
        WITH_READING(what_is_embedded_is_a_gap_each),
        WITH_READING(a_bomb_is_cut),
        WITH_READING(too_many_entries_are_cut),
        WITH_READING(deep_xml_is_cut),
        WITH_READING(entities_are_not_expanded),
        WITH_READING(what_stands_before_a_damage_is_read),
        WITH_READING(a_cut_zip_is_broken),
        WITH_READING(an_encrypted_file_is_said_to_be_one),
        WITH_READING(what_nobody_takes_stays_unread),
        WITH_READING(rich_text_is_read),
        WITH_READING(rich_text_has_its_gaps),
        WITH_READING(rich_text_of_which_less_is_read_says_so),
        WITH_READING(rich_text_that_is_called_a_document_is_read),
        cmocka_unit_test(wrong_settings_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
