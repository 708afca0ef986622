/* odf_test.c - what is read of made-up OpenDocument files. */
#include "hostile/convert/convert_reading.h"

#define MIMETYPE(kind)                                                                                       \
    {                                                                                                        \
        "mimetype", "application/vnd.oasis.opendocument." kind, 0                                            \
    }
#define END                                                                                                  \
    {                                                                                                        \
        NULL, NULL, 0                                                                                        \
    }

static void a_text_is_read_with_all_that_hangs_on_it(void **state)
{
    Reading *reading = *state;
    read_zip(
        reading,
        (OfficeEntry[]){
            MIMETYPE("text"),
            {"content.xml",
             "<d><style><number>no text</number></style><body>"
             "<p>One &amp;<s c=\"2\"/>two<tab/>three<line-break/>four</p>"
             "<p>note<note><note-citation>1</note-citation><note-body><p>below</p></note-body></note></p>"
             "<p>x<annotation><creator>Ann</creator><p>a comment</p></annotation></p>"
             "<p><a href=\"https://a.example/x\">link</a><image href=\"Pictures/1.png\"/>"
             "<frame><title>alt</title></frame></p></body></d>",
             0},
            {"styles.xml", "<s><footer><p>page</p></footer></s>", 0},
            {"meta.xml", "<m><title>A title</title><user-defined name=\"Key\">k1</user-defined></m>", 0},
            {"Pictures/1.png", "PNG", 0},
            END});
    assert_string_equal(reading->converted.converter, "odf");
    assert_reading(reading, PART_READ,
                   "One &  two\tthree\nfour\nnote1\nbelow\nx\nAnn\na comment\n"
                   "https://a.example/x link\nalt\npage\nA title\nKey\nk1\n",
                   "embedded picture\n");
}

static const char table[] =
    "<d><style name=\"hid\"><table-properties display=\"false\"/></style>"
    "<table "
    "name=\"People\"><table-row><table-cell><p>Name</p></table-cell><table-cell><p>Card</p></table-cell>"
    "</table-row><table-row><table-cell><p>Ann</p><p>Lee</p></table-cell>"
    "<table-cell value=\"4.111111111111E+15\"><p>4.11E+15</p></table-cell>"
    "<table-cell number-columns-repeated=\"3\"/><table-cell formula=\"of:=A1\" "
    "value=\"5\"><p>5</p></table-cell>"
    "<table-cell number-columns-repeated=\"16000\"/></table-row></table>"
    "<table name=\"Old\" "
    "style-name=\"hid\"><table-row><table-cell><p>gone</p></table-cell></table-row></table></d>";

static void cells_stand_in_their_rows_below_their_headers(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){MIMETYPE("spreadsheet"), {"content.xml", table, 0}, END});
    assert_reading(reading, PART_READ,
                   "People\nName\tCard\nAnn Lee\t4.11E+15 4111111111111000\t\t\t\tof:=A1 5\nOld\ngone\n", "");
}

static void a_hidden_table_is_read_only_when_asked_for(void **state)
{
    Reading *reading = *state;
    g_autoptr(Converters) all = g_steal_pointer(&reading->converters);
    reading->converters = load_converters("converters:\n  - id: odf\n    contents: [body]\n", NULL);
    read_zip(reading, (OfficeEntry[]){MIMETYPE("spreadsheet"), {"content.xml", table, 0}, END});
    assert_reading(reading, PART_CUT, "People\nName\tCard\nAnn Lee\t4.11E+15 4111111111111000\t\t\t\t5\n",
                   "contents-off hidden\n");
}

/* The bytes of an entry are noise then, though the zip says nothing of it. */
static void what_the_manifest_calls_encrypted_is(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){
                          MIMETYPE("text"),
                          {"content.xml", "\x8f\x02noise", 0},
                          {"META-INF/manifest.xml",
                           "<m><file-entry full-path=\"content.xml\"><encryption-data/></file-entry></m>", 0},
                          END});
    assert_reading(reading, PART_ENCRYPTED, "", "encrypted an entry of the zip\n");
}

static void a_document_type_that_names_itself_is_passed_over(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){{"mimetype", "application/vnd.sun.xml.writer", 0},
                                      {"content.xml",
                                       "<!DOCTYPE d PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" "
                                       "\"office.dtd\"><d><p>old</p></d>",
                                       0},
                                      END});
    assert_reading(reading, PART_READ, "old\n", "");
    read_zip(reading, (OfficeEntry[]){MIMETYPE("text"),
                                      {"content.xml", "<!DOCTYPE d [<!ENTITY a 'aaa'>]><d><p>&a;</p></d>", 0},
                                      END});
    assert_reading(reading, PART_BROKEN, "", "broken a document type in its XML\n");
}

