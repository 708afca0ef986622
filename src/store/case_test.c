/* case_test.c - making, opening, statements, transactions, and the sentences of what goes wrong. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/key_path.h"
#include "store/test_case.h"

static void a_case_says_what_it_is(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autofree char *vendor = store_meta(store, "vendor", NULL);
    g_autofree char *form = store_meta(store, "form", NULL);
    g_autofree char *hint = store_meta(store, "key_file_hint", NULL);
    assert_string_equal(vendor, "Vendor Ltd");
    assert_string_equal(form, CONTENT_FORM);
    assert_string_equal(hint, case_keys_path(test->keys));
    struct stat is;
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    assert_int_equal(stat(path, &is), 0);
    assert_int_equal(is.st_mode & 0777, 0600);
}

static void what_is_bound_comes_back(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autoptr(GError) error = NULL;
    assert_true(store_begin(store, &error));
    Query *query = store_query(store, "import.message", &error);
    assert_non_null(query);
    const gint64 numbers[] = {7, G_MININT64, 123, -5};
    for (guint i = 0; i < 4; i++)
        query_int(query, i + 1, numbers[i]);
    query_int(query, 5, 60);
    query_text(query, 6, SPAN_OF("a@b.example"));
    query_text(query, 7, SPAN_NONE);
    query_sealed(query, 8, "subject", SPAN_OF("quarterly figures"));
    query_int(query, 9, 0);
    query_int(query, 10, 1);
    query_int(query, 11, 0);
    assert_true(query_run(query, &error));
    assert_true(store_commit(store, &error));
    sqlite3_stmt *raw = NULL;
    const char *sql = "SELECT id, k64, message_id, in_reply_to, subject_sealed FROM message";
    assert_int_equal(sqlite3_prepare_v2(store->sqlite, sql, -1, &raw, NULL), SQLITE_OK);
    Query read = {.store = store, .statement = raw, .name = "test"};
    assert_true(query_step(&read, &error));
    assert_int_equal(query_get_int(&read, 0), 7);
    assert_true(query_get_int(&read, 1) == G_MININT64);
    assert_true(span_equals(query_get_text(&read, 2), "a@b.example"));
    assert_true(query_is_null(&read, 3));
    assert_null(query_get_text(&read, 3).p);
    assert_null(memmem(query_get_blob(&read, 4).p, query_get_blob(&read, 4).n, "figures", 7));
    g_autofree char *subject = query_get_sealed(&read, 4, "subject", &error);
    assert_string_equal(subject, "quarterly figures");
    g_autofree char *wrong = query_get_sealed(&read, 4, "name", &error);
    assert_string_equal(wrong, "");
    assert_error(error, CANDOR_ERROR_DENIED, "does not open");
    assert_false(query_step(&read, NULL));
    sqlite3_finalize(raw);
}

static void an_unknown_statement_is_a_bug(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autoptr(GError) error = NULL;
    assert_null(store_query(store, "no.such", &error));
    assert_error(error, CANDOR_ERROR_BUG, "no.such");
}

static void what_is_rolled_back_never_was(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    assert_true(store_meta_set(store, "vendor", "Another", NULL));
    store_digest_add(store, "message", SPAN_OF("row"));
    store_rollback(store);
    g_autofree char *vendor = store_meta(store, "vendor", NULL);
    assert_string_equal(vendor, "Vendor Ltd");
    g_autofree char *digest = store_digest(store, "message", NULL);
    assert_true(strspn(digest, "0") == 64);
    assert_false(store_commit(store, NULL));
    store_rollback(store);
}

/* Closed in the middle of a transaction, too. */
static void a_store_closed_early_keeps_nothing(void **state)
{
    const TestCase *test = *state;
    Store *store = open_as(test, &role_everything);
    assert_true(store_begin(store, NULL));
    assert_true(store_meta_set(store, "vendor", "Another", NULL));
    store_close(store);
    store = open_as(test, &role_everything);
    g_autofree char *vendor = store_meta(store, "vendor", NULL);
    assert_string_equal(vendor, "Vendor Ltd");
    store_close(store);
}

static void errors_say_what_to_do(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) missing = NULL, twice = NULL, inside = NULL, newer = NULL;
    assert_null(store_open("/no/such/case", &role_everything, test->keys, &missing));
    assert_error(missing, CANDOR_ERROR_MISSING, "candor init /no/such/case");
    assert_false(store_create(test->folder, test->keys, "", NOW, &twice));
    assert_error(twice, CANDOR_ERROR_CONFLICT, "holds a case already");
    assert_false(store_create(test->parent, test->keys, "", NOW, &inside));
    assert_error(inside, CANDOR_ERROR_DENIED, "lies inside case");
    g_autofree char *left = g_build_filename(test->parent, "case.db.new", NULL);
    assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
    raw_sql(test, "UPDATE meta SET value = '99' WHERE name = 'schema_version'");
    assert_null(store_open(test->folder, &role_everything, test->keys, &newer));
    assert_error(newer, CANDOR_ERROR_CONFLICT, "use a newer candor");
}

static void a_wrong_key_is_refused(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(test->parent, "other.key", NULL);
    assert_true(case_keys_create(path, SUITE_SODIUM, NULL));
    g_autoptr(CaseKeys) other = case_keys_open(path, NULL);
    assert_null(store_open(test->folder, &role_everything, other, &error));
    assert_error(error, CANDOR_ERROR_DENIED, "CANDOR_KEY_FILE");
    assert_non_null(strstr(error->message, path));
}

static void damage_is_said(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    const char *text = "this is no database, but long enough to be looked at as one ........";
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_null(store_open(test->folder, &role_everything, test->keys, &error));
    assert_error(error, CANDOR_ERROR_IO, "damaged");
}

static void a_case_knows_its_key_file(void **state)
{
    const TestCase *test = *state;
    g_unsetenv("CANDOR_KEY_FILE");
    g_autofree char *recorded = case_key_path(test->folder, NULL);
    assert_string_equal(recorded, test->key_path);
    g_setenv("CANDOR_KEY_FILE", "/elsewhere/a.key", TRUE);
    g_autofree char *given = case_key_path(test->folder, NULL);
    g_autofree char *for_new = case_key_new_path(test->folder, NULL);
    assert_string_equal(given, "/elsewhere/a.key");
    assert_string_equal(for_new, "/elsewhere/a.key");
    g_unsetenv("CANDOR_KEY_FILE");
    g_autoptr(GError) error = NULL;
    assert_null(case_key_path(test->parent, &error));
    assert_error(error, CANDOR_ERROR_MISSING, "candor init");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_case_says_what_it_is, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(what_is_bound_comes_back, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(an_unknown_statement_is_a_bug, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_never_was, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_store_closed_early_keeps_nothing, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(errors_say_what_to_do, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_wrong_key_is_refused, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(damage_is_said, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_case_knows_its_key_file, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
