/* audit_test.c - whatever is done to an act or a head behind candor's back is found. */
#include <string.h>
#include "store/test_case.h"

static void append(Store *store, Run *run, const char *note)
{
    const Span said[] = {SPAN_OF("/evidence/a.mbox"), SPAN_OF("A. Person"), SPAN_OF("copied"),
                         SPAN_OF("B. Person"), span_of_string(note)};
    g_autoptr(GError) error = NULL;
    assert_true(store_begin(store, &error));
    assert_true(act_append(store, run, "custody", said, G_N_ELEMENTS(said), &error));
    Query *query = store_query(store, "collect.custody_add", &error);
    assert_non_null(query);
    query_int(query, 1, 1);
    for (guint i = 1; i < G_N_ELEMENTS(said); i++)
        query_text(query, i + 1, said[i]);
    assert_true(query_run(query, &error));
    if (!store_commit(store, &error))
        fail_msg("%s", error->message);
}

/* Five acts under five heads. */
static void fill(const TestCase *test)
{
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
    assert_non_null(run);
    const char *const notes[] = {"one", "two", "tab\tand % sign", "", "five"};
    for (guint i = 0; i < G_N_ELEMENTS(notes); i++)
        append(store, run, notes[i]);
    assert_true(run_end(store, run, NULL));
}

static gboolean verifies(const TestCase *test, const CaseKeys *keys, guint64 *acts, guint64 *heads,
                         GError **error)
{
    g_autoptr(Store) store = store_open(test->folder, &role_everything, keys, NULL);
    assert_non_null(store);
    return audit_verify(store, acts, heads, error);
}

static void an_untouched_case_verifies(void **state)
{
    const TestCase *test = *state;
    guint64 acts = 9, heads = 9;
    assert_true(verifies(test, test->keys, &acts, &heads, NULL));
    assert_true(acts == 0 && heads == 0);
    fill(test);
    g_autoptr(GError) error = NULL;
    if (!verifies(test, test->keys, &acts, &heads, &error))
        fail_msg("%s", error->message);
    assert_true(acts == 5 && heads == 5);
    assert_true(verifies(test, NULL, &acts, &heads, NULL));
}

/* Opened again, by another connection, in between. */
static void the_tree_goes_on_where_it_was(void **state)
{
    const TestCase *test = *state;
    fill(test);
    fill(test);
    guint64 acts, heads;
    assert_true(verifies(test, test->keys, &acts, &heads, NULL));
    assert_true(acts == 10 && heads == 10);
}

static const struct {
    const char *sql;
    const char *words;
} tampering[] = {
    {"UPDATE act SET row = replace(row, 'two', 'owt') WHERE n = 2", "act 2 was changed"},
    {"UPDATE act SET salt = zeroblob(16) WHERE n = 3", "act 3 was changed"},
    {"UPDATE act SET salt = NULL WHERE n = 3", "act 3 was changed"},
    {"UPDATE act SET leaf = zeroblob(32) WHERE n = 1", "act 1 was changed"},
    {"UPDATE act SET at = at + 1 WHERE n = 4", "act 4 has columns"},
    {"UPDATE act SET run_id = 9 WHERE n = 4", "act 4 has columns"},
    {"UPDATE act SET kind = 'ruling' WHERE n = 4", "act 4 has columns"},
    {"DELETE FROM act WHERE n = 3", "act 3 is gone"},
    {"DELETE FROM act WHERE n = 1", "act 1 is gone"},
    {"DELETE FROM act WHERE n = 5", "more acts than there are"},
    {"DELETE FROM act WHERE n = 5; DELETE FROM head WHERE size = 5; DELETE FROM custody WHERE act_n = 5",
     "act 5 and any after it are gone"},
    {"DELETE FROM act; DELETE FROM head; DELETE FROM custody", "act 1 and any after it are gone"},
    {"UPDATE act SET n = 10 WHERE n = 2; UPDATE act SET n = 2 WHERE n = 3; UPDATE act SET n = 3 WHERE n = 10",
     "the signed head of 2 acts"},
    {"UPDATE act SET n = 6 WHERE n = 5", "act 5 is gone or was moved"},
    {"UPDATE act SET n = 0 WHERE n = 1", "act 1 stands before the first"},
    {"INSERT INTO act SELECT 6, run_id, kind, at, row, salt, leaf FROM act WHERE n = 5",
     "act 6 is under no signed head"},
    {"INSERT INTO head SELECT 6, root, at, suite, signature FROM head WHERE size = 5",
     "more acts than there are"},
    {"INSERT INTO head SELECT 0, root, at, suite, signature FROM head WHERE size = 5",
     "acts that never were"},
    {"DELETE FROM head WHERE size = 5", "act 5 is under no signed head"},
    {"DELETE FROM head WHERE size = 3", "the signed head of 4 acts is not signed"},
    {"DELETE FROM head WHERE size = 1", "the signed head of 2 acts is not signed"},
    {"UPDATE head SET root = zeroblob(32) WHERE size = 2", "the signed head of 2 acts has another root"},
    {"UPDATE head SET at = at + 1 WHERE size = 2", "the signed head of 2 acts is not signed"},
    {"UPDATE head SET suite = 'openssl' WHERE size = 2", "the signed head of 2 acts names another suite"},
    {"UPDATE head SET signature = zeroblob(64) WHERE size = 5", "the signed head of 5 acts is not signed"},
    {"UPDATE custody SET handed_by = 'C. Person' WHERE act_n = 2", "act 2 says something else"},
    {"DELETE FROM custody WHERE act_n = 2", "act 2 says something else"},
    {"INSERT INTO custody VALUES (9, 1, 'a', 'b', 'c', 'd')", "act 9 says something else"},
};

