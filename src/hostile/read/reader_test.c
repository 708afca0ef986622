/* reader_test.c - whole messages, each named by its symptom. */
#include "hostile/read/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/limits.h"
#include "hostile/read/reading.h"
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

/* Every line of `expected` must stand in what the reader says of `mail`. */
static void expect(const char *mail, const char *const expected[])
{
    g_autoptr(GString) said = transcript_of(reader, span_of_string(mail));
    for (guint i = 0; expected[i]; i++)
        if (!transcript_has(said, expected[i]))
            fail_msg("missing: %s\nin:\n%s", expected[i], said->str);
    assert_null(transcript_check(reader, span_of_string(mail)));
}
#define EXPECT(mail, ...) expect(mail, (const char *const[]){__VA_ARGS__, NULL})

static void plain_mail(void **state)
{
    (void)state;
    EXPECT("From: Ann Example <ann@Vendor.Example>\nTo: bob@customer.example, \"Roe, Carl\" <carl@customer.example>\n"
           "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\nDate: Fri, 2 Jan 2026 03:04:05 +0100\n"
           "Message-ID: <m1@vendor.example>\nIn-Reply-To: (ours) <m0@vendor.example> <x@y.example>\n\nHello\n",
        "address from Ann Example|ann@vendor.example", "address to |bob@customer.example",
        "address to Roe, Carl|carl@customer.example", "pseudo @display-name|Ann Example/Roe, Carl/",
            "pseudo @subject|Grüße",
        "text 1|Hello/", "part 1 leaf text/plain read 6+0 -",
        "head 2026-01-02T02:04:05Z 60|m1@vendor.example|Grüße|m0@vendor.example|");
}

static void no_header_is_all_body(void **state)
{
    (void)state;
    EXPECT("just some words\nand more\n", "text 1|just some words/and more/", "head  0||||no-header");
    EXPECT("", "part 1 leaf text/plain read 0+0 -", "head  0||||no-header");
}

static void bad_header_line_begins_the_body_or_is_stepped_over(void **state)
{
    (void)state;
    EXPECT("Subject: a\nthis is no field\n\nbody\n", "text 1|this is no field//body/",
        "head  0||a||bad-header-line");
    EXPECT("Subject: a\nthis is no field\nMessage-ID: <b@c.example>\n\nbody\n", "text 1|body/",
        "head  0|b@c.example|a||bad-header-line");
    EXPECT("From ann Fri Jan  2 03:04:05 2026\nSubject: a\n\nbody\n", "text 1|body/");
}

#define MIXED "Content-Type: multipart/mixed; boundary=\"b\"\n\n"

static void tree_is_numbered(void **state)
{
    (void)state;
    EXPECT(MIXED "pre\n--b\n\none\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\ntwo\n--c\n"
                 "Content-Type: text/html\n\n<b>three</b>\n--c--\n--b\nContent-Type: message/rfc822\n\n"
                 "From: x@y.example\nSubject: in\n\nfour\n--b--\npost\n",
        "text 1|one", "text 2.1|two", "html 2.2|three", "text 3.1|four", "part 3.1 leaf text/plain read 4+0 -",
        "part 3 message message/rfc822 read 0+0 -", "part 2 multipart multipart/alternative read 0+0 -",
        "part 0 multipart multipart/mixed read 0+0 -", "text 0|pre/post", "mention 3 from |x@y.example",
        "pseudo @subject:3|in");
}

static void forwarded_multipart_is_numbered_by_zero(void **state)
{
    (void)state;
    EXPECT("Content-Type: message/rfc822\n\n" MIXED "--b\n\none\n--b--\n", "part 1.1 leaf text/plain read 3+0 -",
        "part 1.0 multipart multipart/mixed read 0+0 -", "part 1 message message/rfc822 read 0+0 -");
}

static void no_final_boundary(void **state)
{
    (void)state;
    EXPECT(MIXED "--b\n\none\n--b\n\ntwo\n", "text 1|one", "text 2|two/", "head  0||||no-final-boundary");
    EXPECT(MIXED "--b\nContent-Type: multipart/mixed; boundary=inner\n\n--inner\n\none\n--b\n\ntwo\n--b--\n",
        "text 1.1|one", "text 2|two", "head  0||||no-final-boundary");
}

