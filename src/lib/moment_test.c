/* moment_test.c - dates to moments and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/moment.h"

static void days_count_from_1970(void **state)
{
    (void)state;
    assert_int_equal(moment_days(1970, 1, 1), 0);
    assert_int_equal(moment_days(1969, 12, 31), -1);
    assert_int_equal(moment_days(2000, 3, 1), 11017);
    assert_int_equal(moment_days(1601, 1, 1), -134774);
}

static void impossible_dates_are_none(void **state)
{
    (void)state;
    assert_true(moment_from_civil(2023, 2, 29, 0, 0, 0, 0) == MOMENT_NONE);
    assert_true(moment_from_civil(2024, 2, 29, 0, 0, 0, 0) != MOMENT_NONE);
    assert_true(moment_from_civil(1900, 2, 29, 0, 0, 0, 0) == MOMENT_NONE);
    assert_true(moment_from_civil(2024, 13, 1, 0, 0, 0, 0) == MOMENT_NONE);
    assert_true(moment_from_civil(2024, 1, 1, 24, 0, 0, 0) == MOMENT_NONE);
    assert_true(moment_from_civil(10000, 1, 1, 0, 0, 0, 0) == MOMENT_NONE);
}

static void leap_second_counts_as_59(void **state)
{
    (void)state;
    assert_int_equal(moment_from_civil(2016, 12, 31, 23, 59, 60, 0),
                     moment_from_civil(2016, 12, 31, 23, 59, 59, 0));
}

static void formats_and_parses_back(void **state)
{
    (void)state;
    static const char *const same[] = {"2026-01-02T03:04:05Z",        "1601-01-01T00:00:00Z",
                                       "1969-12-31T23:59:59.999999Z", "0000-02-29T12:00:00Z",
                                       "9999-12-31T23:59:59Z",        "2026-01-02T03:04:05.000001Z"};
    for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
        gint64 moment;
        assert_true(moment_parse(span_of_string(same[i]), &moment));
        g_autofree char *text = moment_format(moment);
        assert_string_equal(text, same[i]);
    }
    g_autofree char *none = moment_format(MOMENT_NONE);
    assert_string_equal(none, "");
}

static void zones_and_short_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text, *utc;
    } cases[] = {
        {"2026-01-02", "2026-01-02T00:00:00Z"},
        {"2026-01-02 03:04", "2026-01-02T03:04:00Z"},
        {"2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z"},
        {"2026-01-02t03:04:05.5-0130", "2026-01-02T04:34:05.500000Z"},
        {"2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.123456Z"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 moment;
        assert_true(moment_parse(span_of_string(cases[i].text), &moment));
        g_autofree char *text = moment_format(moment);
        assert_string_equal(text, cases[i].utc);
    }
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "2026",
                                      "2026-1-2",
                                      "2026-01-02T",
                                      "2026-01-02T03",
                                      "2026-01-02T03:04:05.Z",
                                      "2026-01-02T03:04:05X",
                                      "2026-01-02T03:04:05+2",
                                      "2026-02-30",
                                      "2026-01-02T03:04:05Zjunk"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        gint64 moment = 7;
        assert_false(moment_parse(span_of_string(bad[i]), &moment));
        assert_int_equal(moment, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1970),     cmocka_unit_test(impossible_dates_are_none),
        cmocka_unit_test(leap_second_counts_as_59), cmocka_unit_test(formats_and_parses_back),
        cmocka_unit_test(zones_and_short_forms),    cmocka_unit_test(nonsense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
