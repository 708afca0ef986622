/* watch_test.c - whoever tries what was stolen is seen once, a first success always, and a second look adds nothing. */
#include "store/test_case.h"
#include "nouns/fingerprint.h"
#include "watch/codes.h"
#include "watch/watch.h"

#define HOUR G_TIME_SPAN_HOUR
#define THEFT (100 * HOUR)

static void raw_format(const TestCase *test, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void raw_format(const TestCase *test, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sql = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    raw_sql(test, sql);
}

static char *hex_of(const TestCase *test, const char *type, const char *value)
{
    guint8 fingerprint[FINGERPRINT_BYTES];
    GString *hex = g_string_new(NULL);
    fingerprint_value(case_keys_fingerprint_key(test->keys), type, span_of_string(value), fingerprint);
    for (guint i = 0; i < sizeof fingerprint; i++)
        g_string_append_printf(hex, "%02x", fingerprint[i]);
    return g_string_free(hex, FALSE);
}

/* A finding in a stolen message of its own number, owned by `whom`. */
static void add_finding(const TestCase *test, int content, const char *type, const char *value,
                        const char *whom)
{
    g_autofree char *hex = hex_of(test, type, value);
    raw_format(test, "INSERT INTO finding VALUES (%d, x'00', '%s', x'%s', '1', 'r', 0, 1, '', 90, 1)",
               content, type, hex);
    raw_format(test, "INSERT OR IGNORE INTO twin VALUES (%d, %d)", content, content);
    raw_format(test, "INSERT OR IGNORE INTO class_access VALUES (%d, 2, 1)", content);
    if (whom)
        raw_format(test, "INSERT INTO finding_link VALUES (%d, x'00', '%s', x'%s', '%s', 'r')", content, type,
                   hex, whom);
}

static void add_signin(const TestCase *test, gint64 at, const char *account, const char *key,
                       const char *address, int code)
{
    raw_format(
        test,
        "INSERT INTO signin (item_id, unit_id, start, at, record, stream, account, account_ref, tenant, "
        "resource_tenant, app, address, agent, protocol, code, key_ref, token, session) VALUES (1, 1, 0, "
        "%" G_GINT64_FORMAT ", 'r', '', '%s', '', '', '', '', '%s', '', '', %d, '%s', '', '')",
        at, account, address, code, key);
}

static void prepare(const TestCase *test)
{
    add_finding(test, 1, "contact.email", "ines@alpha.example", "alpha");
    add_finding(test, 1, "secret.password", "x", "alpha");
    add_finding(test, 2, "contact.email", "lone@beta.example", "beta"); /* no secret beside it */
    add_finding(test, 3, "secret.aws-access-key",
                "AKIA"
                "IOSFODNN7EXAMPLE",
                "beta");
    raw_format(test, "INSERT INTO access_reason VALUES (1, 0, 'bind', 'r', 3, %" G_GINT64_FORMAT ")", THEFT);
}

static guint64 look(const TestCase *test)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autoptr(Run) run = run_begin(store, "watch", NOW, NULL);
    const RunTools tools = {.data_dir = g_getenv("CANDOR_DATA")};
    guint64 added = 0;
    run->tools = &tools;
    if (!watch(store, run, &added, &error))
        fail_msg("%s", error->message);
    assert_true(run_end(store, run, NULL));
    guint64 acts, heads;
    assert_true(audit_verify(store, &acts, &heads, NULL));
    return added;
}

/* "kind whom account class outcome valid" of each alert, a line each. */
static char *alerts(const TestCase *test)
{
    g_autoptr(Store) store = open_as(test, &role_everything);
    Query *query = store_query(store, "export.alerts", NULL);
    GString *all = g_string_new(NULL);
    static const guint columns[] = {1, 2, 3, 9, 7, 8};
    while (query_step(query, NULL)) {
        for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
            g_autofree char *text = span_dup(query_get_text(query, columns[i]));
            g_string_append_printf(all, "%s%s", i ? " " : "", text);
        }
        g_string_append_c(all, '\n');
    }
    return g_string_free(all, FALSE);
}

