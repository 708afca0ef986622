/* within_test.c - what is read of made-up archives, mail and texts (tests/archives.py), and said of the rest. */
#include "hostile/convert/convert_reading.h"
#include "hostile/limits.h"
#include "lib/error.h"

static void members_are_read_by_whoever_takes_them(void **state)
{
    read_seed(*state, "within/archive-nested.zip");
    assert_reading(
        *state, PART_READ,
        "papers/a.rtf\ninside\nmore.zip\nletter.eml\nAnn ann@north.example\nbob@south.example\nthe plan\n"
        "See the file.\nplan.rtf\nattached\n",
        "");
    assert_string_equal(((Reading *)*state)->converted.converter, "archive");
}

static void compressed_files_are_read(void **state)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"within/archive-table.tar.gz", "table.csv\nName;Card\nAnn;4111\n"},
                 {"within/archive-note.txt.gz", "data\nplain words\n"},
                 {"within/archive-note.txt.bz2", "data\nplain words\n"},
                 {"within/archive-empty.zip", ""}};
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        read_seed(*state, files[i].name);
        assert_reading(*state, PART_READ, files[i].text, "");
    }
}

static void an_emlx_is_read_as_mail(void **state)
{
    static const char letter[] =
        "From: Ann <ann@north.example>\r\nSubject: the plan\r\nContent-Type: text/plain\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nYmFzZSB3b3Jkcw==\r\n";
    static const char plist[] = "<?xml version=\"1.0\"?><plist><dict><key>flags</key></dict></plist>";
    Reading *reading = *state;
    for (guint missing = 0; missing < 2; missing++) {
        g_autofree char *file =
            g_strdup_printf("%-10zu\n%s%s", strlen(letter) + missing, letter, missing ? "" : plist);
        read_zip(reading, (OfficeEntry[]){{"letter.emlx", file, 0}, {NULL, NULL, 0}});
        assert_reading(reading, missing ? PART_CUT : PART_READ,
                       "letter.emlx\nAnn ann@north.example\nthe plan\nbase words\n",
                       missing ? "item-damaged the file ends too early\n" : "");
    }
}

/* The names of what is locked are read. */
static void what_is_locked_is_a_gap(void **state)
{
    read_seed(*state, "within/archive-locked.zip");
    assert_reading(*state, PART_ENCRYPTED, "secret-plan.txt\n",
                   "encrypted a file of the archive\nencrypted \n");
    read_seed(*state, "within/archive-part-locked.tar");
    assert_reading(*state, PART_CUT, "open.txt\nplain words\nshut.zip\nx\n",
                   "encrypted a file of the archive\nencrypted \n");
}

static void what_nobody_takes_is_a_gap(void **state)
{
    read_seed(*state, "within/archive-unknown.zip");
    assert_reading(*state, PART_CUT, "a.bin\na.png\n", "embedded file\nembedded picture\n");
}

static void bombs_are_cut(void **state)
{
    Reading *reading = *state;
    read_seed(reading, "within/archive-bomb.zip");
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "zip-bomb a file of the archive\n");
    assert_true(reading->converted.text.n < LIMIT_CONVERTED_TEXT_BYTES);
    read_seed(reading, "within/archive-overlapping.zip");
    assert_int_equal(reading->converted.state, PART_CUT);
    read_seed(reading, "within/archive-deep.zip");
    assert_int_equal(reading->converted.state, PART_CUT);
    assert_string_equal(reading->gaps->str, "too-deep \n");
}

/* Whatever is left of an archive is read, and that something is missing is said. */
static void a_cut_archive_is_broken(void **state)
{
    Reading *reading = *state;
    g_autofree char *path =
        g_build_filename(CANDOR_SOURCE_ROOT, "tests/corpus/within/archive-nested.zip", NULL);
    g_autofree char *bytes = NULL;
    gsize whole;
    assert_true(g_file_get_contents(path, &bytes, &whole, NULL));
    for (gsize n = 6; n < whole; n++) {
        g_autofree char *cut = g_memdup2(bytes, n);
        read_bytes(reading, (Span){cut, n}, NULL);
        gboolean all = strstr(reading->gaps->str, "broken") == NULL;
        g_autofree char *text = span_dup(reading->converted.text);
        assert_true(!all || strstr(text, "attached"));
    }
}

