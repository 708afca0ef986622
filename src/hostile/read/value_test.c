/* value_test.c - header values: encoded words, parameters, addresses, dates, ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/read/address.h"
#include "hostile/read/date.h"
#include "hostile/read/front.h"
#include "hostile/read/parameter.h"

static Arena arena;
static Words words;

static int open_words(void **state)
{
    (void)state;
    words.arena = &arena;
    words.charsets = charsets_new(NULL);
    return words.charsets ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    charsets_free(words.charsets);
    words_clear(&words);
    arena_clear(&arena);
    return 0;
}

typedef struct {
    const char *in, *out;
} Case;

static void check(Span got, const Case *expected)
{
    g_autofree char *text = got.p ? span_dup(got) : g_strdup("(none)");
    if (strcmp(text, expected->out) != 0)
        fail_msg("'%s' became '%s', not '%s'", expected->in, text, expected->out);
}

static void encoded_words(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"plain", "plain"},
        {"=?utf-8?Q?a_b=C3=A9?=", "a bé"},
        {"=?UTF-8?b?w6k=?=", "é"},
        {"=?utf-8?q?a?= =?utf-8?q?b?=", "ab"},
        {"=?utf-8?q?a?=\n\t=?iso-8859-1?q?=E9?= c", "aé c"},
        {"=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é"}, /* a character torn between words */
        {"=?utf-8?B?w6k?=", "é"},                 /* no padding */
        {"x=?utf-8?q?a?=y", "xay"},               /* no blanks around */
        {"=?utf-8?q?a b c?=", "a b c"},           /* blanks inside */
        {"=?utf-8*en?q?a?=", "a"},                /* RFC 2231 language */
        {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
        {"=?utf-8?q?never ends", "=?utf-8?q?never ends"},
        {"=?no-such?q?=E9?=", "é"},
        {"two\n lines", "two lines"},
        {"=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=", "こん"},
        {"=?utf-8?Q?"
         "?=",
         ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check(words_decode(&words, span_of_string(cases[i].in)), &cases[i]);
}

static void value_over_its_limit_is_cut_at_a_character(void **state)
{
    (void)state;
    g_autoptr(GString) value = g_string_new("x\n ");
    for (guint i = 0; i < LIMIT_VALUE_BYTES; i++)
        g_string_append(value, "é");
    words.cut = 0;
    Span text = words_decode(&words, (Span){value->str, value->len});
    assert_true(text.n <= LIMIT_VALUE_BYTES && words.cut > 0);
    assert_true(g_utf8_validate_len(text.p, text.n, NULL));
}

static void parameters(void **state)
{
    (void)state;
    static const struct {
        const char *in, *name, *out;
    } cases[] = {
        {"text/plain; charset=utf-8", "charset", "utf-8"},
        {"text/plain; charset=\"utf-8\" ; x=y", "charset", "utf-8"},
        {"text/plain; Name = a b.txt; x", "name", "a b.txt"},
        {"text/plain charset=utf-8", "charset", "utf-8"},
        {"text/plain; charset=utf-8 name=a", "name", "a"},
        {"a/b; name*=utf-8'en'%C3%A9.txt", "name", "é.txt"},
        {"a/b; name*1*=%A9; name*0*=utf-8''%C3", "name", "é"},
        {"a/b; name*0=\"one \"; name*1=two", "name", "one two"},
        {"a/b; name*1=one; name*2=two", "name", "onetwo"},
        {"a/b; name=\"=?utf-8?Q?=C3=A9?=.txt\"", "name", "é.txt"},
        {"a/b; name=\"C:\\dir\\a \\\"b\\\".txt\"", "name", "C:\\dir\\a \"b\".txt"},
        {"a/b; name=\"never ends; x=y", "name", "never ends"},
        {"a/b; name=plain; name*=utf-8''star", "name", "star"},
        {"a/b (comment; name=no); name=yes", "name", "yes"},
        {"a/b; other=x", "name", "(none)"},
        {"multipart/mixed;;; boundary=x;", "boundary", "x"},
        {"a/b; name=\xE9.txt", "name", "é.txt"},
    };
    g_autofree Parameters *list = g_new0(Parameters, 1);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        parameters_parse(list, span_of_string(cases[i].in), &words);
        check(parameters_get(list, cases[i].name, &words), &(Case){cases[i].in, cases[i].out});
    }
}

