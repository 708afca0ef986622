/* attribute_test.c - what attribute makes of logs, twins and texts that flows cannot easily have. */
#include "store/test_case.h"
#include "nouns/fact.h"
#include "nouns/fingerprint.h"
#include "attribute/attribute.h"

#define HOUR G_TIME_SPAN_HOUR

static void raw_format(const TestCase *test, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void raw_format(const TestCase *test, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *sql = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    raw_sql(test, sql);
}

/* Alpha, Beta, and a domain of both; the vendor. */
static void prepare(const TestCase *test)
{
    raw_sql(test,
            "INSERT INTO customer_list VALUES (1, 0, 'list', x'00', 2);"
            "INSERT INTO listed_customer VALUES (1, 'A', 'Alpha', '', '', ''), (1, 'B', 'Beta', '', '', '');"
            "INSERT INTO listed_name VALUES (1, 'domain', 'alpha.example', 'A'), (1, 'domain', "
            "'beta.example', 'B'),"
            "(1, 'domain', 'joint.example', 'A'), (1, 'domain', 'joint.example', 'B'),"
            "(1, 'tenant', 'tenant-of-a', 'A');"
            "INSERT INTO act_policy VALUES (1000, 'vendor.domains', 'tern.example');"
            "INSERT INTO act_intruders VALUES (1001, '');"
            "INSERT INTO act_intruders_set VALUES (1001, 'storm', 'address', '203.0.113.0/24', 0, 0);");
}

/* A message of its own class at a level, from an address to the vendor. */
static void add_message(const TestCase *test, int content, const char *from, int level)
{
    raw_format(test, "INSERT OR IGNORE INTO email VALUES (%d, '%s', '')", content, from);
    raw_format(test,
               "INSERT INTO address (content_id, n, role, email_id) SELECT %d, 0, 0, id FROM email WHERE "
               "address = '%s'",
               content, from);
    raw_format(test, "INSERT INTO twin VALUES (%d, %d)", content, content);
    raw_format(test, "INSERT INTO class_access VALUES (%d, %d, 1)", content, level);
}

/* A finding with its match, at a place in part 1. */
static void add_finding(const TestCase *test, int content, const char *type, const char *value,
                        const char *masked, int start)
{
    guint8 mark[FINGERPRINT_BYTES];
    g_autoptr(GString) hex = g_string_new(NULL);
    fingerprint_value(case_keys_fingerprint_key(test->keys), type, span_of_string(value), mark);
    for (guint i = 0; i < sizeof mark; i++)
        g_string_append_printf(hex, "%02x", mark[i]);
    raw_format(test, "INSERT INTO finding VALUES (%d, x'01', '%s', x'%s', '1', 'r', %d, %d, '%s', 90, 1)",
               content, type, hex->str, start, start + 10, masked);
    raw_format(test, "INSERT INTO match VALUES (%d, 1, '1', %d, %d, 'r', '%s', x'%s', '%s', 90)", content,
               start, start + 10, type, hex->str, masked);
    raw_format(test, "INSERT OR IGNORE INTO reading_attempt VALUES (%d, '1', 1, 0, 1, 1, 0)", content);
}

static void add_signin(const TestCase *test, gint64 at, const char *account, const char *address, int code)
{
    raw_format(
        test,
        "INSERT INTO signin (item_id, unit_id, start, at, record, stream, account, account_ref, tenant, "
        "resource_tenant, app, address, agent, protocol, code, key_ref, token, session) VALUES (1, 1, 0, "
        "%" G_GINT64_FORMAT ", '', '', '%s', '', '', '', '', '%s', '', '', %d, '', '', '')",
        at, account, address, code);
}

static void run_it(const TestCase *test)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autoptr(Run) run = run_begin(store, "attribute", NOW, NULL);
    const RunTools tools = {.data_dir = DATA_DIR};
    run->tools = &tools;
    if (!attribute(store, run, &error) || !store_swap(store, attribute_tables, &error))
        fail_msg("%s", error->message);
    assert_true(run_end(store, run, NULL));
}