static void what_was_stolen_and_tried_is_seen(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_signin(test, THEFT + HOUR, "ines@alpha.example", "", "203.0.113.7", 50126);
    add_signin(test, THEFT + HOUR, "lone@beta.example", "", "203.0.113.7", 0);
    add_signin(test, THEFT + HOUR, "someone@else.example", "", "203.0.113.7", 0);
    add_signin(test, THEFT + 2 * HOUR, "",
               "akia"
               "iosfodnn7example",
               "203.0.113.7", 424242);
    assert_int_equal(look(test), 2);
    g_autofree char *found = alerts(test);
    assert_string_equal(found, "stolen-account alpha ines@alpha.example alert failed no\n"
                               "stolen-key beta akia"
                               "iosfodnn7example alert unknown unknown\n");
    assert_int_equal(look(test), 0);
}

/* Guests have another name in each tenant; services sign in as an application, with a credential that has an id. */
static void guests_and_services_are_seen_too(void **state)
{
    static const char app[] = "7f1c2d3e-90ab-4cde-8f01-23456789abcd",
                      key[] = "0a1b2c3d-4e5f-4061-8273-8495a6b7c8d9";
    const TestCase *test = *state;
    prepare(test);
    add_finding(test, 4, "online.entra-id", app, "alpha");
    add_finding(test, 4, "secret.azure-client-secret", "x", "alpha");
    add_finding(test, 5, "online.entra-id", key, "beta");
    add_finding(test, 6, "online.entra-id", "11112222-90ab-4cde-8f01-23456789abcd",
                "beta"); /* no secret beside it */
    add_signin(test, THEFT + HOUR, "ines_alpha.example#ext#@tern.example", "", "203.0.113.7", 50126);
    add_signin(test, THEFT + 2 * HOUR, "", key, "203.0.113.7", 0);
    for (int i = 0; i < 3; i++) {
        static const char *const apps[] = {app, app, "11112222-90ab-4cde-8f01-23456789abcd"};
        static const char *const streams[] = {"service-principal", "interactive", "service-principal"};
        raw_format(
            test,
            "INSERT INTO signin (item_id, unit_id, start, at, record, stream, account, account_ref, tenant, "
            "resource_tenant, app, address, agent, protocol, code, key_ref, token, session) VALUES (1, 1, "
            "%d, "
            "%" G_GINT64_FORMAT ", 'r', '%s', '%s', '', '', '', '%s', '203.0.113.9', '', '', 0, '', '', '')",
            i, THEFT + (3 + i) * HOUR, streams[i], i == 1 ? "someone@else.example" : "", apps[i]);
    }
    assert_int_equal(look(test), 3);
    g_autofree char
        *found = alerts(test),
        *wanted = g_strconcat(
            "stolen-account alpha ines_alpha.example#ext#@tern.example alert failed no\nstolen-key beta ",
            key, " alert success yes\nstolen-account alpha ", app, " alert success yes\n", NULL);
    assert_string_equal(found, wanted);
}

/* One name may be the name of several things, of several customers. */
static void every_owner_is_told(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_finding(test, 4, "contact.email", "ines@alpha.example", "beta");
    add_finding(test, 4, "secret.pin", "x", "beta");
    add_finding(test, 5, "online.entra-id", "ines@alpha.example", "gamma");
    add_finding(test, 5, "secret.pin", "x", "gamma");
    add_signin(test, THEFT + HOUR, "Ines@Alpha.example", "", "203.0.113.7", 50126);
    assert_int_equal(look(test), 3);
}

