/* samples_test.c - every shipped rule finds its hits, where they are marked, and none of its misses. */
#include "hostile/scan/samples.h"

#include "hostile/scan/scan_test_rules.h"

static void every_rule_keeps_its_word(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    g_autoptr(Scanner) scanner = shipped_scanner(rules, NULL);
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    rules_test(rules, scanner, failures);
    for (guint i = 0; i < failures->len; i++)
        print_error("%s\n", (char *)g_ptr_array_index(failures, i));
    assert_int_equal(failures->len, 0);
}

static void the_set_is_as_wide_as_promised(void **state)
{
    (void)state;
    g_autoptr(Rules) rules = shipped_rules();
    guint secrets = 0, others = 0;
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = g_ptr_array_index(rules->rules, i);
        gboolean secret = g_str_has_prefix(rule->type->id, "secret.");
        *(secret ? &secrets : &others) += 1;
        if (secret)
            assert_true(rule->type->mask != MASK_DOMAIN);
    }
    assert_true(secrets >= 40);
    assert_true(others >= 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_keeps_its_word),
        cmocka_unit_test(the_set_is_as_wide_as_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