static void boundary_that_never_occurs(void **state)
{
    (void)state;
    EXPECT(MIXED "words\n", "text 0|words/", "head  0||||boundary-missing");
    EXPECT("Content-Type: multipart/mixed\n\n--x\n\nwords\n", "text 1|--x//words/", "head  0||||no-boundary");
}

static void boundary_that_is_a_prefix_of_another(void **state)
{
    (void)state;
    EXPECT(MIXED "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n",
        "text 1.1|one", "text 2|two", "head  0||||");
}

static void part_without_empty_line(void **state)
{
    (void)state;
    EXPECT(MIXED "--b\nContent-Type: text/html\n--b\n\ntwo\n--b--\n", "part 1 leaf text/html read 0+0 -",
        "text 2|two");
}

static void digest_holds_messages(void **state)
{
    (void)state;
    EXPECT("Content-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: d@e.example\n\nbody\n--b--\n",
        "part 1 message message/rfc822 read 0+0 -", "text 1.1|body", "mention 1 from |d@e.example");
}

static void message_under_base64_is_opened(void **state)
{
    (void)state;
    EXPECT("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogaW4KCmJvZHkK\n",
        "text 1.1|body/", "part 1.1 leaf text/plain read 5+0 -", "pseudo @subject:1|in");
}

static void unreadable_type_is_text(void **state)
{
    (void)state;
    EXPECT("Content-Type: nonsense here\n\nbody\n", "part 1 leaf text/plain read 5+0 -", "head  0||||bad-type");
}

