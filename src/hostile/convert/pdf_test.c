/* pdf_test.c - what is read of made-up PDFs, and what is said of those that cannot be read. */
#include "hostile/convert/convert_reading.h"
#include "hostile/limits.h"

/* A PDF of these objects, numbered from 1, of which the first is the catalogue; a list ends with NULL. */
static GString *pdf_of(const char *const *objects)
{
    GString *pdf = g_string_new("%PDF-1.7\n");
    guint number = 0;
    for (; objects[number]; number++)
        g_string_append_printf(pdf, "%u 0 obj\n%s\nendobj\n", number + 1, objects[number]);
    g_string_append_printf(pdf, "trailer\n<</Size %u/Root 1 0 R/Info<</Title(A title)>>>>\n%%%%EOF\n",
                           number + 1);
    return pdf;
}

static char *stream_of(const char *dictionary, const char *text)
{
    return g_strdup_printf("<<%s/Length %zu>>stream\n%s\nendstream", dictionary, strlen(text), text);
}

static void read_pdf(Reading *reading, const char *const *objects)
{
    GString *pdf = pdf_of(objects);
    read_bytes(reading, (Span){pdf->str, pdf->len}, NULL);
    g_string_free(pdf, TRUE);
}

#define CATALOG "<</Type/Catalog/Pages 2 0 R>>"
#define PAGES "<</Type/Pages/Kids[3 0 R]/Count 1>>"
#define LETTERS "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

static const char page[] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources"
                           "<</Font<</F 5 0 R>>>>>>";

static char *page_with(const char *annotations)
{
    return g_strdup_printf("%.*s/Annots[%s]>>", (int)sizeof page - 3, page, annotations);
}

static const char words[] = "BT /F 12 Tf 20 200 Td (left) Tj ET BT /F 12 Tf 200 200 Td (right) Tj ET "
                            "BT /F 12 Tf 20 100 Td (below) Tj ET";

static void boxes_and_columns_are_kept_apart(void **state)
{
    g_autofree char *text = stream_of("", words);
    read_pdf(*state, (const char *[]){CATALOG, PAGES, page, text, LETTERS, NULL});
    assert_reading(*state, PART_READ, "left\nbelow\nright\nA title\n", "");
    assert_string_equal(((Reading *)*state)->converted.converter, "pdf");
}

static void what_hangs_on_a_page_is_read(void **state)
{
    g_autofree char *text = stream_of("", words), *file = stream_of("/Type/EmbeddedFile", "{\\rtf1 inside}");
    g_autofree char *annotated =
        page_with("6 0 R <</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(Ann)/Contents(a comment)>>"
                  "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example/x)>>>>");
    read_pdf(*state,
             (const char *[]){
                 "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>/Names 8 0 R>>", PAGES, annotated,
                 text, LETTERS, "<</Type/Annot/Subtype/Widget/FT/Tx/T(Key)/V(k1)/Rect[0 0 50 9]>>", file,
                 "<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.rtf)/EF<</F 7 0 R>>>>]>>>>", NULL});
    assert_reading(
        *state, PART_READ,
        "left\nbelow\nright\nhttps://a.example/x\nKey\tk1\nAnn\na comment\nA title\na.rtf\ninside\n", "");
}

static void contents_that_are_off_are_said_to_be(void **state)
{
    Reading *reading = *state;
    g_autoptr(Converters) all = g_steal_pointer(&reading->converters);
    reading->converters = load_converters("converters:\n  - id: pdf\n    contents: [body]\n", NULL);
    g_autofree char *text = stream_of("", words);
    g_autofree char *annotated = page_with("<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(c)>>");
    read_pdf(reading, (const char *[]){CATALOG, PAGES, annotated, text, LETTERS, NULL});
    assert_reading(reading, PART_CUT, "left\nbelow\nright\n",
                   "contents-off comments\ncontents-off properties\n");
}

