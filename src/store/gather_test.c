/* gather_test.c - rows that are written many at once are all there, or none of them is. */
#include <string.h>
#include "store/test_case.h"

/* More than are held at once, and no multiple of it. */
#define MANY 2345

static Query *begin_address(Store *store, gint64 content, gint64 n)
{
    Query *query = store_query(store, "import.address", NULL);
    assert_non_null(query);
    query_int(query, 1, content);
    query_int(query, 2, n);
    query_int(query, 3, ROLE_TO);
    return query;
}

static void add_addresses(Store *store, gint64 content, gint64 n)
{
    for (gint64 i = 0; i < n; i++)
        assert_true(query_run(begin_address(store, content, i), NULL));
}

/* The number that `sql` gives. */
static gint64 number_of(const TestCase *test, const char *sql)
{
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    sqlite3 *sqlite = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    gint64 number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(sqlite);
    return number;
}

/* Even where nothing but empty texts waits. */
static void an_empty_text_is_no_missing_one(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    Query *query = store_query(store, "import.mention", NULL);
    query_int(query, 1, 1);
    query_int(query, 2, 0);
    query_text(query, 3, SPAN_OF(""));
    query_int(query, 4, 0);
    query_int(query, 6, 0);
    assert_true(query_run(query, NULL));
    assert_true(store_commit(store, NULL));
    assert_int_equal(number_of(test, "SELECT count(*) FROM mention WHERE path = ''"), 1);
}

static void a_commit_writes_every_row(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    add_addresses(store, 1, MANY);
    Query *last = begin_address(store, 2, 0);
    query_int(last, 4, 77);
    query_int(last, 5, 78);
    assert_true(query_run(last, NULL));
    assert_true(store_commit(store, NULL));
    assert_int_equal(number_of(test, "SELECT count(*) FROM address"), MANY + 1);
    assert_int_equal(number_of(test, "SELECT count(*) FROM address WHERE email_id IS NULL"), MANY);
    assert_int_equal(number_of(test, "SELECT count(*) FROM address WHERE content_id = 2 AND role = 3 AND "
                                     "email_id = 77 AND name_id = 78"),
                     1);
}

/* An empty text is one, a text of any length fits, and a value that was not set does not come from the row before. */
static void values_are_what_was_given(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autofree char *text = g_strnfill(3 << 20, 'x');
    assert_true(store_begin(store, NULL));
    for (gint64 i = 0; i < 3; i++) {
        Query *query = store_query(store, "import.part", NULL);
        query_int(query, 1, i);
        query_text(query, 2, SPAN_OF("1"));
        query_int(query, 3, G_MININT64);
        query_text(query, 4, i ? span_of_string(text) : SPAN_OF(""));
        if (i == 1)
            query_text(query, 5, SPAN_OF("utf-8"));
        query_int(query, 10, 0);
        query_int(query, 11, 0);
        assert_true(query_run(query, NULL));
    }
    assert_true(store_commit(store, NULL));
    assert_int_equal(number_of(test, "SELECT count(*) FROM part WHERE media_type = '' AND content_id = 0"),
                     1);
    assert_int_equal(number_of(test, "SELECT sum(length(media_type)) FROM part"), 6 << 20);
    assert_int_equal(number_of(test, "SELECT min(content_id) FROM part WHERE charset = 'utf-8'"), 1);
    assert_int_equal(number_of(test, "SELECT count(*) FROM part WHERE charset IS NULL AND kind < 0"), 2);
}

static void a_rollback_leaves_none(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    add_addresses(store, 1, MANY);
    store_rollback(store);
    assert_true(store_begin(store, NULL));
    add_addresses(store, 2, 1);
    assert_true(store_commit(store, NULL));
    assert_int_equal(number_of(test, "SELECT count(*) FROM address"), 1);
    assert_int_equal(number_of(test, "SELECT content_id FROM address"), 2);
}

static void a_row_that_does_not_fit_fails_the_commit(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    add_addresses(store, 1, 5);
    add_addresses(store, 1, 1);
    assert_false(store_commit(store, &error));
    assert_error(error, CANDOR_ERROR_FORMAT, "import.address");
    assert_int_equal(number_of(test, "SELECT count(*) FROM address"), 0);
    assert_true(store_begin(store, NULL));
    add_addresses(store, 1, 1);
    assert_true(store_commit(store, NULL));
    assert_int_equal(number_of(test, "SELECT count(*) FROM address"), 1);
}

static void outside_a_transaction_none_is_taken(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_false(query_run(begin_address(store, 1, 0), &error));
    assert_error(error, CANDOR_ERROR_BUG, "outside a transaction");
}

static void a_loop_knows_how_it_ended(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = open_as(test, &role_everything);
    Query *query = store_query(store, "digest.all", NULL);
    while (query_step(query, &error))
        continue;
    assert_true(query_ended(query));
    assert_null(error);
    raw_sql(test, "DROP TABLE digest");
    query = store_query(store, "digest.all", NULL);
    while (query_step(query, NULL))
        continue;
    assert_false(query_ended(query));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_text_is_no_missing_one, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_commit_writes_every_row, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(values_are_what_was_given, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_rollback_leaves_none, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_row_that_does_not_fit_fails_the_commit, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(outside_a_transaction_none_is_taken, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_loop_knows_how_it_ended, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