/* The rows of a statement, the columns that are wanted parted by blanks, a line each. */
static char *rows_of(const TestCase *test, const char *statement, const guint *columns, guint count)
{
    g_autoptr(Store) store = open_as(test, &role_everything);
    Query *query = store_query(store, statement, NULL);
    GString *all = g_string_new(NULL);
    while (query_step(query, NULL)) {
        for (guint i = 0; i < count; i++) {
            g_autofree char *text = span_dup(query_get_text(query, columns[i]));
            g_string_append_printf(all, "%s%s", i ? " " : "", text);
        }
        g_string_append_c(all, '\n');
    }
    return g_string_free(all, FALSE);
}

static void assert_exposed(const TestCase *test, const char *wanted)
{
    static const guint columns[] = {0, 1, 3, 4, 6};
    g_autofree char *got = rows_of(test, "export.exposure", columns, G_N_ELEMENTS(columns));
    assert_string_equal(got, wanted);
}

static void assert_asked(const TestCase *test, const char *wanted)
{
    static const guint columns[] = {0, 1, 2, 5};
    g_autofree char *got = rows_of(test, "export.review", columns, G_N_ELEMENTS(columns));
    assert_string_equal(got, wanted);
}

/* --- sign-ins -------------------------------------------------------------------------------------------------- */

static void spray(const TestCase *test, const char *domain, guint accounts, guint addresses, gint64 from,
                  gint64 step)
{
    for (guint i = 0; i < accounts; i++) {
        g_autofree char *account = g_strdup_printf("user%u@%s", i, domain);
        g_autofree char *address = g_strdup_printf("198.51.100.%u", i % addresses);
        add_signin(test, from + i * step, account, address, 50126);
    }
}

static void many_accounts_from_many_addresses_at_once_are_a_spray(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    spray(test, "alpha.example", 10, 3, HOUR - G_TIME_SPAN_MINUTE,
          2 * G_TIME_SPAN_SECOND);                                 /* over two windows */
    spray(test, "beta.example", 9, 3, HOUR, G_TIME_SPAN_SECOND);   /* too few accounts */
    spray(test, "tern.example", 50, 9, HOUR, G_TIME_SPAN_SECOND);  /* the vendor's own */
    spray(test, "joint.example", 10, 3, HOUR, G_TIME_SPAN_SECOND); /* whose? */
    run_it(test);
    assert_exposed(test, "A 5 alpha.example spray 2\n");
    assert_asked(test, "shared-name A 5 spray\nshared-name B 5 spray\n");
}

static void a_spray_from_one_address_or_over_a_day_is_none(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    spray(test, "alpha.example", 20, 2, HOUR, G_TIME_SPAN_SECOND);
    spray(test, "beta.example", 20, 9, HOUR, HOUR);
    run_it(test);
    assert_exposed(test, "");
    raw_sql(test, "INSERT INTO act_intruders_set VALUES (1001, '', 'policy', 'spray_addresses=2', 0, 0), "
                  "(1001, '', 'policy', 'spray_window=90000', 0, 0)");
    run_it(test);
    assert_exposed(test, "A 5 alpha.example spray 2\nB 5 beta.example spray 2\n");
}

static void a_spray_of_a_named_intruder_is_sure(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    spray(test, "alpha.example", 10, 3, HOUR, G_TIME_SPAN_SECOND);
    add_signin(test, HOUR, "user1@alpha.example", "203.0.113.9", 50053);
    run_it(test);
    assert_exposed(test, "A 5 alpha.example spray 3\n");
}