static void pages_without_text_are_counted(void **state)
{
    g_autofree char *text = stream_of("", words), *lines = stream_of("", "0 0 m 9 9 l S");
    read_pdf(*state,
             (const char *[]){CATALOG, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", page, text, LETTERS,
                              "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 7 0 R>>", lines, NULL});
    assert_reading(*state, PART_CUT, "left\nbelow\nright\nA title\n", "needs-ocr 1 of 2 pages\n");
}

/* A PDF of `pages` pages of that size with a line on each. */
static void read_drawn(Reading *reading, guint pages, const char *box)
{
    GString *kids = g_string_new("<</Type/Pages/Kids[");
    g_autofree char *line = stream_of("", "0 0 m 9 9 l S");
    g_autofree char *drawn =
        g_strdup_printf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R>>", box);
    g_autofree const char **objects = g_new0(const char *, pages + 6);
    for (guint i = 0; i < pages; i++) {
        g_string_append_printf(kids, "%u 0 R ", i + 6);
        objects[i + 5] = drawn;
    }
    g_string_append_printf(kids, "]/Count %u>>", pages);
    const char *first[] = {CATALOG, kids->str, "null", line, LETTERS};
    memcpy(objects, first, sizeof first);
    read_pdf(reading, objects);
    g_string_free(kids, TRUE);
}

static void pages_are_looked_at_as_far_as_the_limit(void **state)
{
    Reading *reading = *state;
    Converters *all = load_converters_ocr(NULL, OCR_ALL, NULL);
    if (!all)
        skip();
    g_autoptr(Converters) off = g_steal_pointer(&reading->converters);
    reading->converters = all;
    read_drawn(reading, 3, "20 20");
    assert_int_equal(reading->converted.state, PART_READ);
    assert_string_equal(reading->gaps->str, "");
    read_drawn(reading, LIMIT_OCR_PAGES + 10, "20 20");
    g_autofree char *left = g_strdup_printf("needs-ocr 10 of %d pages\n", LIMIT_OCR_PAGES + 10);
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, left);
}

/* Drawn within the limit of pixels, its letters would be dots. */
static void a_page_that_is_too_large_is_not_looked_at(void **state)
{
    Reading *reading = *state;
    Converters *all = load_converters_ocr(NULL, OCR_ALL, NULL);
    if (!all)
        skip();
    g_autoptr(Converters) off = g_steal_pointer(&reading->converters);
    reading->converters = all;
    read_drawn(reading, 1, "14000 14000");
    assert_string_equal(reading->gaps->str, "needs-ocr 1 of 1 pages\n");
}

