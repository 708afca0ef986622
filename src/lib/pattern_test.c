/* pattern_test.c - sentences with places for values, in languages that count differently. */
#include "lib/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* 2026-03-03T12:00:00Z */
#define DAY G_GINT64_CONSTANT(1772539200000000)

static char *fill(const char *tag, const char *pattern, gint64 count, GError **error)
{
    g_autoptr(Language) language = language_open(tag, NULL);
    g_autoptr(Values) values = values_new();
    g_autoptr(GString) out = g_string_new(NULL);
    assert_non_null(language);
    values_number(values, "count", count);
    values_text(values, "name", "Bell\a & \xe2\x80\xaeSons");
    values_day(values, "day", DAY);
    values_text(values_item(values, "list"), "inner", "x");
    return pattern_append(out, pattern, language, values, error) ? g_string_free(g_steal_pointer(&out), FALSE)
                                                                 : NULL;
}

static void a_sentence_counts_as_its_language_does(void **state)
{
    static const struct {
        const char *tag, *pattern;
        gint64 count;
        const char *wanted;
    } cases[] = {
        {"en", "{count, plural, one {# mail} other {# mails}}", 1, "1 mail"},
        {"en", "{count, plural, one {# mail} other {# mails}}", 12345, "12,345 mails"},
        {"en", "{count, plural, =0 {none} one {# mail} other {# mails}}.", 0, "none."},
        {"de", "{count, plural, one {# Mail} other {# Mails}}", 12345, "12.345 Mails"},
        {"pl", "{count, plural, one {a} few {b} many {c} other {d}}", 3, "b"},
        {"pl", "{count, plural, one {a} few {b} many {c} other {d}}", 5, "c"},
        {"ja", "{count, plural, one {a} other {b}}", 1, "b"},
        {"en", "{count, plural, one {# of {count, plural, other {[#]}}} other {x}}", 1, "1 of [1]"},
        {"en", "{day}", 0, "March 3, 2026"},
        {"en-GB", "{day}", 0, "3 March 2026"},
        {"de", "am {day}", 0, "am 3. M\xc3\xa4rz 2026"},
        {"en", "it''s '{count}' o'clock #", 7, "it's {count} o'clock #"},
        {"en", "{name}", 0, "Bell\\u{7} & \\u{202E}Sons"},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = fill(cases[i].tag, cases[i].pattern, cases[i].count, &error);
        if (error)
            fail_msg("%s", error->message);
        assert_string_equal(text, cases[i].wanted);
    }
}

static void what_is_wrong_with_a_sentence_is_said(void **state)
{
    static const struct {
        const char *pattern, *words;
    } cases[] = {
        {"{nobody}", "no value \"nobody\""},
        {"{count", "not closed"},
        {"count}", "was not open"},
        {"{count, plural, one {#}}", "no form \"other\""},
        {"{count, plural, other {#}", "has no end"},
        {"{count, plural, other #}", "has no text in braces"},
        {"{name, plural, other {#}}", "only numbers"},
        {"{count, select, other {#}}", "only numbers"},
        {"{list}", "a list stands"},
        {"{count, plural, other {{count, plural, other {{count, plural, other {{count, plural, other "
         "{{count, plural, "
         "other {{count, plural, other {#}}}}}}}}}}}}",
         "too deep"},
    };
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = fill("en", cases[i].pattern, 2, &error);
        assert_null(text);
        assert_non_null(error);
        assert_int_equal(error->code, CANDOR_ERROR_FORMAT);
        if (!strstr(error->message, cases[i].words))
            fail_msg("%s: %s", cases[i].pattern, error->message);
    }
}

static void a_language_that_is_none_is_refused(void **state)
{
    static const char *const tags[] = {"", "xx-unknown-really", "../en", "english please", "qqq"};
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(language_open(tags[i], &error));
        assert_int_equal(error->code, CANDOR_ERROR_FORMAT);
    }
}

static void values_are_json_in_the_order_of_their_names(void **state)
{
    (void)state;
    g_autoptr(Values) values = values_new();
    g_autoptr(GString) out = g_string_new(NULL);
    values_text(values, "z", "a \"b\"");
    values_number(values, "n", -3);
    values_day(values, "day", DAY);
    Values *item = values_item(values, "list");
    values_number(item, "i", 1);
    values_number(values_item(values, "list"), "i", 2);
    values_json(out, values);
    assert_string_equal(out->str, "{\"day\":\"2026-03-03T12:00:00Z\",\"list\":[{\"i\":1},{\"i\":2}],\"n\":-3,"
                                  "\"z\":\"a \\\"b\\\"\"}");
    assert_int_equal(values_get(item, "n")->number, -3);
    assert_false(values_true(item, "nothing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_counts_as_its_language_does),
        cmocka_unit_test(what_is_wrong_with_a_sentence_is_said),
        cmocka_unit_test(a_language_that_is_none_is_refused),
        cmocka_unit_test(values_are_json_in_the_order_of_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