static void a_stolen_account_that_is_tried_is_an_attack_or_a_question(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_message(test, 1, "ann@alpha.example", LEVEL_PRESUMED);
    add_finding(test, 1, "contact.email", "bob@beta.example", "••••@beta.example", 0);
    add_finding(test, 1, "contact.email", "eve@beta.example", "••••@beta.example", 40);
    add_finding(test, 1, "secret.password", "pass word", "••••", 60);
    add_signin(test, HOUR, "bob@beta.example", "203.0.113.9", 0);   /* from the intruder */
    add_signin(test, HOUR, "eve@beta.example", "192.0.2.1", 50126); /* somebody mistyped, or tried */
    add_signin(test, HOUR, "eve@beta.example", "192.0.2.1", 0);     /* she signs in */
    add_signin(test, HOUR, "other@beta.example", "203.0.113.9", 0); /* whose name was not stolen */
    run_it(test);
    assert_exposed(test, "A 1   2\nB 2  contact.email 2\nB 2  contact.email 2\nB 2  secret.password 2\n"
                         "B 5 bob@beta.example stolen-account 3\n");
    assert_asked(test, "possible B 5 stolen-account\n");
}

static void attacks_are_the_same_in_whatever_order_sign_ins_come(void **state)
{
    static const guint reason[] = {0, 7};
    const TestCase *test = *state;
    prepare(test);
    raw_sql(test, "INSERT INTO listed_name VALUES (1, 'account', 'user0@alpha.example', 'A'), "
                  "(1, 'account', 'user9@beta.example', 'B')");
    spray(test, "alpha.example", 10, 3, HOUR,
          G_TIME_SPAN_SECOND);                                    /* the account's try is the first of them */
    spray(test, "beta.example", 10, 3, HOUR, G_TIME_SPAN_SECOND); /* the last                               */
    add_message(test, 1, "ivy@tern.example", LEVEL_PRESUMED);
    add_finding(test, 1, "contact.email", "joe@joint.example", "••••@joint.example", 0);
    add_finding(test, 1, "secret.password", "pass word", "••••", 60);
    add_signin(test, HOUR, "joe@joint.example", "192.0.2.1", 50126); /* possible, then sure */
    add_signin(test, HOUR, "joe@joint.example", "203.0.113.9", 0);
    run_it(test);
    g_autofree char *exposed = rows_of(test, "export.exposure", reason, G_N_ELEMENTS(reason));
    assert_string_equal(exposed, "A account\nB account\n");
    g_autofree char *asked = rows_of(test, "export.review", reason, G_N_ELEMENTS(reason));
    assert_string_equal(asked, "shared-name 3\nshared-name 3\n");
}

/* --- whom the intruder wrote to -------------------------------------------------------------------------------- */

static void whom_the_intruder_wrote_to_is_contacted(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    raw_sql(test, "INSERT INTO intruder_contact VALUES (0, 'record-1', 'Ann@alpha.example', 3), "
                  "(0, 'record-1', 'ivy@tern.example', 3), (0, 'record-2', 'kim@gmail.com', 2), "
                  "(0, 'record-3', 'bob@beta.example', 1), (0, 'record-4', 'x@unlisted.example', 3)");
    run_it(test);
    assert_exposed(test, "A 4 record-1  3\nperson:kim@gmail.com 4 record-2  2\n");
    assert_asked(test, "possible B 4 \nproposed-customer proposed:unlisted.example 4 \n");
}

/* --- accounts before secrets ----------------------------------------------------------------------------------- */

static void a_secret_behind_the_vendors_account_is_asked_for(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_message(test, 1, "ann@alpha.example", LEVEL_PRESUMED);
    add_finding(test, 1, "contact.email", "svc@tern.example", "••••@tern.example", 0);
    add_finding(test, 1, "secret.password", "pass word", "••••", 60);
    run_it(test);
    assert_exposed(test, "A 1   2\n");
    assert_asked(test, "vendor-account  2 secret.password\n");
}

