/* gap_test.c - what is not read says so, and what its bytes say against its label. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/limits.h"
#include "hostile/read/transcript.h"

static Reader *reader;

static int open_reader(void **state)
{
    (void)state;
    reader = reader_new(NULL);
    return reader ? 0 : -1;
}

static int close_reader(void **state)
{
    (void)state;
    reader_free(reader);
    return 0;
}

#define EXPECT(mail, ...) transcript_expect(reader, mail, (const char *const[]){__VA_ARGS__, NULL})

#define MIXED "Content-Type: multipart/mixed; boundary=\"b\"\n\n"

static void binary_is_left_to_a_converter(void **state)
{
    (void)state;
    EXPECT("Content-Type: application/pdf; name=\"=?utf-8?Q?=C3=A4.pdf?=\"\n"
           "Content-Transfer-Encoding: base64\n\nAAEC\n",
           "pseudo @filename:1|ä.pdf", "part 1 leaf application/pdf unread 3+3 ä.pdf");
    EXPECT("Content-Type: application/pdf\n\n", "part 1 leaf application/pdf read 0+0 -");
}

static void octet_stream_that_is_text_is_scanned(void **state)
{
    (void)state;
    EXPECT("Content-Type: application/octet-stream\n\nwords\n", "text 1|words/",
           "part 1 leaf application/octet-stream read 6+0 -");
    EXPECT("Content-Type: application/octet-stream\n\n\x01words\n",
           "part 1 leaf application/octet-stream unread 7+7 -");
}

static void binary_attached_as_text_is_unread(void **state)
{
    (void)state;
    EXPECT("Content-Type: text/plain; name=a.doc\nContent-Transfer-Encoding: base64\n\n0M8AEQ==\n",
           "part 1 leaf text/plain unread 4+4 a.doc");
    EXPECT(
        "Content-Type: application/msword doc;\n name=a.doc\nContent-Transfer-Encoding: base64\n\n0M8AEQ==\n",
        "part 1 leaf application/msword unread 4+4 a.doc", "head  0||||bad-type");
}

/* Scanned as it stands, words would be cut by marks of the format. */
static void a_file_that_is_called_text_is_left_to_its_converter(void **state)
{
    (void)state;
    EXPECT("Content-Type: text/plain\n\n{\\rtf1 pass{\\b word}}\n", "part 1 leaf text/plain unread 22+22 -");
    EXPECT("Content-Type: application/octet-stream\n\n<html>a<b>b</b></html>\n",
           "part 1 leaf application/octet-stream unread 23+23 -");
    EXPECT("Content-Type: text/html\n\n%PDF-1.4 %\n", "part 1 leaf text/html unread 11+11 -");
}

static void encrypted_is_a_gap(void **state)
{
    (void)state;
    EXPECT("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nabc\n", "gap 1 encrypted 4",
           "part 1 leaf application/pkcs7-mime encrypted 4+4 -");
    EXPECT("Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nabc\n",
           "part 1 leaf application/pkcs7-mime unread 4+4 -");
    EXPECT("Content-Type: multipart/encrypted; boundary=b\n\n--b\n"
           "Content-Type: application/pgp-encrypted\n\nVersion: 1\n"
           "--b\nContent-Type: application/octet-stream\n\nabc\n--b--\n",
           "gap 2 encrypted 3", "part 2 leaf application/octet-stream encrypted 3+3 -");
    EXPECT("Subject: a\n\nhi\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\nbye\n",
           "text 1|hi/bye/", "gap 1 encrypted 59", "part 1 leaf text/plain encrypted 66+59 -");
}

static void uuencode_in_text_is_a_part(void **state)
{
    (void)state;
    EXPECT("Subject: a\n\nhi\nbegin 644 a.bin\n#86)C\n`\nend\nbye\n", "text 1|hi/bye/",
           "part 1.1 leaf application/octet-stream unread 3+3 a.bin", "part 1 leaf text/plain read 35+0 -");
    EXPECT("Subject: a\n\nbegin 644 years ago\nno data\n", "text 1|begin 644 years ago/no data/");
}

static void yenc_is_a_gap(void **state)
{
    (void)state;
    EXPECT("Subject: a\n\n=ybegin line=128 size=3 name=a\nabc\n=yend size=3\nbye\n", "text 1|bye/",
           "gap 1 yenc 48", "part 1 leaf text/plain cut 52+48 -");
}

static void footer_behind_base64_is_a_gap(void **state)
{
    (void)state;
    EXPECT("Content-Transfer-Encoding: base64\n\naGVsbG8=\n___\na list's footer\n", "text 1|hello",
           "gap 1 not-base64 20", "head  0||||bad-base64");
}

static void external_and_partial_are_gaps(void **state)
{
    (void)state;
    EXPECT("Content-Type: message/external-body; access-type=url\n\nContent-Type: image/gif\n",
           "gap 1 external 0");
    EXPECT("Content-Type: message/partial; id=a; number=1\n\nwords\n", "gap 1 partial 0");
}

static void nesting_beyond_the_limit_is_a_gap(void **state)
{
    (void)state;
    g_autoptr(GString) mail = g_string_new(NULL);
    for (guint i = 0; i < 500; i++)
        g_string_append(mail, "Content-Type: message/rfc822\n\n");
    g_string_append(mail, "Subject: deepest\n\nbody\n");
    g_autoptr(GString) said = transcript_of(reader, (Span){mail->str, mail->len});
    assert_non_null(strstr(said->str, " too-deep "));
    assert_non_null(strstr(said->str, "|depth-cut\n"));
    assert_null(transcript_check(reader, (Span){mail->str, mail->len}));
}

