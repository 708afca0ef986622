/* fact_test.c - the words and numbers of facts, which stand in signed acts, stay what they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "nouns/fact.h"

static void the_numbers_never_change(void **state)
{
    (void)state;
    static const char *const kinds[] = {NULL, "taken", "data", "unread", "contacted", "targeted"};
    static const char *const levels[] = {"none", "possible", "presumed", "confirmed"};
    for (gint64 i = 1; i < FACT_KIND_END; i++)
        assert_string_equal(fact_kind_name(i), kinds[i]);
    for (gint64 i = 0; i < LEVEL_COUNT; i++)
        assert_string_equal(level_name(i), levels[i]);
    assert_string_equal(standing_name(1), "party");
    assert_string_equal(standing_name(2), "mentioned");
    assert_null(fact_kind_name(0));
    assert_null(fact_kind_name(6));
    assert_null(level_name(-1));
    assert_null(standing_name(0));
}

static void words_are_read_back(void **state)
{
    (void)state;
    FactKind kind;
    Level level;
    assert_true(fact_kind_named("unread", &kind) && kind == FACT_UNREAD);
    assert_true(level_named("confirmed", &level) && level == LEVEL_CONFIRMED);
    assert_false(fact_kind_named("Unread", &kind));
    assert_false(level_named("", &level));
    assert_true(whom_is_person("person:a@consumer.example"));
    assert_false(whom_is_person("C-1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_never_change),
        cmocka_unit_test(words_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