static void binary_is_left_to_a_converter(void **state)
{
    (void)state;
    EXPECT("Content-Type: application/pdf; name=\"=?utf-8?Q?=C3=A4.pdf?=\"\nContent-Transfer-Encoding: base64\n\nAAEC\n",
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
    EXPECT("Content-Type: application/msword doc;\n name=a.doc\nContent-Transfer-Encoding: base64\n\n0M8AEQ==\n",
        "part 1 leaf application/msword unread 4+4 a.doc", "head  0||||bad-type");
}

static void charset_in_a_meta_tag(void **state)
{
    (void)state;
    EXPECT("Content-Type: text/html\n\n<meta content=\"text/html; charset=koi8-r\">\xC1\n", "html 1|а ");
}

static void encrypted_is_a_gap(void **state)
{
    (void)state;
    EXPECT("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nabc\n", "gap 1 encrypted 4",
        "part 1 leaf application/pkcs7-mime encrypted 4+4 -");
    EXPECT("Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nabc\n",
        "part 1 leaf application/pkcs7-mime unread 4+4 -");
    EXPECT("Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
           "--b\nContent-Type: application/octet-stream\n\nabc\n--b--\n",
        "gap 2 encrypted 3", "part 2 leaf application/octet-stream encrypted 3+3 -");
    EXPECT("Subject: a\n\nhi\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\nbye\n",
        "text 1|hi/bye/",
        "gap 1 encrypted 59", "part 1 leaf text/plain encrypted 66+59 -");
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
    EXPECT("Subject: a\n\n=ybegin line=128 size=3 name=a\nabc\n=yend size=3\nbye\n", "text 1|bye/", "gap 1 yenc 48",
        "part 1 leaf text/plain cut 52+48 -");
}

static void footer_behind_base64_is_a_gap(void **state)
{
    (void)state;
    EXPECT("Content-Transfer-Encoding: base64\n\naGVsbG8=\n___\na list's footer\n", "text 1|hello",
        "gap 1 not-base64 20",
        "head  0||||bad-base64");
}

static void external_and_partial_are_gaps(void **state)
{
    (void)state;
    EXPECT("Content-Type: message/external-body; access-type=url\n\nContent-Type: image/gif\n", "gap 1 external 0");
    EXPECT("Content-Type: message/partial; id=a; number=1\n\nwords\n", "gap 1 partial 0");
}

static void charset_that_lies(void **state)
{
    (void)state;
    EXPECT("Content-Type: text/plain; charset=us-ascii\n\nGr\xC3\xBC\xC3\x9F" "e\n", "text 1|Grüße/",
        "head  0||||charset-lied");
    EXPECT("Content-Type: text/plain; charset=utf-8\n\nGr\xFC\xDF" "e\n", "text 1|Grüße/",
        "head  0||||charset-lied");
    EXPECT("Subject: Gr\xFC\xDF" "e\n\nx\n", "pseudo @subject|Grüße", "head  0||Grüße||raw-8bit-header");
    EXPECT("Content-Type: text/plain; charset=no-such\n\nwords\n", "text 1|words/", "head  0||||unknown-charset");
}

static void nul_becomes_replacement(void **state)
{
    (void)state;
    static const char mail[] = "Subject: a\0b\n\nc\0d\n";
    g_autoptr(GString) said = transcript_of(reader, (Span){mail, sizeof mail - 1});
    assert_true(transcript_has(said, "pseudo @subject|a\xEF\xBF\xBD" "b"));
    assert_true(transcript_has(said, "text 1|c\xEF\xBF\xBD" "d/"));
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

static void quoted_headers_are_mentions(void **state)
{
    (void)state;
    EXPECT("Subject: Fwd\n\nsee below\n\n-----Original Message-----\nFrom: Dora Doe [mailto:dora@customer.example]\n"
           "Sent: Monday\nTo: Erik Eel; fay@customer.example\nSubject: x\n\nbody\n",
        "mention 1 from Dora Doe|dora@customer.example", "mention 1 to Erik Eel|",
            "mention 1 to |fay@customer.example");
}

static void digest_is_of_decoded_bytes(void **state)
{
    (void)state;
    static const guint8 of_abc[4] = {0xba, 0x78, 0x16, 0xbf};
    guint8 digest[DIGEST_BYTES] = {0};
    reading_digest(reader, SPAN_OF("abc"), digest);
    assert_memory_equal(digest, of_abc, sizeof of_abc);
}

static void files_that_are_no_mail(void **state)
{
    (void)state;
    Span text;
    gboolean html;
    assert_true(reader_plain_text(reader, SPAN_OF("<html><body>hi"), &text, &html));
    assert_true(html && span_equals(text, "hi"));
    assert_true(reader_plain_text(reader, (Span){"\xFF\xFEh\0i\0", 6}, &text, &html));
    assert_true(!html && span_equals(text, "hi"));
    assert_true(reader_plain_text(reader, SPAN_OF("Gr\xFC\xDF" "e"), &text, &html));
    assert_true(span_equals(text, "Grüße"));
    assert_false(reader_plain_text(reader, (Span){"a\0b", 3}, &text, &html));
    assert_true(reader_plain_text(reader, SPAN_NONE, &text, &html));
    assert_int_equal(text.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_mail),
        cmocka_unit_test(no_header_is_all_body),
        cmocka_unit_test(bad_header_line_begins_the_body_or_is_stepped_over),
        cmocka_unit_test(tree_is_numbered),
        cmocka_unit_test(forwarded_multipart_is_numbered_by_zero),
        cmocka_unit_test(no_final_boundary),
        cmocka_unit_test(boundary_that_never_occurs),
        cmocka_unit_test(boundary_that_is_a_prefix_of_another),
        cmocka_unit_test(part_without_empty_line),
        cmocka_unit_test(digest_holds_messages),
        cmocka_unit_test(message_under_base64_is_opened),
        cmocka_unit_test(unreadable_type_is_text),
        cmocka_unit_test(binary_is_left_to_a_converter),
        cmocka_unit_test(octet_stream_that_is_text_is_scanned),
        cmocka_unit_test(binary_attached_as_text_is_unread),
        cmocka_unit_test(charset_in_a_meta_tag),
        cmocka_unit_test(encrypted_is_a_gap),
        cmocka_unit_test(uuencode_in_text_is_a_part),
        cmocka_unit_test(yenc_is_a_gap),
        cmocka_unit_test(footer_behind_base64_is_a_gap),
        cmocka_unit_test(external_and_partial_are_gaps),
        cmocka_unit_test(charset_that_lies),
        cmocka_unit_test(nul_becomes_replacement),
        cmocka_unit_test(nesting_beyond_the_limit_is_a_gap),
        cmocka_unit_test(parts_beyond_the_limit_are_a_gap),
        cmocka_unit_test(header_beyond_the_limit_is_a_gap),
        cmocka_unit_test(quoted_headers_are_mentions),
        cmocka_unit_test(digest_is_of_decoded_bytes),
        cmocka_unit_test(files_that_are_no_mail),
    };
    return cmocka_run_group_tests(tests, open_reader, close_reader);
}