static void parts_beyond_the_limit_are_a_gap(void **state)
{
    (void)state;
    g_autoptr(GString) mail = g_string_new(MIXED);
    for (guint i = 0; i < LIMIT_PARTS + 10; i++)
        g_string_append(mail, "--b\n\nx\n");
    g_autoptr(GString) said = transcript_of(reader, (Span){mail->str, mail->len});
    assert_non_null(strstr(said->str, "gap 0 too-many-parts "));
    assert_null(transcript_check(reader, (Span){mail->str, mail->len}));
}

static void header_beyond_the_limit_is_a_gap(void **state)
{
    (void)state;
    g_autoptr(GString) mail = g_string_new("Subject: a\n");
    for (guint i = 0; i < LIMIT_HEADER_FIELDS + 10; i++)
        g_string_append(mail, "X-A: b\n");
    g_string_append(mail, "\nbody\n");
    g_autoptr(GString) said = transcript_of(reader, (Span){mail->str, mail->len});
    assert_non_null(strstr(said->str, "gap  header-too-large "));
    assert_true(transcript_has(said, "text 1|body/"));
}

/* As in a .partial.emlx; with its bytes, the field says nothing. */
static void what_apple_mail_keeps_beside_the_mail_is_a_gap(void **state)
{
    (void)state;
    EXPECT(MIXED "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n"
                 "X-Apple-Content-Length: 4000\n\n\n--b\n"
                 "Content-Type: text/plain; name=a.txt\nx-apple-content-length: 9\n\n--b\n"
                 "Content-Type: message/rfc822\nX-Apple-Content-Length: 900\n\n\n--b--\n",
           "gap 1 external 0", "part 1 leaf application/pdf broken 0+0 a.pdf", "gap 2 external 0",
           "part 2 leaf text/plain broken 0+0 a.txt", "gap 3 external 0",
           "part 3 message message/rfc822 broken 0+0 -");
    g_autoptr(GString) said = transcript_of(reader, SPAN_OF("X-Apple-Content-Length: 9\n\nhere"));
    assert_true(transcript_has(said, "part 1 leaf text/plain read 4+0 -"));
    assert_null(strstr(said->str, "gap"));
}

static void an_emlx_attached_is_left_to_its_converter(void **state)
{
    (void)state;
    EXPECT("Content-Type: application/octet-stream\n\n14        \nSubject: x\n\nyz",
           "part 1 leaf application/octet-stream unread 25+25 -");
}

static void keep_bytes(void *user, Span path, Span bytes)
{
    (void)path;
    g_string_append_len(user, bytes.p, (gssize)bytes.n);
    g_string_append_c(user, '|');
}

/* Not of a body, nor where the bytes are as they were, nor of what is called text. */
static void a_text_file_that_came_as_lines_has_those_of_mime(void **state)
{
    (void)state;
    static const ReaderSink sink = {.bytes = keep_bytes};
    g_autoptr(GString) bytes = g_string_new(NULL);
    MessageRow head = {0};
    reader_read(reader,
                SPAN_OF(MIXED
                        "--b\n\na\nb\n--b\nContent-Type: text/csv; name=a\n\na\nb\n"
                        "--b\nContent-Type: text/csv; name=a\nContent-Transfer-Encoding: quoted-printable\n\n"
                        "a=0D\nb=\nc\n"
                        "--b\nContent-Type: text/csv; name=a\nContent-Transfer-Encoding: base64\n\nYQpi\n"
                        "--b\nContent-Type: text/csv; name=a\nContent-Transfer-Encoding: binary\n\na\nb\n"
                        "--b\nContent-Type: text/plain; name=a\n\n%PDF-\nb\n"
                        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\n\na\n\n--b--\n"),
                &sink, bytes, &head);
    assert_string_equal(bytes->str, "a\nb|a\r\nb|a\r\nbc|a\nb|a\nb|%PDF-\nb|\r\na\r\n|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binary_is_left_to_a_converter),
        cmocka_unit_test(octet_stream_that_is_text_is_scanned),
        cmocka_unit_test(binary_attached_as_text_is_unread),
        cmocka_unit_test(a_file_that_is_called_text_is_left_to_its_converter),
        cmocka_unit_test(encrypted_is_a_gap),
        cmocka_unit_test(uuencode_in_text_is_a_part),
        cmocka_unit_test(yenc_is_a_gap),
        cmocka_unit_test(footer_behind_base64_is_a_gap),
        cmocka_unit_test(external_and_partial_are_gaps),
        cmocka_unit_test(what_apple_mail_keeps_beside_the_mail_is_a_gap),
        cmocka_unit_test(an_emlx_attached_is_left_to_its_converter),
        cmocka_unit_test(a_text_file_that_came_as_lines_has_those_of_mime),
        cmocka_unit_test(nesting_beyond_the_limit_is_a_gap),
        cmocka_unit_test(parts_beyond_the_limit_are_a_gap),
        cmocka_unit_test(header_beyond_the_limit_is_a_gap),
    };
    return cmocka_run_group_tests(tests, open_reader, close_reader);
}
