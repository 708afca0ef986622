/* rtf_test.c - compressed RTF, and HTML and text wrapped in RTF, are read as they were written. */
#include "hostile/outlook/rtf_compressed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* The examples of [MS-OXRTFCP] 3.1 and 3.2. */
static const char hello[] =
    "\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125\x42\x32\x0a\xf3 hel\x09\0 bw"
    "\x05\xb0ld}\x0a\x80\x0f\xa0";
static const char runs[] = "\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4KQA\0\x04 WXYZ\x0dn}\x01\x0e\xb0";

static void assert_inflates(Span compressed, const char *want, gboolean want_damaged)
{
    g_auto(Scratch) rtf = {0};
    gboolean damaged;
    assert_true(rtf_decompress(compressed, &rtf, &damaged));
    g_autofree char *got = span_dup(scratch_span(&rtf));
    assert_string_equal(got, want);
    assert_int_equal(damaged, want_damaged);
}

static void compressed_rtf_is_inflated(void **state)
{
    (void)state;
    assert_inflates((Span){hello, sizeof hello - 1}, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
                    FALSE);
    assert_inflates((Span){runs, sizeof runs - 1}, "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", FALSE);
}

static void stored_rtf_is_taken(void **state)
{
    (void)state;
    assert_inflates(SPAN_OF("\x15\0\0\0\x09\0\0\0MELA\0\0\0\0{\\rtf1 x}"), "{\\rtf1 x}", FALSE);
    assert_inflates(SPAN_OF("{\\rtf1 bare}"), "{\\rtf1 bare}", FALSE);
}

static void damaged_rtf_keeps_what_can_be_read(void **state)
{
    (void)state;
    char wrong[sizeof hello];
    memcpy(wrong, hello, sizeof hello);
    wrong[12] ^= 1;
    assert_inflates((Span){wrong, sizeof wrong - 1}, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
                    TRUE);
    assert_inflates((Span){hello, sizeof hello - 13}, "{\\rtf1\\ansi\\ansicpg1252\\pard hello", TRUE);
}

static void what_is_no_compressed_rtf_is_refused(void **state)
{
    (void)state;
    g_auto(Scratch) rtf = {0};
    gboolean damaged;
    assert_false(rtf_decompress(SPAN_OF("\x15\0\0\0\x09\0\0\0ABCD\0\0\0\0{\\rtf1 x}"), &rtf, &damaged));
    assert_false(rtf_decompress(SPAN_OF("short"), &rtf, &damaged));
    assert_int_equal(rtf.n, 0);
}

static void assert_unwraps(Charsets *charsets, const char *rtf, const char *want, gboolean want_html,
                           guint64 want_lost)
{
    g_auto(Scratch) text = {0};
    gboolean html;
    guint64 lost;
    assert_true(rtf_decapsulate(span_of_string(rtf), charsets, &text, &html, &lost));
    assert_int_equal(lost, want_lost);
    g_autofree char *got = span_dup(scratch_span(&text));
    assert_string_equal(got, want);
    assert_int_equal(html, want_html);
}

static void html_in_rtf_is_html(void **state)
{
    assert_unwraps(
        *state,
        "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}\r\n"
        "{\\colortbl\\red0;}{\\*\\generator Somebody;}\\uc1\\pard\\plain\r\n"
        "{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body class=\"a\\{b\\}\">}\\htmlrtf \\lang1033 \\htmlrtf0\r\n"
        "{\\*\\htmltag84 <b>}\\htmlrtf {\\b shown in RTF alone\\htmlrtf0 bold {\\*\\htmltag84 &lt;}\\htmlrtf "
        "<\\htmlrtf0 x{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 \\'e9\\u8364?\\~end"
        "{\\*\\mhtmltag84 <img src=\"rewritten\">}\\par {\\*\\htmltag27 </html>}}",
        "<html><body class=\"a{b}\"><b>bold &lt;x</b>\xc3\xa9\xe2\x82\xac&nbsp;end\r\n</html>", TRUE, 0);
}

static void text_in_rtf_is_text(void **state)
{
    assert_unwraps(
        *state,
        "{\\rtf1\\ansi\\ansicpg1252\\fromtext \\deff0{\\fonttbl{\\f0\\fmodern\\fcharset0 Courier New;}}\r\n"
        "\\uc1\\pard\\plain\\deftab360 \\f0\\fs20 one\\tab two\\par\r\n\\{three\\} \\ldblquote "
        "four\\rdblquote\\par}",
        "one\ttwo\r\n{three} \xe2\x80\x9c"
        "four\xe2\x80\x9d\r\n",
        FALSE, 0);
}

/* Japanese text in a font of its own charset; markup in that of the document. */
static void fonts_have_charsets(void **state)
{
    assert_unwraps(*state,
                   "{\\rtf1\\ansi\\ansicpg1251\\fromhtml1 \\deff1{\\fonttbl{\\f0\\fcharset128 "
                   "MS;}{\\f1\\fcharset204 A;}}"
                   "{\\*\\htmltag64 <p>\\'e0</p>}\\'e0\\htmlrtf {\\f0 \\htmlrtf0 "
                   "\\'93\\'fa\\'96\\{\\htmlrtf }\\htmlrtf0 \\'e1}",
                   "<p>\xd0\xb0</p>\xd0\xb0\xe6\x97\xa5\xe6\x9c\xac\xd0\xb1", TRUE, 0);
}

static void rtf_that_wraps_nothing_is_left(void **state)
{
    g_auto(Scratch) text = {0};
    gboolean html;
    guint64 lost;
    assert_false(
        rtf_decapsulate(SPAN_OF("{\\rtf1\\ansi plain RTF, {\\b not} wrapped}"), *state, &text, &html, &lost));
    assert_int_equal(text.n, 0);
}

static void text_in_groups_too_deep_is_counted(void **state)
{
    g_autoptr(GString) rtf = g_string_new("{\\rtf1\\fromhtml1 before");
    for (guint i = 0; i < 100000; i++)
        g_string_append_c(rtf, '{');
    g_string_append(rtf, "within\\'e9\\par");
    for (guint i = 0; i < 100000; i++)
        g_string_append_c(rtf, '}');
    g_string_append(rtf, " behind");
    assert_unwraps(*state, rtf->str, "before behind", TRUE, 6 + 1 + 2);
}

static int set_up(void **state)
{
    *state = charsets_new(NULL);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    charsets_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compressed_rtf_is_inflated),
        cmocka_unit_test(stored_rtf_is_taken),
        cmocka_unit_test(damaged_rtf_keeps_what_can_be_read),
        cmocka_unit_test(what_is_no_compressed_rtf_is_refused),
        cmocka_unit_test(html_in_rtf_is_html),
        cmocka_unit_test(text_in_rtf_is_text),
        cmocka_unit_test(fonts_have_charsets),
        cmocka_unit_test(rtf_that_wraps_nothing_is_left),
        cmocka_unit_test(text_in_groups_too_deep_is_counted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