static void texts_are_read_whatever_their_charset(void **state)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"within/text-card.vcf",
                  "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M\xc3\xbcller;Ann\n"
                  "EMAIL:ann@north.example\nEND:VCARD\n"},
                 {"within/text-page.html", "\xd0\x9f\xd1\x80 word\n"},
                 {"within/text-latin.txt", "M\xc3\xbcller, caf\xc3\xa9\n"}};
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        read_seed(*state, files[i].name);
        g_autofree char *text = span_dup(((Reading *)*state)->converted.text);
        g_auto(GStrv) lines = g_strsplit(text, "\r", -1);
        g_autofree char *unified = g_strjoinv("", lines);
        assert_string_equal(unified, files[i].text);
        assert_string_equal(((Reading *)*state)->converted.converter, "text");
    }
    read_seed(*state, "within/text-wide.csv");
    assert_text(*state, "Name;Card\r\nAnn;4111\r\n");
    read_seed(*state, "within/text-armour.asc");
    assert_reading(*state, PART_ENCRYPTED, "", "encrypted \n");
}

/* A converter that is named by a label alone would call a text a damaged document. */
static void a_text_that_is_called_a_document_is_read(void **state)
{
    read_bytes(*state, SPAN_OF("plain words"),
               "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assert_reading(*state, PART_READ, "plain words\n", "");
    read_bytes(*state, SPAN_OF("plain words"), "application/pdf");
    assert_reading(*state, PART_READ, "plain words\n", "");
}

static const char with_pictures[] =
    "converters:\n  - id: image\n    contents: [body]\n    languages: [eng]\n";

/* A TIFF of empty pages, uncompressed. */
static GByteArray *empty_pages(guint pages, guint32 side)
{
    GByteArray *tiff = g_byte_array_new();
    g_byte_array_append(tiff, (const guint8 *)"II*\0\x08\0\0\0", 8);
    for (guint page = 0; page < pages; page++) {
        const guint32 tags[][3] = {
            {256, 4, side}, {257, 4, side}, {258, 3, 1},    {259, 3, 1},
            {262, 3, 1},    {273, 4, 0},    {278, 4, side}, {279, 4, side * ((side + 7) / 8)}};
        guint16 count = GUINT16_TO_LE(G_N_ELEMENTS(tags));
        g_byte_array_append(tiff, (const guint8 *)&count, 2);
        for (guint i = 0; i < G_N_ELEMENTS(tags); i++) {
            guint16 head[] = {GUINT16_TO_LE(tags[i][0]), GUINT16_TO_LE(tags[i][1])};
            guint32 rest[] = {GUINT32_TO_LE(1), GUINT32_TO_LE(tags[i][2])};
            g_byte_array_append(tiff, (const guint8 *)head, sizeof head);
            g_byte_array_append(tiff, (const guint8 *)rest, sizeof rest);
        }
        guint32 next = page + 1 < pages ? GUINT32_TO_LE(tiff->len + 4) : 0;
        g_byte_array_append(tiff, (const guint8 *)&next, 4);
    }
    return tiff;
}

static void each_page_of_a_picture_is_read(void **state)
{
    Reading *reading = *state;
    Converters *converters = load_converters(with_pictures, NULL);
    if (!converters)
        skip();
    g_autoptr(Converters) others = g_steal_pointer(&reading->converters);
    reading->converters = converters;
    read_seed(reading, "within/pages.tiff");
    assert_reading(reading, PART_READ, "the password: Greenfield77\ncard 4111 1122 2233 3347\n", "");
    g_autoptr(GByteArray) many = empty_pages(LIMIT_PICTURE_PAGES + 7, 4);
    read_bytes(reading, (Span){(const char *)many->data, many->len}, NULL);
    assert_reading(reading, PART_CUT, "", "too-many-pages \n");
    assert_true(reading->converted.unscanned > 0);
    g_autoptr(GByteArray) looked_at = empty_pages(LIMIT_OCR_PAGES + 1, 40);
    read_bytes(reading, (Span){(const char *)looked_at->data, looked_at->len}, NULL);
    assert_reading(reading, PART_CUT, "", "too-many-pages \n");
    assert_true(reading->converted.unscanned == looked_at->len / (LIMIT_OCR_PAGES + 1));
}

static void pictures_within_files_are_read_when_all_are_asked_for(void **state)
{
    Reading *reading = *state;
    Converters *images = load_converters_ocr(NULL, OCR_IMAGES, NULL);
    if (!images)
        skip();
    g_autoptr(Converters) off = g_steal_pointer(&reading->converters);
    g_autoptr(Converters) all = load_converters_ocr(NULL, OCR_ALL, NULL);
    g_autofree char *path = g_build_filename(CANDOR_SOURCE_ROOT, "tests/corpus/within/picture.png", NULL);
    g_autofree char *picture = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &picture, &n, NULL));
    reading->converters = images;
    read_zip(reading, (OfficeEntry[]){{"a.png", picture, n}, {NULL, NULL, 0}});
    assert_reading(reading, PART_READ, "a.png\n", "embedded picture\n");
    assert_string_equal(reading->converted.version, "1 body,notes,comments,properties,hidden");
    reading->converters = all;
    read_zip(reading, (OfficeEntry[]){{"a.png", picture, n}, {NULL, NULL, 0}});
    assert_reading(reading, PART_READ, "a.png\nthe password: Greenfield77\ncard 4111 1122 2233 3347\n", "");
    assert_string_equal(reading->converted.version, "1 body,notes,comments,properties,hidden image 3 eng");
    read_zip(reading, (OfficeEntry[]){{"word/document.xml", "<d><p><t>x</t></p></d>", 0},
                                      {"word/media/a.png", picture, n},
                                      {"word/media/b.emf", "no picture that is read", 0},
                                      {NULL, NULL, 0}});
    assert_reading(reading, PART_READ, "x\nthe password: Greenfield77\ncard 4111 1122 2233 3347\n",
                   "embedded picture\n");
    assert_string_equal(reading->converted.converter, "ooxml");
    reading->converters = g_steal_pointer(&images);
    converters_free(reading->converters);
    reading->converters = g_steal_pointer(&all);
}

