/* intervals_test.c - times joined and taken from one another; names of folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "scope/folders.h"
#include "scope/intruders.h"

/* "1-3 5-9" as intervals; "*" is an open side. */
static GArray *intervals(const char *text)
{
    GArray *made = g_array_new(FALSE, FALSE, sizeof(Interval));
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (guint i = 0; words[i] && *words[i]; i++) {
        g_auto(GStrv) sides = g_strsplit(words[i], "-", 2);
        Interval one = {g_str_equal(sides[0], "*") ? MOMENT_OPEN_FROM : g_ascii_strtoll(sides[0], NULL, 10),
                        g_str_equal(sides[1], "*") ? MOMENT_OPEN_TO : g_ascii_strtoll(sides[1], NULL, 10)};
        g_array_append_val(made, one);
    }
    return made;
}

static void assert_intervals(const GArray *found, const char *wanted)
{
    g_autoptr(GArray) expected = intervals(wanted);
    assert_int_equal(found->len, expected->len);
    assert_memory_equal(found->data, expected->data, expected->len * sizeof(Interval));
}

static void times_that_touch_are_one(void **state)
{
    (void)state;
    static const struct {
        const char *given, *merged;
    } cases[] = {
        {"", ""}, {"5-9 1-3", "1-3 5-9"}, {"1-5 3-4", "1-5"}, {"1-3 3-5", "1-5"}, {"*-3 2-*", "*-*"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) found = intervals(cases[i].given);
        intervals_merge(found);
        assert_intervals(found, cases[i].merged);
    }
}

static void what_is_covered_is_taken_away(void **state)
{
    (void)state;
    static const struct {
        const char *wanted, *covered, *rest;
    } cases[] = {
        {"1-9", "", "1-9"},         {"1-9", "1-9", ""},
        {"1-9", "0-20", ""},        {"1-9", "3-4", "1-3 4-9"},
        {"1-9", "0-2 8-10", "2-8"}, {"1-3 5-9", "2-6", "1-2 6-9"},
        {"1-9", "9-12", "1-9"},     {"*-*", "2-6", "*-2 6-*"},
        {"1-*", "0-5", "5-*"},      {"1-9", "2-3 4-5", "1-2 3-4 5-9"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) wanted = intervals(cases[i].wanted), covered = intervals(cases[i].covered);
        g_autoptr(GArray) rest = intervals_without(wanted, covered);
        assert_intervals(rest, cases[i].rest);
    }
}

static void folders_have_one_name(void **state)
{
    (void)state;
    static const struct {
        const char *path, *normal;
    } cases[] = {
        {"", ""},
        {"/Inbox", "inbox"},
        {"INBOX", "inbox"},
        {"Posteingang/Kunden", "inbox/kunden"},
        {"Top of Information Store/Sent Items", "sent items"},
        {"Gesendete Elemente.mbox", "sent items"},
        {"Inbox.sbd/Old.mbox", "inbox/old"},
        {"/Projects/Inbox", "projects/inbox"},
        {"Projects/Sent", "projects/sent"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *normal = folder_normal(cases[i].path);
        assert_string_equal(normal, cases[i].normal);
    }
    assert_true(folder_holds_no_mail("calendar/birthdays"));
    assert_false(folder_holds_no_mail("inbox/calendar"));
    assert_false(folder_holds_no_mail(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_that_touch_are_one),
        cmocka_unit_test(what_is_covered_is_taken_away),
        cmocka_unit_test(folders_have_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
