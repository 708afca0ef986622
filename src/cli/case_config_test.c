/* case_config_test.c - case.yaml is read strictly, and what init writes is read back. */
#include "cli/case_config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static CaseConfig *parsed(const char *text, GError **error)
{
    return case_config_parse("case.yaml", text, strlen(text), error);
}

static void what_init_writes_is_read_back(void **state)
{
    (void)state;
    const char *const vendors[] = {"Tern Logistics", "", "O'Neil \"& Sons\" \\ # : {", "Łódź\tGmbH"};
    for (guint i = 0; i < G_N_ELEMENTS(vendors); i++) {
        g_autofree char *text = case_config_text(vendors[i]);
        g_autoptr(CaseConfig) config = parsed(text, NULL);
        assert_non_null(config);
        assert_string_equal(config->vendor, vendors[i]);
        assert_int_equal(config->version, 1);
        assert_int_equal(config->jobs, 0);
        assert_null(config->rules);
    }
}

static void the_first_pattern_that_fits_holds(void **state)
{
    (void)state;
    g_autoptr(CaseConfig) config =
        parsed("vendor: V\nmailboxes:\n  \"*/anna/*\": anna@v.example\n  \"*.mbox\": rest\n", NULL);
    assert_non_null(config);
    assert_string_equal(case_config_mailbox(config, "/in/anna/a.mbox"), "anna@v.example");
    assert_string_equal(case_config_mailbox(config, "/in/b.mbox"), "rest");
    assert_null(case_config_mailbox(config, "/in/c.eml"));
}

static void paths_are_from_the_file_that_names_them(void **state)
{
    (void)state;
    static const char text[] = "rules: ../rules\nsources: [mail/*, /logs]\ncustomers: list.yaml\n";
    g_autoptr(CaseConfig) config = case_config_parse("/cases/tern/case.yaml", text, strlen(text), NULL);
    assert_non_null(config);
    assert_string_equal(config->rules, "/cases/rules");
    assert_string_equal(config->sources[0], "mail/*");
    assert_string_equal(config->customers, "list.yaml");
}

static void assert_refused(const char *text, const char *beginning)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(CaseConfig) config = parsed(text, &error);
    assert_null(config);
    assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_FORMAT));
    assert_true(g_str_has_prefix(error->message, beginning));
}

static void mistakes_are_said_with_their_line(void **state)
{
    (void)state;
    assert_refused("vendor: V\nvendro: W\n", "case.yaml:2:");
    assert_refused("vendor: V\n  domains: [v.example\n", "case.yaml:");
    assert_refused("version: 2\n", "case.yaml:1:");
    assert_refused("version: 1\njobs: many\n", "case.yaml:2:");
    assert_refused("version: 1\nocr: some\n", "case.yaml:2:");
    assert_refused("version: 1\nsources: mail\n", "case.yaml:2:");
    assert_refused("version: 1\nmailboxes: anna\n", "case.yaml:2:");
    assert_refused("version: 1\nmailboxes:\n  a:\n    - b\n", "case.yaml:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_init_writes_is_read_back),
        cmocka_unit_test(the_first_pattern_that_fits_holds),
        cmocka_unit_test(paths_are_from_the_file_that_names_them),
        cmocka_unit_test(mistakes_are_said_with_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
