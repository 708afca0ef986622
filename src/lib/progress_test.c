/* progress_test.c - what a person sees of a long job, on a terminal and in a log. */
#include "lib/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static gint64 now;

static gint64 test_clock(void)
{
    return now;
}

/* Read 100 MB in 2 seconds, with something to say half-way; returns what was written. */
static char *shown(gboolean quiet, gboolean terminal, gboolean colour, guint columns)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    ProgressPlan plan = {out, quiet, terminal, colour, columns, test_clock};
    Progress *progress = progress_new(&plan);
    now = 1000000;
    for (guint64 i = 0; i <= 20; i++, now += 100000) {
        progress_at(progress, "reading", i * 5000000, 100000000, i * 1000);
        if (i == 10)
            progress_say(progress, "note");
    }
    progress_free(progress);
    fclose(out);
    return text;
}

static void a_terminal_gets_a_bar_that_fits(void **state)
{
    (void)state;
    for (guint columns = 40; columns <= 100; columns += 20) {
        g_autofree char *text = shown(FALSE, TRUE, FALSE, columns);
        g_auto(GStrv) frames = g_strsplit_set(text, "\r\n", -1);
        assert_true(g_strv_length(frames) > 15);
        for (guint i = 0; frames[i]; i++)
            assert_in_range(strlen(frames[i]), 0, columns - 1 + strlen("\x1b[K"));
    }
    g_autofree char *text = shown(FALSE, TRUE, FALSE, 80);
    assert_non_null(strstr(text, "reading  50% ["));
    assert_non_null(strstr(text, "50 MB of 100 MB, 50 MB/s, 0:01 left"));
    assert_non_null(strstr(text, "note\n"));
    assert_null(strstr(text, "\x1b[32m"));
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void colour_is_for_those_who_want_it(void **state)
{
    (void)state;
    g_autofree char *text = shown(FALSE, TRUE, TRUE, 80);
    assert_non_null(strstr(text, "\x1b[32m"));
}

static void a_log_gets_plain_lines(void **state)
{
    (void)state;
    g_autofree char *text = shown(FALSE, FALSE, FALSE, 80);
    assert_null(strchr(text, '\r'));
    assert_null(strchr(text, '\x1b'));
    assert_string_equal(text, "note\nreading: 100%, 100 MB of 100 MB, 48 MB/s, 20,000 messages\n");
}

static void quiet_keeps_what_must_be_said(void **state)
{
    (void)state;
    g_autofree char *text = shown(TRUE, TRUE, TRUE, 80);
    assert_string_equal(text, "note\n");
}

static void a_job_of_unknown_size_says_how_long_it_takes(void **state)
{
    (void)state;
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    ProgressPlan plan = {out, FALSE, FALSE, FALSE, 80, test_clock};
    Progress *progress = progress_new(&plan);
    now = 5000000;
    progress_at(progress, "classifying", 0, 0, 0);
    now += 61000000;
    progress_free(progress);
    fclose(out);
    assert_string_equal(text, "classifying: 1:01\n");
    g_free(text);
}

static void figures_are_short(void **state)
{
    (void)state;
    const struct {
        guint64 bytes;
        const char *text;
    } sizes[] = {{0, "0 B"},         {999, "999 B"},     {1000, "1.0 kB"},         {9960, "10 kB"},
                 {999499, "999 kB"}, {999500, "1.0 MB"}, {G_MAXUINT64, "18447 PB"}};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *text = progress_bytes(sizes[i].bytes);
        assert_string_equal(text, sizes[i].text);
    }
    g_autofree char *minute = progress_duration(61), *hours = progress_duration(3 * 3600 + 305);
    assert_string_equal(minute, "1:01");
    assert_string_equal(hours, "3:05:05");
    g_autofree char *few = progress_count(999), *many = progress_count(1234567);
    assert_string_equal(few, "999");
    assert_string_equal(many, "1,234,567");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_gets_a_bar_that_fits),
        cmocka_unit_test(colour_is_for_those_who_want_it),
        cmocka_unit_test(a_log_gets_plain_lines),
        cmocka_unit_test(quiet_keeps_what_must_be_said),
        cmocka_unit_test(a_job_of_unknown_size_says_how_long_it_takes),
        cmocka_unit_test(figures_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
