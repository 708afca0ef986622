/* stages_test.c - what the stages behind classify stand on: acts with tables and sets, swapped opinion, staleness. */
#include <string.h>
#include "store/test_case.h"

static const char *const swapped[] = {"access", NULL};

static Run *begin(Store *store, const char *stage)
{
    g_autoptr(GError) error = NULL;
    Run *run = run_begin(store, stage, NOW, &error);
    assert_non_null(run);
    return run;
}

/* --- acts ------------------------------------------------------------------------------------------------------ */

static void record_intruders(const TestCase *test)
{
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autoptr(Run) run = begin(store, "scope");
    gint64 act = 0;
    const Span policy[] = {SPAN_OF("gap"), SPAN_OF("presume")};
    assert_true(store_begin(store, NULL));
    assert_true(act_record(store, run, "policy", policy, G_N_ELEMENTS(policy), NULL, NULL));
    assert_true(store_commit(store, NULL));
    raw_sql(test, "INSERT INTO act_intruders_set VALUES (2, 'storm', 'address', '203.0.113.7', 0, 0), "
                  "(2, 'storm', 'address', '192.0.2.1', 5, 9)");
    assert_true(store_begin(store, NULL));
    assert_true(act_record(store, run, "intruders", NULL, 0, &act, NULL));
    assert_true(store_commit(store, NULL));
    assert_int_equal(act, 2);
    assert_true(run_end(store, run, NULL));
}

static gboolean verifies(const TestCase *test, GError **error)
{
    guint64 acts, heads;
    g_autoptr(Store) store = open_as(test, &role_everything);
    return audit_verify(store, &acts, &heads, error);
}

static void acts_with_tables_verify(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    record_intruders(test);
    if (!verifies(test, &error))
        fail_msg("%s", error->message);
}

static void what_is_done_to_an_acts_table_is_found(void **state)
{
    static const struct {
        const char *sql, *undo, *words;
    } tampering[] = {
        {"UPDATE act_policy SET value = 'ignore'", "UPDATE act_policy SET value = 'presume'",
         "act 1 says something else"},
        {"DELETE FROM act_policy", "INSERT INTO act_policy VALUES (1, 'gap', 'presume')",
         "act 1 says something else"},
        {"INSERT INTO act_policy VALUES (7, 'gap', 'ignore')", "DELETE FROM act_policy WHERE act_n = 7",
         "act 7 says something else"},
        {"UPDATE act_intruders_set SET value = '203.0.113.8' WHERE began = 0",
         "UPDATE act_intruders_set SET value = '203.0.113.7' WHERE began = 0", "act 2 has other lines"},
        {"DELETE FROM act_intruders_set WHERE began = 5",
         "INSERT INTO act_intruders_set VALUES (2, 'storm', 'address', '192.0.2.1', 5, 9)",
         "act 2 has other lines"},
    };
    const TestCase *test = *state;
    record_intruders(test);
    for (guint i = 0; i < G_N_ELEMENTS(tampering); i++) {
        g_autoptr(GError) error = NULL;
        raw_sql(test, tampering[i].sql);
        assert_false(verifies(test, &error));
        assert_error(error, CANDOR_ERROR_DENIED, tampering[i].words);
        raw_sql(test, tampering[i].undo);
        assert_true(verifies(test, NULL));
    }
}

/* --- opinion --------------------------------------------------------------------------------------------------- */

static char *swap_in(const TestCase *test, const char *values)
{
    g_autofree char *sql = g_strconcat("INSERT INTO access_new VALUES ", values, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    assert_true(store_shadows_clear(store, swapped, NULL));
    assert_true(store_commit(store, NULL));
    raw_sql(test, sql);
    if (!store_swap(store, swapped, &error))
        fail_msg("%s", error->message);
    return store_digest(store, "access", NULL);
}

static void a_swap_takes_the_digest_of_what_is_there_now(void **state)
{
    const TestCase *test = *state;
    raw_sql(test, "INSERT INTO source VALUES (1, 'a.mbox', 'file', 'a@vendor.example', 1);"
                  "INSERT INTO item VALUES (1, 1, '', '', 'mbox', '', 9, 0, 0)");
    g_autofree char *one = swap_in(test, "(1, 0, 2), (1, 50, 3)");
    g_autofree char *other = swap_in(test, "(1, 50, 3)");
    g_autofree char *again = swap_in(test, "(1, 50, 3), (1, 0, 2)");
    assert_string_not_equal(one, other);
    assert_string_equal(one, again);
    assert_string_not_equal(other, DIGEST_OF_NOTHING);
}

static void state_is(Store *store, StageState wanted, const char *table_wanted)
{
    static const char *const reads[] = {"meta", "message", NULL};
    static const StoreRole scope = {.name = "scope", .reads = reads};
    StageState found;
    const char *table;
    assert_true(store_stage_state(store, &scope, &found, &table, NULL));
    assert_int_equal(found, wanted);
    if (table_wanted)
        assert_string_equal(table, table_wanted);
    else
        assert_null(table);
}

static void a_stage_is_stale_when_what_it_reads_has_changed(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    state_is(store, STAGE_NEVER, NULL);
    g_autoptr(Run) run = begin(store, "scope");
    assert_true(run_end(store, run, NULL));
    state_is(store, STAGE_CURRENT, NULL);
    const Span fields[] = {SPAN_OF("key"), SPAN_NONE};
    assert_true(store_begin(store, NULL));
    store_digest_fields(store, "copy", fields, 1);
    assert_true(store_commit(store, NULL));
    state_is(store, STAGE_CURRENT, NULL);
    assert_true(store_begin(store, NULL));
    store_digest_fields(store, "message", fields, G_N_ELEMENTS(fields));
    assert_true(store_commit(store, NULL));
    state_is(store, STAGE_STALE, "message");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(acts_with_tables_verify, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(what_is_done_to_an_acts_table_is_found, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_swap_takes_the_digest_of_what_is_there_now, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_stage_is_stale_when_what_it_reads_has_changed, test_case_make,
                                        test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