static void an_account_far_away_or_in_a_quoted_header_owns_nothing(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_message(test, 1, "ann@alpha.example", LEVEL_PRESUMED);
    add_finding(test, 1, "contact.email", "bob@beta.example", "••••@beta.example", 0);
    add_finding(test, 1, "secret.password", "far", "••••", 300);
    add_message(test, 2, "amy@alpha.example", LEVEL_PRESUMED);
    add_finding(test, 2, "contact.email", "bob@beta.example", "••••@beta.example", 20);
    add_finding(test, 2, "secret.password", "near", "••••", 60);
    raw_sql(test, "INSERT INTO mention (content_id, n, path, role, start) VALUES (2, 0, '1', 0, 10)");
    run_it(test);
    assert_exposed(test, "A 1   2\nA 1   2\nA 2  secret.password 2\nA 2  secret.password 2\n"
                         "B 2  contact.email 2\nB 2  contact.email 2\n");
}

/* --- twins ----------------------------------------------------------------------------------------------------- */

static void twins_are_one_fact_through_any_member(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_message(test, 1, "ann@alpha.example", LEVEL_CONFIRMED);
    add_finding(test, 1, "financial.card", "4111", "••••", 0);
    raw_sql(test,
            "INSERT INTO twin VALUES (2, 1);"
            "INSERT INTO finding SELECT 2, part_sha256, type, fingerprint, path, rule, start, stop, masked, "
            "90, 1 "
            "FROM finding;"
            "INSERT INTO part VALUES (1, '2', 0, 'image/png', NULL, NULL, NULL, NULL, NULL, 0, 1, x'02'),"
            "(2, '2', 0, 'image/png', NULL, NULL, NULL, NULL, NULL, 0, 1, x'02'),"
            "(2, '3', 0, 'image/png', NULL, NULL, NULL, NULL, NULL, 0, 1, NULL);"
            "INSERT INTO reading_attempt VALUES (1, '2', 1, 2, 1, 0, 1), (2, '2', 1, 2, 1, 0, 1)");
    run_it(test);
    assert_exposed(test, "A 1   3\nA 2  financial.card 3\nA 3   3\n");
}

/* --- names that several share; who is only in Return-Path ------------------------------------------------------ */

static void a_shared_domain_and_a_return_path_are_asked_for(void **state)
{
    const TestCase *test = *state;
    prepare(test);
    add_message(test, 1, "ann@joint.example", LEVEL_PRESUMED);
    add_message(test, 2, "bounce@beta.example", LEVEL_PRESUMED);
    raw_sql(test, "UPDATE address SET role = 11 WHERE content_id = 2");
    add_message(test, 3, "una@unlisted.example", LEVEL_PRESUMED);
    raw_sql(test, "UPDATE address SET role = 11 WHERE content_id = 3"); /* some mail service */
    run_it(test);
    assert_exposed(test, "");
    assert_asked(test, "return-path B 1 \nshared-name A 1 \nshared-name B 1 \n");
}

int main(void)
{
#define WITH_CASE(test) cmocka_unit_test_setup_teardown(test, test_case_make, test_case_remove)
    const struct CMUnitTest tests[] = {
        WITH_CASE(many_accounts_from_many_addresses_at_once_are_a_spray),
        WITH_CASE(a_spray_from_one_address_or_over_a_day_is_none),
        WITH_CASE(a_spray_of_a_named_intruder_is_sure),
        WITH_CASE(attacks_are_the_same_in_whatever_order_sign_ins_come),
        WITH_CASE(a_stolen_account_that_is_tried_is_an_attack_or_a_question),
        WITH_CASE(whom_the_intruder_wrote_to_is_contacted),
        WITH_CASE(a_secret_behind_the_vendors_account_is_asked_for),
        WITH_CASE(an_account_far_away_or_in_a_quoted_header_owns_nothing),
        WITH_CASE(twins_are_one_fact_through_any_member),
        WITH_CASE(a_shared_domain_and_a_return_path_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
