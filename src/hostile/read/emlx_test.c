/* emlx_test.c - what is an EMLX and what only looks like one. */
#include "hostile/read/emlx.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PLIST "<?xml version=\"1.0\"?><plist><dict><key>flags</key>\n<integer>%u</integer></dict></plist>"

static void the_mail_is_what_the_line_counts(void **state)
{
    (void)state;
    Emlx emlx;
    Span file = SPAN_OF("13        \nSubject: x\n\ny<?xml version=\"1.0\"?>");
    assert_true(emlx_find(file, &emlx));
    assert_int_equal(emlx.start, 11);
    assert_int_equal(emlx.n, 13);
    assert_int_equal(emlx.missing, 0);
    assert_false(emlx.deleted);
}

static void flags_say_what_was_deleted(void **state)
{
    (void)state;
    Emlx emlx;
    for (guint flags = 0; flags < 8; flags++) {
        g_autofree char *file = g_strdup_printf("13\r\nSubject: x\n\ny" PLIST, flags);
        assert_true(emlx_find(span_of_string(file), &emlx));
        assert_int_equal(emlx.deleted, (flags & 2) != 0);
    }
}

static void a_file_that_is_cut_misses_bytes(void **state)
{
    (void)state;
    Emlx emlx;
    assert_true(emlx_find(SPAN_OF("4000      \nSubject: x\n\ny"), &emlx));
    assert_int_equal(emlx.n, 13);
    assert_int_equal(emlx.missing, 4000 - 13);
}

static void other_files_are_none(void **state)
{
    (void)state;
    static const char *const others[] = {"",
                                         "13",
                                         "13\n",
                                         "\nSubject: x\n\ny",
                                         "13\nno field\n",
                                         "13 men\nSubject: x\n",
                                         "12345678901\nSubject: x\n",
                                         "12\nSubject: x\n\nand a mail that goes on\n"};
    Emlx emlx;
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(emlx_find(span_of_string(others[i]), &emlx));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mail_is_what_the_line_counts),
        cmocka_unit_test(flags_say_what_was_deleted),
        cmocka_unit_test(a_file_that_is_cut_misses_bytes),
        cmocka_unit_test(other_files_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
