/* run_test.c - one run at a time; what broke off is seen; a run with something to try again has no digest. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "store/test_case.h"

static char *text_of(Store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    gboolean found = sqlite3_step(statement) == SQLITE_ROW;
    char *text = found ? g_strdup((const char *)sqlite3_column_text(statement, 0)) : NULL;
    sqlite3_finalize(statement);
    return text;
}

static void a_second_run_is_told_who_has_the_case(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autoptr(Store) other = open_as(test, &role_everything);
    g_autoptr(GError) error = NULL;
    assert_false(store_is_running(store));
    Run *run = run_begin(store, "collect", NOW, NULL);
    assert_non_null(run);
    assert_true(store_is_running(other));
    assert_null(run_begin(other, "classify", NOW, &error));
    g_autofree char *who = g_strdup_printf("pid %d, collect", (int)getpid());
    assert_error(error, CANDOR_ERROR_CONFLICT, who);
    assert_int_equal(candor_error_exit_code(error), 75);
    run_free(run);
    assert_false(store_is_running(other));
    g_autoptr(Run) next = run_begin(other, "classify", NOW, NULL);
    assert_non_null(next);
}

/* The lock goes with the process, however that ends; its row says what became of it. */
static void a_killed_run_frees_the_case(void **state)
{
    const TestCase *test = *state;
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        Store *store = store_open(test->folder, &role_everything, test->keys, NULL);
        Run *run = run_begin(store, "collect", NOW, NULL);
        if (write(ready[1], run ? "y" : "n", 1) != 1)
            _exit(1);
        pause();
        _exit(0);
    }
    char answer = 0;
    assert_int_equal(read(ready[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(store_is_running(store));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(ready[0]);
    close(ready[1]);
    assert_false(store_is_running(store));
    g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
    assert_non_null(run);
    assert_int_equal(run->id, 2);
    g_autofree char *before = text_of(store, "SELECT state FROM run WHERE id = 1");
    assert_string_equal(before, "running");
}

static void a_whole_run_records_its_digests(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
    assert_true(store_begin(store, NULL));
    store_digest_add(store, "message", SPAN_OF("row"));
    assert_true(store_commit(store, NULL));
    assert_true(run_worker(store, run, "abc", 5, NULL));
    assert_true(run_end(store, run, NULL));
    g_autofree char *kept =
        text_of(store, "SELECT digest FROM run_digest WHERE run_id = 1 AND name = 'message'");
    g_autofree char *now = store_digest(store, "message", NULL);
    assert_string_equal(kept, now);
    g_autofree char *row = text_of(store, "SELECT state || rules || box || (ended > 0) || stage FROM run");
    assert_string_equal(row, "doneabc51collect");
}

static void a_run_with_something_to_try_again_has_no_digest(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
    assert_true(store_begin(store, NULL));
    store_digest_add(store, "message", SPAN_OF("row"));
    assert_true(store_commit(store, NULL));
    run->retryable_gaps = 1;
    assert_true(run_end(store, run, NULL));
    g_autofree char *row = text_of(store, "SELECT state || (SELECT count(*) FROM run_digest) FROM run");
    assert_string_equal(row, "incomplete0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_run_is_told_who_has_the_case, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_killed_run_frees_the_case, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_whole_run_records_its_digests, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(a_run_with_something_to_try_again_has_no_digest, test_case_make,
                                        test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