static void once_an_hour_and_network_but_every_first_success(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    for (int i = 0; i < 5; i++)
        add_signin(test, THEFT + i, "ines@alpha.example", "", i % 2 ? "203.0.113.7" : "203.0.113.99", 50126);
    assert_int_equal(look(test), 1);
    add_signin(test, THEFT + 10, "ines@alpha.example", "", "203.0.113.7",
               50076); /* valid, a second factor stops it */
    assert_int_equal(look(test), 1);
    add_signin(test, THEFT + 20, "ines@alpha.example", "", "203.0.113.7", 0);
    assert_int_equal(look(test), 1);
    add_signin(test, THEFT + 30, "ines@alpha.example", "", "203.0.113.7", 0);
    assert_int_equal(look(test), 0);
    add_signin(test, THEFT + 30, "ines@alpha.example", "", "2001:db8:1:2::1", 50126);
    add_signin(test, THEFT + 31, "ines@alpha.example", "", "2001:db8:1:9::1", 50126);
    assert_int_equal(look(test), 1);
    add_signin(test, THEFT + HOUR, "ines@alpha.example", "", "203.0.113.7", 50126);
    assert_int_equal(look(test), 1);
    assert_int_equal(look(test), 0);
}

static void before_the_theft_it_is_context(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_signin(test, THEFT - HOUR, "ines@alpha.example", "", "192.0.2.1", 0);
    add_signin(test, THEFT + HOUR, "ines@alpha.example", "", "192.0.2.200", 0);
    add_signin(test, THEFT + HOUR, "ines@alpha.example", "", "203.0.113.7", 0);
    assert_int_equal(look(test), 3);
    g_autofree char *found = alerts(test);
    assert_string_equal(found, "stolen-account alpha ines@alpha.example pre-theft success yes\n"
                               "stolen-account alpha ines@alpha.example known-source success yes\n"
                               "stolen-account alpha ines@alpha.example alert success yes\n");
}

/* The owner's own success before the theft does not hide the thief's first. */
static void the_first_of_a_thief_is_seen(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_signin(test, THEFT - HOUR, "ines@alpha.example", "", "192.0.2.1", 0);
    add_signin(test, THEFT + 1, "ines@alpha.example", "", "203.0.113.7", 50126);
    add_signin(test, THEFT + 2, "ines@alpha.example", "", "203.0.113.7", 50076);
    add_signin(test, THEFT + 3, "ines@alpha.example", "", "203.0.113.7", 0);
    assert_int_equal(look(test), 4);
    assert_int_equal(look(test), 0);
}

static void networks_are_a_part_of_the_address(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"192.0.2.77", "192.0.2.0/24"},
                                           {"2001:db8:1:2:3::4", "2001:db8:1::/48"},
                                           {"", ""},
                                           {"somewhere", "somewhere"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *network = watch_network(cases[i][0]);
        assert_string_equal(network, cases[i][1]);
    }
}

static void codes_say_what_the_table_says(void **state)
{
    (void)state;
    g_autoptr(SigninCodes) codes = signin_codes_load(g_getenv("CANDOR_DATA"), NULL);
    static const struct {
        gint64 code;
        Outcome outcome;
        Valid valid;
    } cases[] = {{0, OUTCOME_SUCCESS, VALID_YES},         {50126, OUTCOME_FAILED, VALID_NO},
                 {50053, OUTCOME_BLOCKED, VALID_UNKNOWN}, {700082, OUTCOME_FAILED, VALID_REVOKED},
                 {7000222, OUTCOME_FAILED, VALID_WAS},    {-1, OUTCOME_UNKNOWN, VALID_UNKNOWN},
                 {123, OUTCOME_UNKNOWN, VALID_UNKNOWN},   {G_MAXINT64, OUTCOME_UNKNOWN, VALID_UNKNOWN}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        Outcome outcome;
        Valid valid;
        signin_code_says(codes, cases[i].code, &outcome, &valid);
        assert_int_equal(outcome, cases[i].outcome);
        assert_int_equal(valid, cases[i].valid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_stolen_and_tried_is_seen, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(guests_and_services_are_seen_too, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(every_owner_is_told, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(once_an_hour_and_network_but_every_first_success, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(before_the_theft_it_is_context, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(the_first_of_a_thief_is_seen, test_case_make, test_case_remove),
        cmocka_unit_test(networks_are_a_part_of_the_address),
        cmocka_unit_test(codes_say_what_the_table_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