/* A drawing of two lines of text. */
static void pictures_are_read_when_asked_for(void **state)
{
    Reading *reading = *state;
    read_seed(reading, "within/picture.png");
    assert_int_equal(reading->converted.state, PART_UNREAD);
    g_autoptr(GError) error = NULL;
    Converters *converters = load_converters(with_pictures, &error);
    if (!converters) {
        assert_int_equal(error->code, CANDOR_ERROR_MISSING);
        print_message("no Tesseract here: %s\n", error->message);
        skip();
    }
    g_autoptr(Converters) others = g_steal_pointer(&reading->converters);
    reading->converters = converters;
    read_seed(reading, "within/picture.png");
    assert_reading(reading, PART_READ, "the password: Greenfield77\ncard 4111 1122 2233 3347\n", "");
    assert_string_equal(reading->converted.version, "3 body eng");
    read_bytes(reading, SPAN_OF("\x89PNG\r\n\x1a\n broken"), NULL);
    assert_reading(reading, PART_BROKEN, "", "broken no picture that can be read\n");
    /* 60,000 by 60,000 pixels in a header */
    read_bytes(reading,
               SPAN_OF("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\0\0\0\0\0\0\0\0"
                       "\0\0\0\0\0\0\0\0\0\0\0\0\0"),
               NULL);
    assert_reading(reading, PART_CUT, "", "picture-too-large \n");
}

/* Made with `openssl cms -sign`, `-encrypt`; the keys are gone. */
static void what_was_only_signed_is_read(void **state)
{
    static const char *const names[] = {"within/smime-signed.p7m", "within/smime-signed.pem"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        read_seed(*state, names[i]);
        assert_reading(*state, PART_READ, "signed words\n", "");
        assert_string_equal(((Reading *)*state)->converted.converter, "smime");
    }
    read_seed(*state, "within/smime-signature.p7s");
    assert_reading(*state, PART_READ, "", "embedded signature\n");
}

static void what_was_encrypted_is_said_to_be(void **state)
{
    static const char *const names[] = {"within/smime-locked.p7m", "within/pgp-locked.gpg"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        read_seed(*state, names[i]);
        assert_reading(*state, PART_ENCRYPTED, "", "encrypted \n");
    }
}

static void mail_in_a_file_is_read_message_by_message(void **state)
{
    read_seed(*state, "within/mail-box.mbox");
    assert_reading(*state, PART_READ, "one\nfirst\n\ntwo\nsecond\n", "");
    assert_string_equal(((Reading *)*state)->converted.converter, "mail");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(members_are_read_by_whoever_takes_them),
        WITH_READING(compressed_files_are_read),
        WITH_READING(an_emlx_is_read_as_mail),
        WITH_READING(what_is_locked_is_a_gap),
        WITH_READING(what_nobody_takes_is_a_gap),
        WITH_READING(bombs_are_cut),
        WITH_READING(a_cut_archive_is_broken),
        WITH_READING(texts_are_read_whatever_their_charset),
        WITH_READING(a_text_that_is_called_a_document_is_read),
        WITH_READING(each_page_of_a_picture_is_read),
        WITH_READING(pictures_are_read_when_asked_for),
        WITH_READING(pictures_within_files_are_read_when_all_are_asked_for),
        WITH_READING(what_was_only_signed_is_read),
        WITH_READING(what_was_encrypted_is_said_to_be),
        WITH_READING(mail_in_a_file_is_read_message_by_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