static void a_file_within_is_read_or_makes_the_whole_cut(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){MIMETYPE("text"),
                                      {"content.xml", "<d><p>x</p></d>", 0},
                                      {"Object 1", "\x01\x02\x03", 0},
                                      END});
    assert_reading(reading, PART_CUT, "x\n", "embedded file\n");
    read_zip(reading, (OfficeEntry[]){MIMETYPE("text"),
                                      {"content.xml", "<d><p>x</p></d>", 0},
                                      {"Object 1", "{\\rtf1 inside}", 0},
                                      END});
    assert_reading(reading, PART_READ, "x\ninside\n", "");
}

/* Whatever a name looks like: only what is known to hold no text is passed over. */
static void text_under_names_like_those_of_settings_is_read(void **state)
{
    Reading *reading = *state;
    static const char *const names[] = {"Object 1/sub/settings.xml",
                                        "my-settings.xml",
                                        "Configurations2/notes.txt",
                                        "Configurations2/toolbar/own.xml",
                                        "META-INF/notes.xml",
                                        "META-INF/manifest.xml.txt",
                                        "notes.rdf",
                                        "mimetype.txt",
                                        "layout-cache.txt",
                                        "Object x/layout-cache",
                                        "the content.xml",
                                        "own/\xc3\xa4.txt"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        gboolean xml = g_str_has_suffix(names[i], ".xml");
        read_zip(reading, (OfficeEntry[]){MIMETYPE("text"),
                                          {names[i], xml ? "<d>a secret word</d>" : "a secret word", 0},
                                          {"content.xml", "<d><p>x</p></d>", 0},
                                          END});
        if (!memmem(reading->converted.text.p, reading->converted.text.n, "a secret word", 13))
            fail_msg("%s is not read", names[i]);
    }
}

static void settings_and_signatures_are_passed_over(void **state)
{
    Reading *reading = *state;
    read_zip(reading, (OfficeEntry[]){MIMETYPE("text"),
                                      {"settings.xml", "<d>noise</d>", 0},
                                      {"Object 1/Object 22/settings.xml", "<d>noise</d>", 0},
                                      {"META-INF/documentsignatures.xml", "<d>noise</d>", 0},
                                      {"Configurations2/accelerator/current.xml", "", 0},
                                      {"Configurations2/floater/", "", 0},
                                      {"layout-cache", "noise", 0},
                                      {"manifest.rdf", "<d>noise</d>", 0},
                                      {"content.xml", "<d><p>x</p></d>", 0},
                                      END});
    assert_reading(reading, PART_READ, "x\n", "");
}

static void a_cut_file_is_read_as_far_as_it_goes(void **state)
{
    Reading *reading = *state;
    g_autoptr(GBytes) bytes = office_zip((OfficeEntry[]){MIMETYPE("text"),
                                                         {"content.xml", "<d><p>first of all</p></d>", 0},
                                                         {"styles.xml", "<d><p>lost</p></d>", 0},
                                                         END});
    Span whole = span_of_bytes(bytes);
    for (gsize n = 4; n < whole.n; n++) { /* shorter, it is a text */
        g_autofree char *cut = g_memdup2(whole.p, n);
        read_bytes(reading, (Span){cut ? cut : "", n}, "application/vnd.oasis.opendocument.text");
        gboolean all = span_equals(reading->converted.text, "first of all\nlost\n");
        assert_true(reading->converted.state == PART_BROKEN ||
                    (all && reading->converted.state == PART_READ));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(a_text_is_read_with_all_that_hangs_on_it),
        WITH_READING(cells_stand_in_their_rows_below_their_headers),
        WITH_READING(a_hidden_table_is_read_only_when_asked_for),
        WITH_READING(what_the_manifest_calls_encrypted_is),
        WITH_READING(a_document_type_that_names_itself_is_passed_over),
        WITH_READING(a_file_within_is_read_or_makes_the_whole_cut),
        WITH_READING(text_under_names_like_those_of_settings_is_read),
        WITH_READING(settings_and_signatures_are_passed_over),
        WITH_READING(a_cut_file_is_read_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
