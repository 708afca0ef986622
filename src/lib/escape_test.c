/* escape_test.c - what outside text cannot do to a terminal, a spreadsheet, a page or a header. */
#include "lib/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

typedef void (*Escape)(GString *out, Span text);

static void assert_escaped(Escape escape, Span text, const char *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);
    escape(out, text);
    assert_string_equal(out->str, wanted);
    assert_int_equal(out->len, strlen(wanted));
}

static void a_terminal_is_not_steered(void **state)
{
    (void)state;
    assert_escaped(escape_terminal, SPAN_OF("\x1b]0;title\x07"), "\\u{1B}]0;title\\u{7}");
    assert_escaped(escape_terminal, SPAN_OF("a\rb\nc\td\\"), "a\\rb\\nc\\td\\\\");
    assert_escaped(escape_terminal,
                   SPAN_OF("\xc2\x9b"
                           "31m"),
                   "\\u{9B}31m");
    assert_escaped(escape_terminal,
                   SPAN_OF("exe.\xe2\x80\xae"
                           "fdp"),
                   "exe.\\u{202E}fdp");
    assert_escaped(escape_terminal,
                   SPAN_OF("a\xe2\x80\x8b"
                           "b"),
                   "a\\u{200B}b");
    assert_escaped(escape_terminal, SPAN_OF("\xff\0z"), "\xef\xbf\xbd\xef\xbf\xbdz");
    assert_escaped(escape_terminal, SPAN_OF("Zo\xc3\xab \xe4\xbd\xa0\xe5\xa5\xbd"),
                   "Zo\xc3\xab \xe4\xbd\xa0\xe5\xa5\xbd");
    assert_escaped(escape_terminal, SPAN_NONE, "");
}

static void marks_do_not_pile_up(void **state)
{
    (void)state;
    g_autoptr(GString) pile = g_string_new("a");
    for (int i = 0; i < 50; i++)
        g_string_append(pile, "\xcc\x81");
    g_autoptr(GString) out = g_string_new(NULL);
    escape_terminal(out, (Span){pile->str, pile->len});
    guint marks = 0;
    for (const char *p = out->str; *p; p = g_utf8_next_char(p))
        marks += g_unichar_ismark(g_utf8_get_char(p)) ? 1 : 0;
    assert_int_equal(marks, ESCAPE_MARKS_MOST);
}

static void a_spreadsheet_computes_nothing(void **state)
{
    (void)state;
    assert_escaped(escape_csv, SPAN_OF("=1+1"), "'=1+1");
    assert_escaped(escape_csv, SPAN_OF("@SUM(A1,A2)"), "\"'@SUM(A1,A2)\"");
    assert_escaped(escape_csv, SPAN_OF("\t=1"), "'\t=1");
    assert_escaped(escape_csv, SPAN_OF("say \"x\", y"), "\"say \"\"x\"\", y\"");
    assert_escaped(escape_csv, SPAN_OF("two\r\nlines"), "\"two\r\nlines\"");
    assert_escaped(escape_csv, SPAN_OF(" a"), "\" a\"");
    assert_escaped(escape_csv, SPAN_OF("plain"), "plain");
    assert_escaped(escape_csv, SPAN_OF("\0"), "\xef\xbf\xbd");
    assert_escaped(escape_csv, SPAN_NONE, "");
}

static void json_stays_one_string(void **state)
{
    (void)state;
    assert_escaped(escape_json, SPAN_OF("a\"b\\c\n\x7f"), "\"a\\\"b\\\\c\\u000a\\u007f\"");
    assert_escaped(escape_json, SPAN_OF("\xe2\x80\xa8\xc0\xaf"), "\"\\u2028\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_escaped(escape_json, SPAN_NONE, "\"\"");
}

static void a_page_gets_no_markup(void **state)
{
    (void)state;
    assert_escaped(escape_html, SPAN_OF("<b>&\"\x01"), "&#60;b&#62;&#38;\"\xef\xbf\xbd");
    assert_escaped(escape_html_attribute, SPAN_OF("\" onload='x`\n"), "&#34; onload&#61;&#39;x&#96;&#10;");
}

static void a_header_stays_one_field(void **state)
{
    (void)state;
    assert_escaped(escape_header, SPAN_OF("Case 7\r\nBcc: a@b.example"), "Case 7  Bcc: a@b.example");
    assert_escaped(escape_header, SPAN_OF("=?UTF-8?Q?x?="), "=?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=");
    g_autoptr(GString) text = g_string_new(NULL), out = g_string_new(NULL);
    for (int i = 0; i < 100; i++)
        g_string_append(text, "\xe2\x82\xac");
    escape_header(out, (Span){text->str, text->len});
    g_auto(GStrv) lines = g_strsplit(out->str, "\r\n ", -1);
    for (guint i = 0; lines[i]; i++)
        assert_in_range(strlen(lines[i]), 13, 75);
    assert_int_equal(g_strv_length(lines), 7);
}

/* RFC 5545: a value begins no property, and no line is longer than 75 octets or broken within a character. */
static void a_calendar_stays_one(void **state)
{
    (void)state;
    assert_escaped(escape_ics, SPAN_OF("a;b,c\\d\r\nEND:VEVENT\x07"), "a\\;b\\,c\\\\d\\nEND:VEVENT ");
    assert_escaped(escape_ics_line, SPAN_OF("X:1\nY:2"), "X:1 Y:2\r\n");
    g_autoptr(GString) text = g_string_new("SUMMARY:"), out = g_string_new(NULL);
    for (int i = 0; i < 100; i++)
        g_string_append(text, "\xe2\x82\xac");
    escape_ics_line(out, (Span){text->str, text->len});
    g_auto(GStrv) lines = g_strsplit(out->str, "\r\n", -1);
    g_autoptr(GString) whole = g_string_new(NULL);
    for (guint i = 0; lines[i]; i++) {
        assert_true(strlen(lines[i]) <= 75 && g_utf8_validate(lines[i], -1, NULL));
        g_string_append(whole, i ? lines[i] + (lines[i][0] == ' ') : lines[i]);
    }
    assert_string_equal(whole->str, text->str);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_is_not_steered),      cmocka_unit_test(marks_do_not_pile_up),
        cmocka_unit_test(a_spreadsheet_computes_nothing), cmocka_unit_test(json_stays_one_string),
        cmocka_unit_test(a_page_gets_no_markup),          cmocka_unit_test(a_header_stays_one_field),
        cmocka_unit_test(a_calendar_stays_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