static void addresses(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"a@b.example", "|a@b.example;"},
        {"A B <a@B.Example>", "A B|a@b.example;"},
        {"\"B, A\" <a@b.example>, c@d.example", "B, A|a@b.example;|c@d.example;"},
        {"a@b.example (A B)", "A B|a@b.example;"},
        {"friends: a@b.example, C <c@d.example>;, e@f.example", "|a@b.example;C|c@d.example;|e@f.example;"},
        {"undisclosed-recipients:;", ""},
        {"<@x.example,@y.example:a@b.example>", "|a@b.example;"},
        {"<>", ""},
        {"a@b.example; c@d.example", "|a@b.example;|c@d.example;"},
        {"A B [mailto:a@b.example]", "A B|a@b.example;"},
        {"'a@b.example'", "|a@b.example;"},
        {"A B a@b.example", "A B|a@b.example;"},
        {"a@b.example c@d.example", "|a@b.example;|c@d.example;"},
        {"=?utf-8?Q?=C3=A9?= <a@b.example>", "é|a@b.example;"},
        {"\"=?utf-8?Q?=C3=A9?=\" <a@b.example>", "é|a@b.example;"},
        {"=?utf-8?Q?A_=3Ca=40b=2Eexample=3E?=", "A|a@b.example;"},
        {"A \"the \\\"b\\\"\" B <a@b.example>", "A the \"b\" B|a@b.example;"},
        {"\"a b\"@c.example", "|\"a b\"@c.example;"},
        {"Pete(A nice \\) chap) <pete(his account)@silly.example(his host)>",
         "Pete(A nice ) chap)|pete@silly.example;"},
        {"root", "|root;"},
        {"a@BÜCHER.example", "|a@bücher.example;"},
        {"a@b.example,,  ,c@d.example", "|a@b.example;|c@d.example;"},
        {"\"never ends <a@b.example>", "never ends|a@b.example;"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) all = g_string_new(NULL);
        AddressCursor cursor = {.value = span_of_string(cases[i].in), .words = &words};
        for (Address address; address_next(&cursor, &address);)
            g_string_append_printf(all, "%.*s|%.*s;", (int)address.name.n,
                                   address.name.p ? address.name.p : "", (int)address.address.n,
                                   address.address.p ? address.address.p : "");
        check((Span){all->str, all->len}, &cases[i]);
    }
}

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *in, *utc;
        int zone;
    } cases[] = {
        {"Fri, 2 Jan 2026 03:04:05 +0100", "2026-01-02T02:04:05Z", 60},
        {"2 Jan 2026 03:04 GMT", "2026-01-02T03:04:00Z", 0},
        {"Fri Jan  2 03:04:05 2026", "2026-01-02T03:04:05Z", 0},
        {"Fri Jan  2 03:04:05 EST 2026", "2026-01-02T08:04:05Z", -300},
        {"02-Jan-26 03:04:05 PST", "2026-01-02T11:04:05Z", -480},
        {"2 Jan 98 03:04:05 GMT", "1998-01-02T03:04:05Z", 0},
        {"2 Jan 103 03:04:05 GMT", "2003-01-02T03:04:05Z", 0},
        {"2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z", 0},
        {"2026-01-02 03:04:05 +02:00", "2026-01-02T01:04:05Z", 120},
        {"Fri, 2 Jan 2026 03.04.05 +0000", "2026-01-02T03:04:05Z", 0},
        {"Fri, 2 Jan 2026 3:04:05 PM +0000", "2026-01-02T15:04:05Z", 0},
        {"Fri, 2 Jan 2026 03:04:05 +0100 (CET)", "2026-01-02T02:04:05Z", 60},
        {"Fri, (a (nested) comment) 2 Jan 2026 03:04:05", "2026-01-02T03:04:05Z", 0},
        {"Fri, 2 Jan 2026 03:04:05 GMT+0200", "2026-01-02T01:04:05Z", 120},
        {"Fr, 2. Okt. 2026 03:04:05 MESZ", "2026-10-02T01:04:05Z", 120},
        {"Mon, 1 Jan 1601 00:00:00 +0000", "1601-01-01T00:00:00Z", 0},
        {"31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59Z", 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 moment = 0, zone = 0;
        if (!date_parse(span_of_string(cases[i].in), &moment, &zone))
            fail_msg("'%s' is not read", cases[i].in);
        g_autofree char *utc = moment_format(moment);
        check(span_of_string(utc), &(Case){cases[i].in, cases[i].utc});
        assert_int_equal(zone, cases[i].zone);
    }
    static const char *const bad[] = {"",         "yesterday", "32 Jan 2026 00:00:00", "2 Jan 2026 25:00:00",
                                      "Jan 2026", "12"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        gint64 moment = 7, zone = 7;
        assert_false(date_parse(span_of_string(bad[i]), &moment, &zone));
        assert_true(moment == 7 && zone == 7);
    }
}

static void message_ids(void **state)
{
    (void)state;
    static const Case cases[] = {
        {"<a@b>", "a@b"},       {"(comment <x@y>) <a@b> (more)", "a@b"},
        {"<a\n  @b>", "a@b"},   {"< a b@c >", "a b@c"},
        {"a@b c@d", "a@b"},     {"words then a@b", "a@b"},
        {"bare", "bare"},       {"<never@ends", "never@ends"},
        {"<a(b)@c>", "a(b)@c"}, {"<>", "(none)"},
        {"", "(none)"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check(front_message_id(&words, span_of_string(cases[i].in)), &cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encoded_words), cmocka_unit_test(value_over_its_limit_is_cut_at_a_character),
        cmocka_unit_test(parameters),    cmocka_unit_test(addresses),
        cmocka_unit_test(dates),         cmocka_unit_test(message_ids),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
