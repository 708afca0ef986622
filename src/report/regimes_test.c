/* regimes_test.c - clocks are counted as the authorities count, and files that count otherwise are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include "lib/moment.h"
#include "report/due.h"

static const char *data_dir(void)
{
    return g_getenv("CANDOR_DATA");
}

static gint64 moment(const char *text)
{
    gint64 at;
    assert_true(moment_parse(span_of_string(text), &at));
    return at;
}

static const char *const us[] = {"sec-8k-1.05", "hipaa-164.410", "cisa-analysis"};
static const char *const eu[] = {"gdpr-33-1", "gdpr-33-2", "nis2-early-warning", "nis2-notification",
                                 "nis2-final-report"};

static void what_candor_brings_holds(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Regimes) regimes = regimes_load(data_dir(), &error);
    if (!regimes)
        fail_msg("%s", error->message);
    for (guint i = 0; i < G_N_ELEMENTS(us); i++)
        assert_non_null(regimes_duty(regimes, us[i]));
    for (guint i = 0; i < G_N_ELEMENTS(eu); i++)
        assert_non_null(regimes_duty(regimes, eu[i]));
    assert_true(regimes_has_event(regimes, "materiality"));
}

static void steps_show_every_day(void **state)
{
    (void)state;
    g_autoptr(Regimes) regimes = regimes_load(data_dir(), NULL);
    g_autoptr(GString) steps = g_string_new(NULL);
    gint64 due;
    assert_true(
        due_reckon(regimes_duty(regimes, "sec-8k-1.05"), moment("2024-01-12T15:00:00Z"), &due, steps, NULL));
    assert_string_equal(steps->str, "2024-01-12T15:00:00Z  the clock begins\n"
                                    "Fri 2024-01-12  America/New_York\n"
                                    "Sat 2024-01-13  Saturday\n"
                                    "Sun 2024-01-14  Sunday\n"
                                    "Mon 2024-01-15  Birthday of Martin Luther King\n"
                                    "Tue 2024-01-16  day 1\n"
                                    "Wed 2024-01-17  day 2\n"
                                    "Thu 2024-01-18  day 3\n"
                                    "Fri 2024-01-19  day 4\n"
                                    "2024-01-19T22:30:00Z  due\n");
}

static void a_calendar_that_ends_is_said(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Regimes) regimes = regimes_load(data_dir(), NULL);
    gint64 due;
    assert_false(
        due_reckon(regimes_duty(regimes, "sec-8k-1.05"), moment("2031-12-30T15:00:00Z"), &due, NULL, &error));
    assert_int_equal(error->code, CANDOR_ERROR_LIMIT);
    assert_non_null(strstr(error->message, "data/calendars/us-federal.yaml"));
}

static void what_is_left_can_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *due, *words;
    } cases[] = {{"2026-01-02T00:00:00Z", "24 h"},
                 {"2026-01-07T04:30:00Z", "6 d 4 h"},
                 {"2025-12-31T20:00:00Z", "-4 h"},
                 {"2026-01-31T20:00:00Z", "30 d"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *left = due_left(moment(cases[i].due), moment("2026-01-01T00:00:00Z"));
        assert_string_equal(left, cases[i].words);
    }
}

/* --- files that are refused ------------------------------------------------------------------------------------ */

static void write_file(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *dir = g_path_get_dirname(path);
    g_mkdir_with_parents(dir, 0700);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        remove_tree(inside);
    }
    g_remove(path);
}

#define DUTY(more, sample)                                                                                   \
    "regime: r\nname: R\nas_of: now\nduties:\n  - id: r-1\n    for: vendor\n    binds: all\n    recipient: " \
    "none\n"                                                                                                 \
    "    delay: no\n    text: t\n    contents: [c]\n    source: s\n    within: 1\n" more                     \
    "    samples:\n      - began: \"2026-01-31T10:00:00Z\"\n        due: \"" sample "\"\n"
#define PLAIN "    confidence: fetched-primary\n    starts: awareness\n"

static void files_that_count_otherwise_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file, *words;
    } cases[] = {
        {DUTY(PLAIN "    unit: hours\n", "2026-01-31T11:00:00Z"), NULL},
        {DUTY(PLAIN "    unit: hours\n", "2026-01-31T12:00:00Z"), "the sample says"},
        {DUTY(PLAIN "    unit: months\n", "2026-02-28T23:59:59Z"), "give its 'zone'"},
        {DUTY(PLAIN "    unit: months\n    zone: UTC\n", "2026-02-28T23:59:59Z"), NULL},
        {DUTY(PLAIN "    unit: months\n    zone: Mars/Olympus\n", "2026-02-28T23:59:59Z"), "tzdata"},
        {DUTY(PLAIN "    unit: business-days\n    zone: UTC\n", "2026-02-02T23:59:59Z"), "need a 'calendar'"},
        {DUTY(PLAIN "    unit: hours\n    calendar: us\n", "2026-01-31T11:00:00Z"), "only business days"},
        {DUTY(PLAIN "    unit: months\n    zone: UTC\n    ends: \"24:00\"\n", "2026-02-28T23:59:59Z"),
         "no time of a day"},
        {DUTY(PLAIN "    unit: hours\n    colour: red\n", "2026-01-31T11:00:00Z"), "not known here"},
        {DUTY("    confidence: memory\n    starts: awareness\n    unit: hours\n", "2026-01-31T11:00:00Z"),
         "source was read"},
        {DUTY("    confidence: fetched-primary\n    starts: rain\n    unit: hours\n", "2026-01-31T11:00:00Z"),
         "not in event-facts.yaml"},
        {DUTY("    confidence: fetched-primary\n    unit: hours\n", "2026-01-31T11:00:00Z"),
         "'starts' or 'after'"},
        {DUTY("    confidence: fetched-primary\n    after: r-0\n    unit: hours\n", "2026-01-31T11:00:00Z"),
         "stands before it"},
    };
    g_autofree char *folder = g_dir_make_tmp("candor-regimes-XXXXXX", NULL);
    write_file(folder, "event-facts.yaml", "event-facts:\n  - id: awareness\n    says: aware\n");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        write_file(folder, "regimes/r.yaml", cases[i].file);
        g_autoptr(Regimes) regimes = regimes_load(folder, &error);
        if (!cases[i].words && !regimes)
            fail_msg("%s", error->message);
        if (cases[i].words && (regimes || !strstr(error->message, cases[i].words)))
            fail_msg("%u: %s, not: %s", i, regimes ? "read" : error->message, cases[i].words);
    }
    remove_tree(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_candor_brings_holds),
        cmocka_unit_test(steps_show_every_day),
        cmocka_unit_test(a_calendar_that_ends_is_said),
        cmocka_unit_test(what_is_left_can_be_read),
        cmocka_unit_test(files_that_count_otherwise_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
