/* pool_test.c - every task gets one answer, whatever becomes of its worker. */
#include "pool/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>

static RunTools tools; /* .worker is set by main */

typedef struct {
    guint given, all;
    const char *what;
    guint answered, dead;
    guint64 units; /* sum of the numbers of the units answered */
} Work;

static PoolTask *next(gpointer user)
{
    Work *work = user;
    if (work->given == work->all)
        return NULL;
    PoolTask *task = pool_task_plan(++work->given, "/");
    pool_task_add(task, span_of_string(work->what));
    return task;
}

static gboolean take(PoolAnswer *answer, gpointer user, GError **error)
{
    (void)error;
    Work *work = user;
    work->answered++;
    work->dead += answer->dead ? 1 : 0;
    work->units += answer->task->unit;
    return TRUE;
}

static void every_task_is_answered_once(void **state)
{
    (void)state;
    g_autoptr(Pool) pool = pool_open(&tools, NULL, NULL);
    Work work = {.all = 500, .what = "answer"};
    assert_true(pool_run(pool, next, take, &work, NULL));
    assert_int_equal(work.answered, 500);
    assert_int_equal(work.dead, 0);
    assert_int_equal(work.units, 500 * 501 / 2);
}

static void a_task_that_kills_workers_is_given_up(void **state)
{
    (void)state;
    g_autoptr(Pool) pool = pool_open(&tools, NULL, NULL);
    Work work = {.all = 3, .what = "die"};
    assert_true(pool_run(pool, next, take, &work, NULL));
    assert_int_equal(work.dead, 3);
    work = (Work){.all = 3, .what = "answer"};
    assert_true(pool_run(pool, next, take, &work, NULL));
    assert_int_equal(work.answered, 3);
    assert_int_equal(work.dead, 0);
}

static gboolean count_rows(Row *row, gpointer user, GError **error)
{
    (void)error;
    *(guint *)user += row->kind == 'U' ? 1 : 100;
    return TRUE;
}

static void a_worker_that_dies_once_is_replaced(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("candor-pool-XXXXXX", NULL);
    g_autofree char *mark = g_build_filename(folder, "seen", NULL);
    g_autoptr(Pool) pool = pool_open(&tools, NULL, NULL);
    PoolTask *task = pool_task_plan(1, "/");
    pool_task_add(task, SPAN_OF("once"));
    pool_task_add(task, span_of_string(mark));
    guint rows = 0;
    assert_true(pool_ask(pool, task, count_rows, &rows, NULL));
    assert_int_equal(rows, 101);
    g_unlink(mark);
    g_rmdir(folder);
}

static gboolean refuse(PoolAnswer *answer, gpointer user, GError **error)
{
    (void)answer;
    (void)user;
    return error_set(error, CANDOR_ERROR_IO, "disk full");
}

static void a_taker_that_fails_ends_the_run_and_the_pool_lives(void **state)
{
    (void)state;
    g_autoptr(Pool) pool = pool_open(&tools, NULL, NULL);
    Work work = {.all = 50, .what = "answer"};
    g_autoptr(GError) error = NULL;
    assert_false(pool_run(pool, next, refuse, &work, &error));
    assert_string_equal(error->message, "disk full");
    work = (Work){.all = 5, .what = "answer"};
    assert_true(pool_run(pool, next, take, &work, NULL));
    assert_int_equal(work.answered, 5);
}

static gboolean stop_at_once(void *user)
{
    (void)user;
    return TRUE;
}

static void a_person_can_stop_it(void **state)
{
    (void)state;
    RunTools stopping = tools;
    stopping.stopped = stop_at_once;
    g_autoptr(Pool) pool = pool_open(&stopping, NULL, NULL);
    Work work = {.all = 50, .what = "answer"};
    assert_true(pool_run(pool, next, take, &work, NULL));
    assert_int_equal(work.answered, 0);
}

static void another_version_is_refused_in_a_sentence(void **state)
{
    (void)state;
    g_setenv("FAKE_VERSION", "1", TRUE);
    g_autoptr(Pool) pool = pool_open(&tools, NULL, NULL);
    g_autoptr(GError) error = NULL;
    assert_null(pool_hello(pool, &error));
    assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_FORMAT));
    g_unsetenv("FAKE_VERSION");
    g_clear_error(&error);
    assert_string_equal(pool_hello(pool, &error)->reader, "fake 1");
}

static void a_missing_worker_is_named(void **state)
{
    (void)state;
    const RunTools nowhere = {.worker = "/nonexistent/candor-worker"};
    g_autoptr(GError) error = NULL;
    assert_null(pool_open(&nowhere, NULL, &error));
    assert_non_null(strstr(error->message, "/nonexistent/candor-worker"));
    assert_non_null(strstr(error->message, "CANDOR_WORKER"));
}

int main(int count, char **arguments)
{
    tools = (RunTools){.worker = count > 1 ? arguments[1] : NULL, .jobs = 3};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_is_answered_once),
        cmocka_unit_test(a_task_that_kills_workers_is_given_up),
        cmocka_unit_test(a_worker_that_dies_once_is_replaced),
        cmocka_unit_test(a_taker_that_fails_ends_the_run_and_the_pool_lives),
        cmocka_unit_test(a_person_can_stop_it),
        cmocka_unit_test(another_version_is_refused_in_a_sentence),
        cmocka_unit_test(a_missing_worker_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
