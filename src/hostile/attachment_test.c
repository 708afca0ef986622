/* attachment_test.c - the requests convert, rescan and words get the answers that the protocol promises. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include "hostile/ask.h"
#include "hostile/convert/office.h"
#include "lib/sha256.h"
#include "nouns/conversion.h"

/* A mail with a document in it. */
typedef struct {
    char *folder, *path;
    guint8 sha256[DIGEST_BYTES];
    char *hash; /* in hexadecimal */
    gsize size; /* of the mail    */
} Mail;

static int make_mail(void **state)
{
    Mail *mail = g_new0(Mail, 1);
    g_autofree char *document =
        office_document((const char *[]){"the card 4111 1122 2233 3347", "green words", NULL});
    g_autoptr(GBytes) bytes =
        office_zip((OfficeEntry[]){{"word/document.xml", document, 0}, {NULL, NULL, 0}});
    gsize n;
    gconstpointer p = g_bytes_get_data(bytes, &n);
    g_autofree char *encoded = g_base64_encode(p, n);
    sha256_bytes(p, n, mail->sha256);
    mail->hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, p, n);
    g_autofree char *eml = g_strdup_printf("Subject: made up\nMIME-Version: 1.0\n"
                                           "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n"
                                           "Content-Type: application/octet-stream\n"
                                           "Content-Transfer-Encoding: base64\n\n%s\n--b--\n",
                                           encoded);
    mail->size = strlen(eml);
    mail->folder = g_dir_make_tmp("candor-attachment-XXXXXX", NULL);
    mail->path = g_build_filename(mail->folder, "a.eml", NULL);
    assert_true(g_file_set_contents(mail->path, eml, -1, NULL));
    *state = mail;
    return 0;
}

static int end_mail(void **state)
{
    Mail *mail = *state;
    g_remove(mail->path);
    g_rmdir(mail->folder);
    g_free(mail->path);
    g_free(mail->folder);
    g_free(mail->hash);
    g_free(mail);
    return 0;
}

/* The answer without its hello. */
static char *answer(const char *request, int file)
{
    int exit_code;
    g_autofree char *rows = ask_worker(ask_true_tools(), request, file, &exit_code);
    assert_int_equal(exit_code, 0);
    return g_strdup(strchr(rows, '\n') + 1);
}

static void a_part_is_converted_and_scanned(void **state)
{
    const Mail *mail = *state;
    g_autofree char *request =
        g_strdup_printf("convert\t3\t%s\ta.eml\teml\t0\t%zu\t2\t%s\tapplication/octet-stream\n", mail->folder,
                        mail->size, mail->hash);
    g_autofree char *rows = answer(request, -1);
    const ConversionCheck check = {.unit = 3, .asked = &mail->sha256, .count = 1};
    g_autoptr(GError) error = NULL;
    assert_true(conversion_check_answer(&check, span_of_string(rows), &error));
    g_autofree char *first = g_strdup_printf("V\t0\t%s\tooxml\t", mail->hash);
    assert_true(g_str_has_prefix(rows, first));
    assert_non_null(strstr(rows, "\nT\tthe card 4111 1122 2233 3347%0Agreen words%0A\n"));
    assert_non_null(strstr(rows, "\nX\t\tfinancial.card\tcard\t9\t28\t"));
}

static void other_bytes_than_asked_for_are_not_converted(void **state)
{
    const Mail *mail = *state;
    g_autofree char *request =
        g_strdup_printf("convert\t3\t%s\ta.eml\teml\t0\t%zu\t1\t%s\tx\ta.eml\teml\t0\t%zu\t7\t%"
                        "s\tx\tnone\teml\t0\t9\t1\t%s\tx\n",
                        mail->folder, mail->size, mail->hash, mail->size, mail->hash, mail->hash);
    g_autofree char *rows = answer(request, -1);
    assert_true(g_str_has_prefix(rows,
                                 "G\t0\t0\t%\tsource-changed\t%\t0\t1\nG\t1\t0\t%\tsource-changed\t%\t0\t1\n"
                                 "G\t2\t0\t%\tmissing\t%\t9\t1\nD\t3\t3\t0\t3\t"));
}

static void no_conversion(Converters *converters, Span bytes, Span media_type, ConvertGap gap, void *user,
                          Converted *converted)
{
    (void)converters, (void)bytes, (void)media_type, (void)gap, (void)user, (void)converted;
    abort();
}

