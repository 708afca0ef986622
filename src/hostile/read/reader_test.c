/* reader_test.c - whole messages, each named by its symptom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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

#define EXPECT(mail, ...) transcript_expect(reader, mail, (const char *const[]){__VA_ARGS__, NULL})

static void plain_mail(void **state)
{
    (void)state;
    EXPECT(
        "From: Ann Example <ann@Vendor.Example>\nTo: bob@customer.example, \"Roe, Carl\" "
        "<carl@customer.example>\n"
        "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\nDate: Fri, 2 Jan 2026 03:04:05 +0100\n"
        "Message-ID: <m1@vendor.example>\nIn-Reply-To: (ours) <m0@vendor.example> <x@y.example>\n\nHello\n",
        "address from Ann Example|ann@vendor.example", "address to |bob@customer.example",
        "address to Roe, Carl|carl@customer.example", "pseudo @display-name|Ann Example/Roe, Carl/",
        "pseudo @subject|Grüße", "text 1|Hello/", "part 1 leaf text/plain read 6+0 -",
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
           "text 1|one", "text 2.1|two", "html 2.2|three", "text 3.1|four",
           "part 3.1 leaf text/plain read 4+0 -", "part 3 message message/rfc822 read 0+0 -",
           "part 2 multipart multipart/alternative read 0+0 -", "part 0 multipart multipart/mixed read 0+0 -",
           "text 0|pre/post", "mention 3 from |x@y.example", "pseudo @subject:3|in");
}

static void forwarded_multipart_is_numbered_by_zero(void **state)
{
    (void)state;
    EXPECT("Content-Type: message/rfc822\n\n" MIXED "--b\n\none\n--b--\n",
           "part 1.1 leaf text/plain read 3+0 -", "part 1.0 multipart multipart/mixed read 0+0 -",
           "part 1 message message/rfc822 read 0+0 -");
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
    EXPECT(MIXED
           "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n",
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
    EXPECT("Content-Type: nonsense here\n\nbody\n", "part 1 leaf text/plain read 5+0 -",
           "head  0||||bad-type");
}

static void charset_in_a_meta_tag(void **state)
{
    (void)state;
    EXPECT("Content-Type: text/html\n\n<meta content=\"text/html; charset=koi8-r\">\xC1\n", "html 1|а ");
}

static void charset_that_lies(void **state)
{
    (void)state;
    EXPECT("Content-Type: text/plain; charset=us-ascii\n\nGr\xC3\xBC\xC3\x9F"
           "e\n",
           "text 1|Grüße/", "head  0||||charset-lied");
    EXPECT("Content-Type: text/plain; charset=utf-8\n\nGr\xFC\xDF"
           "e\n",
           "text 1|Grüße/", "head  0||||charset-lied");
    EXPECT("Subject: Gr\xFC\xDF"
           "e\n\nx\n",
           "pseudo @subject|Grüße", "head  0||Grüße||raw-8bit-header");
    EXPECT("Content-Type: text/plain; charset=no-such\n\nwords\n", "text 1|words/",
           "head  0||||unknown-charset");
}

static void nul_becomes_replacement(void **state)
{
    (void)state;
    static const char mail[] = "Subject: a\0b\n\nc\0d\n";
    g_autoptr(GString) said = transcript_of(reader, (Span){mail, sizeof mail - 1});
    assert_true(transcript_has(said, "pseudo @subject|a\xEF\xBF\xBD"
                                     "b"));
    assert_true(transcript_has(said, "text 1|c\xEF\xBF\xBD"
                                     "d/"));
}

static void quoted_headers_are_mentions(void **state)
{
    (void)state;
    EXPECT("Subject: Fwd\n\nsee below\n\n-----Original Message-----\nFrom: Dora Doe "
           "[mailto:dora@customer.example]\n"
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
    assert_true(reader_plain_text(reader,
                                  SPAN_OF("Gr\xFC\xDF"
                                          "e"),
                                  &text, &html));
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
        cmocka_unit_test(charset_in_a_meta_tag),
        cmocka_unit_test(charset_that_lies),
        cmocka_unit_test(nul_becomes_replacement),
        cmocka_unit_test(quoted_headers_are_mentions),
        cmocka_unit_test(digest_is_of_decoded_bytes),
        cmocka_unit_test(files_that_are_no_mail),
    };
    return cmocka_run_group_tests(tests, open_reader, close_reader);
}