/* Fonts that are not in the file: their characters are told by poppler's own tables, which a box cannot open. */
static void fonts_that_are_not_embedded_are_read(void **state)
{
    static const struct {
        const char *encoding, *ordering, *codes, *text;
    } fonts[] = {
        {"90ms-RKSJ-H", "Japan1", "938c8b9e", "\xe6\x9d\xb1\xe4\xba\xac"},
        {"UniJIS-UCS2-H", "Japan1", "67714eac", "\xe6\x9d\xb1\xe4\xba\xac"},
        {"GBK-EUC-H", "GB1", "b1b1bea9", "\xe5\x8c\x97\xe4\xba\xac"},
        {"KSCms-UHC-H", "Korea1", "bcadbfef", "\xec\x84\x9c\xec\x9a\xb8"},
        {"ETen-B5-H", "CNS1", "a578a55f", "\xe5\x8f\xb0\xe5\x8c\x97"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(fonts); i++) {
        g_autofree char *shown = g_strdup_printf("BT /F 20 Tf 20 200 Td <%s> Tj ET", fonts[i].codes);
        g_autofree char *text = stream_of("", shown);
        g_autofree char *font = g_strdup_printf(
            "<</Type/Font/Subtype/Type0/BaseFont/Made-Up/Encoding/%s/DescendantFonts[<</Type/Font/Subtype/"
            "CIDFontType0"
            "/BaseFont/Made-Up/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>>>>]>>",
            fonts[i].encoding, fonts[i].ordering);
        g_autofree char *want = g_strconcat(fonts[i].text, "\nA title\n", NULL);
        read_pdf(*state, (const char *[]){CATALOG, PAGES, page, text, font, NULL});
        assert_reading(*state, PART_READ, want, "");
    }
}

/* Its letters would be lost in silence. */
static void a_character_map_that_is_not_there_is_a_gap(void **state)
{
    g_autofree char *text = stream_of("", "BT /F 20 Tf 20 200 Td <938c> Tj (x) Tj ET");
    read_pdf(*state,
             (const char *[]){
                 CATALOG, PAGES, page, text,
                 "<</Type/Font/Subtype/Type0/BaseFont/M/Encoding/No-Such-Map-H/DescendantFonts[6 0 R]>>",
                 "<</Type/Font/Subtype/CIDFontType0/BaseFont/M/CIDSystemInfo 7 0 R>>",
                 "<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>", NULL});
    assert_non_null(strstr(((Reading *)*state)->gaps->str, "resource"));
    assert_int_equal(((Reading *)*state)->converted.state, PART_CUT);
}

static void loops_end(void **state)
{
    g_autofree char *text = stream_of("", "/X Do"),
                    *form = stream_of("/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                                      "/Resources<</XObject<</X 5 0 R>>>>",
                                      "/X Do /X Do");
    read_pdf(
        *state,
        (const char *[]){
            CATALOG, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
            text, form, NULL});
    assert_int_equal(((Reading *)*state)->converted.state, PART_CUT);
    read_pdf(*state, (const char *[]){"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", PAGES, page, text,
                                      LETTERS, "<</First 7 0 R/Last 7 0 R/Count 1>>",
                                      "<</Title(again)/Parent 6 0 R/Next 7 0 R>>", NULL});
    assert_true(((Reading *)*state)->converted.text.n < 100000);
}

static void pages_beyond_the_limit_are_a_gap(void **state)
{
    GString *kids = g_string_new("<</Type/Pages/Kids[");
    g_autofree char *text = stream_of("", words);
    g_autofree const char **objects = g_new0(const char *, LIMIT_PDF_PAGES + 16);
    for (guint i = 0; i < LIMIT_PDF_PAGES + 10; i++) {
        g_string_append_printf(kids, "%u 0 R ", i + 6);
        objects[i + 5] = page;
    }
    g_string_append_printf(kids, "]/Count %u>>", LIMIT_PDF_PAGES + 10);
    const char *first[] = {CATALOG, kids->str, "null", text, LETTERS};
    memcpy(objects, first, sizeof first);
    read_pdf(*state, objects);
    assert_string_equal(((Reading *)*state)->gaps->str, "too-many-pages \n");
    g_string_free(kids, TRUE);
}

static void what_cannot_be_opened_says_why(void **state)
{
    read_bytes(*state, SPAN_OF("%PDF-1.4\nnothing"), NULL);
    assert_reading(*state, PART_BROKEN, "", "broken no PDF that can be read\n");
    read_bytes(
        *state,
        SPAN_OF(
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count "
            "0>>\n"
            "endobj\ntrailer\n<</Size 3/Root 1 0 R/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter"
            "/Standard/V 1/R 2/O(0123456789abcdef0123456789abcdef)/U(0123456789abcdef0123456789abcdef)/P "
            "-4>>>>\n"
            "%%EOF\n"),
        NULL);
    assert_reading(*state, PART_ENCRYPTED, "", "encrypted \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(boxes_and_columns_are_kept_apart),
        WITH_READING(what_hangs_on_a_page_is_read),
        WITH_READING(contents_that_are_off_are_said_to_be),
        WITH_READING(pages_without_text_are_counted),
        WITH_READING(pages_are_looked_at_as_far_as_the_limit),
        WITH_READING(a_page_that_is_too_large_is_not_looked_at),
        WITH_READING(fonts_that_are_not_embedded_are_read),
        WITH_READING(a_character_map_that_is_not_there_is_a_gap),
        WITH_READING(loops_end),
        WITH_READING(pages_beyond_the_limit_are_a_gap),
        WITH_READING(what_cannot_be_opened_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
