/* suggest_test.c - a slip of the fingers finds its word, another word finds none. */
#include "cli/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static const char *const words[] = {"init", "collect", "classify", "status", "search", "show"};

static const char *nearest(const char *word)
{
    return word_nearest(word, words, G_N_ELEMENTS(words));
}

static void a_slip_finds_its_word(void **state)
{
    (void)state;
    assert_string_equal(nearest("colect"), "collect");
    assert_string_equal(nearest("clasify"), "classify");
    assert_string_equal(nearest("stauts"), "status");
    assert_string_equal(nearest("inti"), "init");
    assert_string_equal(nearest("serach"), "search");
}

static void another_word_finds_none(void **state)
{
    (void)state;
    assert_null(nearest("publish"));
    assert_null(nearest(""));
    assert_null(nearest("xyzzy"));
}

static void a_distance_counts_letters(void **state)
{
    (void)state;
    assert_int_equal(word_distance("abc", "abc"), 0);
    assert_int_equal(word_distance("abc", "acb"), 1);
    assert_int_equal(word_distance("", "abc"), 3);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(word_distance(longest, ""), 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_finds_its_word),
        cmocka_unit_test(another_word_finds_none),
        cmocka_unit_test(a_distance_counts_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