/* Half of all parts are pictures: the reader, which has the bytes, says that nobody takes them. */
static void a_part_that_nobody_takes_has_no_box(void **state)
{
    static const char picture[] = "\x89PNG\r\n\x1a\n\0\0\0\1";
    const Mail *mail = *state;
    Tools tools = *ask_true_tools();
    tools.convert = no_conversion;
    g_autofree char *encoded = g_base64_encode((const guchar *)picture, sizeof picture),
                    *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)picture,
                                                        sizeof picture);
    g_autofree char *eml = g_strdup_printf("Subject: made up\nMIME-Version: 1.0\nContent-Type: image/png\n"
                                           "Content-Transfer-Encoding: base64\n\n%s\n",
                                           encoded);
    assert_true(g_file_set_contents(mail->path, eml, -1, NULL));
    g_autofree char *request = g_strdup_printf("convert\t3\t%s\ta.eml\teml\t0\t%zu\t1\t%s\timage/png\n",
                                               mail->folder, strlen(eml), hash);
    int exit_code;
    g_autofree char *rows = ask_worker(&tools, request, -1, &exit_code);
    g_autofree char *wanted =
        g_strdup_printf("\nV\t0\t%s\tnone\t%s\tunread\t%zu\t0\t%zu\t0\t0\t0\nD\t3\t1\t1\t0\t", hash,
                        converters_none(tools.converters), sizeof picture, sizeof picture);
    if (exit_code != 0 || !strstr(rows, wanted))
        fail_msg("answered %s\nand not %s", rows, wanted);
}

/* A file with these texts, one behind the other. */
static int texts_file(const char *texts)
{
    int file = memfd_create("texts", MFD_CLOEXEC);
    assert_true(write(file, texts, strlen(texts)) == (gssize)strlen(texts));
    return file;
}

static void texts_are_scanned_again(void **state)
{
    const Mail *mail = *state;
    int file = texts_file("nothing here4111 1122 2233 3347");
    g_autofree char *request =
        g_strdup_printf("rescan\t4\t%s\t0\t12\t%s\t12\t19\t%s\t20\t99\n", mail->hash, mail->hash, mail->hash);
    g_autofree char *rows = answer(request, file);
    close(file);
    guint8 asked[3][DIGEST_BYTES];
    for (guint i = 0; i < 3; i++)
        memcpy(asked[i], mail->sha256, DIGEST_BYTES);
    const ConversionCheck check = {.unit = 4, .asked = asked, .count = 3, .rescan = TRUE};
    assert_true(conversion_check_answer(&check, span_of_string(rows), NULL));
    assert_non_null(strstr(rows, "\nX\t\tfinancial.card\tcard\t0\t19\t"));
    assert_non_null(strstr(rows, "\nG\t2\t0\t%\tmissing\t"));
    assert_non_null(strstr(rows, "\nD\t4\t3\t2\t1\t"));
}

static void words_in_texts_are_found_and_values_masked(void **state)
{
    const Mail *mail = *state;
    int file = texts_file("green fieldsmore GREEN  4111 1122 2233 3347");
    g_autofree char *request =
        g_strdup_printf("words\t5\tgreen\t%s\t0\t12\t%s\t12\t31\n", mail->hash, mail->hash);
    g_autofree char *rows = answer(request, file);
    close(file);
    assert_non_null(strstr(rows, "W\t0\t\t0\t5\tgreen fields\n"));
    assert_non_null(strstr(rows, "W\t1\t\t5\t10\tmore GREEN  [•••• 3347]\n"));
    assert_non_null(strstr(rows, "\nD\t5\t2\t2\t0\t"));
}

static void a_malformed_request_ends_the_worker(void **state)
{
    (void)state;
    static const char *const wrong[] = {"convert\t1\t/\ta.eml\teml\t0\t1\t2\tnohash\tx\n",
                                        "convert\t1\t/\ta.eml\n", "rescan\t1\tnohash\t0\t1\n",
                                        "words\t1\t \n"};
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        int exit_code;
        g_free(ask_worker(ask_true_tools(), wrong[i], -1, &exit_code));
        assert_int_equal(exit_code, 1);
    }
}

#define WITH_MAIL(test) cmocka_unit_test_setup_teardown(test, make_mail, end_mail)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_MAIL(a_part_is_converted_and_scanned),
        WITH_MAIL(a_part_that_nobody_takes_has_no_box),
        WITH_MAIL(other_bytes_than_asked_for_are_not_converted),
        WITH_MAIL(texts_are_scanned_again),
        WITH_MAIL(words_in_texts_are_found_and_values_masked),
        cmocka_unit_test(a_malformed_request_ends_the_worker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