static void every_tampering_is_found(void **state)
{
    const TestCase *test = *state;
    fill(test);
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    raw_sql(test, "PRAGMA wal_checkpoint(TRUNCATE)");
    g_autofree char *whole = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &whole, &n, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(tampering); i++) {
        g_autoptr(GError) error = NULL;
        guint64 acts, heads;
        raw_sql(test, tampering[i].sql);
        assert_false(verifies(test, test->keys, &acts, &heads, &error));
        assert_error(error, CANDOR_ERROR_DENIED, tampering[i].words);
        assert_true(g_file_set_contents(path, whole, (gssize)n, NULL));
    }
}

/* One who has the file, and a key of his own. */
static void a_head_signed_by_another_key_is_found(void **state)
{
    const TestCase *test = *state;
    fill(test);
    raw_sql(test, "CREATE TABLE kept AS SELECT * FROM meta");
    g_autofree char *path = g_build_filename(test->parent, "other.key", NULL);
    assert_true(case_keys_create(path, SUITE_SODIUM, NULL));
    g_autoptr(CaseKeys) other = case_keys_open(path, NULL);
    guint8 check[16];
    case_keys_check_value(other, check);
    g_autoptr(GString) sql = g_string_new("UPDATE meta SET value = '");
    for (guint i = 0; i < sizeof check; i++)
        g_string_append_printf(sql, "%02x", check[i]);
    g_string_append(sql, "' WHERE name = 'key_check'");
    raw_sql(test, sql->str);
    {
        g_autoptr(Store) store = store_open(test->folder, &role_everything, other, NULL);
        assert_non_null(store);
        g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
        append(store, run, "forged");
    }
    raw_sql(test, "DELETE FROM meta; INSERT INTO meta SELECT * FROM kept");
    g_autoptr(GError) error = NULL;
    guint64 acts, heads;
    assert_false(verifies(test, test->keys, &acts, &heads, &error));
    assert_error(error, CANDOR_ERROR_DENIED, "the signed head of 6 acts is not signed");
}

static void an_act_needs_the_key_and_a_transaction(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) no_key = NULL, outside = NULL;
    g_autoptr(Store) store = store_open(test->folder, &role_everything, NULL, NULL);
    g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
    assert_false(act_append(store, run, "custody", NULL, 0, &outside));
    assert_error(outside, CANDOR_ERROR_BUG, "transaction");
    assert_true(store_begin(store, NULL));
    assert_false(act_append(store, run, "custody", NULL, 0, &no_key));
    assert_error(no_key, CANDOR_ERROR_DENIED, "without its key");
    store_rollback(store);
}

/* An act that was rolled back leaves no leaf in the tree that the next one is appended to. */
static void a_rolled_back_act_leaves_no_leaf(void **state)
{
    const TestCase *test = *state;
    fill(test);
    {
        g_autoptr(Store) store = open_as(test, &role_everything);
        g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
        assert_true(store_begin(store, NULL));
        assert_true(act_append(store, run, "custody", NULL, 0, NULL));
        store_rollback(store);
        append(store, run, "six");
    }
    guint64 acts, heads;
    assert_true(verifies(test, test->keys, &acts, &heads, NULL));
    assert_true(acts == 6 && heads == 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_untouched_case_verifies, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(the_tree_goes_on_where_it_was, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(every_tampering_is_found, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_head_signed_by_another_key_is_found, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(an_act_needs_the_key_and_a_transaction, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_rolled_back_act_leaves_no_leaf, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
