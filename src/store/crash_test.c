/* crash_test.c - kill -9 at any moment, and a full disk: what was acknowledged is there, and nothing half-written. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>
#include "store/test_case.h"

/* Kills in one run of the test; more with CANDOR_KILLS. */
#define KILLS 50
#define KEYS 300

/* One unit: new keys, the same number told in meta, a digest row, and an act, in one transaction. */
static gboolean write_unit(Store *store, Run *run, guint number, GError **error)
{
    guint8 keys[KEYS][DIGEST_BYTES];
    gint64 ids[KEYS];
    gboolean fresh[KEYS];
    char text[16];
    for (guint i = 0; i < KEYS; i++) {
        memset(keys[i], (int)i, DIGEST_BYTES);
        guint64 first = ((guint64)number * KEYS + i) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        memcpy(keys[i], &first, sizeof first);
    }
    g_snprintf(text, sizeof text, "%u", number);
    const Span said[] = {SPAN_OF("unit"), span_of_string(text)};
    if (!store_begin(store, error))
        return FALSE;
    store_digest_add(store, "message", span_of_string(text));
    if (store_content_ids(store, (const guint8(*)[DIGEST_BYTES])keys, KEYS, ids, fresh, error) &&
        store_meta_set(store, "units", text, error) &&
        act_append(store, run, "note", said, G_N_ELEMENTS(said), error) && store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}

/* Writes units from `number` on and acknowledges each through `pipe`, until it is killed. */
static G_NORETURN void write_for_ever(const TestCase *test, guint number, int acknowledge)
{
    Store *store = store_open(test->folder, &role_everything, test->keys, NULL);
    Run *run = store ? run_begin(store, "collect", NOW, NULL) : NULL;
    while (run && write_unit(store, run, number, NULL)) {
        if (write(acknowledge, &number, sizeof number) != sizeof number)
            break;
        number++;
    }
    _exit(1);
}

/* Start a writer, kill it after `microseconds`; the last unit that it acknowledged, or `before`. */
static guint kill_a_writer(const TestCase *test, guint before, gulong microseconds)
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0)
        write_for_ever(test, before + 1, pipes[1]);
    close(pipes[1]);
    g_usleep(microseconds);
    assert_int_equal(kill(child, SIGKILL), 0);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    guint last = before, number;
    while (read(pipes[0], &number, sizeof number) == sizeof number)
        last = number;
    close(pipes[0]);
    return last;
}

static gint64 ask_number(Store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    gint64 value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void assert_sound(const TestCase *test)
{
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    sqlite3 *sqlite = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(sqlite, "PRAGMA integrity_check", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), "ok");
    sqlite3_finalize(statement);
    sqlite3_close(sqlite);
}

/* How many units are there: told the same by keys, meta, digest and acts. */
static guint units_there(const TestCase *test)
{
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autoptr(GError) error = NULL;
    guint64 acts = 0, heads = 0;
    if (!audit_verify(store, &acts, &heads, &error))
        fail_msg("%s", error->message);
    assert_int_equal(ask_number(store, "SELECT count(*) FROM content_key"), acts * KEYS);
    if (acts > 0) {
        assert_int_equal(ask_number(store, "SELECT value FROM meta WHERE name = 'units'"), acts);
        assert_int_equal(ask_number(store, "SELECT rows FROM digest WHERE name = 'message'"), acts);
    }
    return (guint)acts;
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
    const TestCase *test = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(20260102);
    const char *more = g_getenv("CANDOR_KILLS");
    guint kills = more ? (guint)g_ascii_strtoull(more, NULL, 10) : KILLS, units = 0;
    for (guint i = 0; i < kills; i++) {
        guint acknowledged = kill_a_writer(test, units, (gulong)g_rand_int_range(random, 500, 40000));
        guint found = units_there(test);
        /* One may have been committed and not yet told. */
        assert_true(found == acknowledged || found == acknowledged + 1);
        units = found;
    }
    assert_sound(test);
    assert_true(units > 0);
    print_message("%u units through %u kills\n", units, kills);
}

/* --- a full disk --------------------------------------------------------------------------------------------- */

/* A case on a disk of 4 MiB; NULL where we may not mount one. */
static TestCase *case_on_small_disk(char *disk)
{
    if (mount("candor", disk, "tmpfs", MS_NOSUID | MS_NODEV, "size=6m") != 0)
        return NULL;
    TestCase *test = g_new0(TestCase, 1);
    test_case_make_in(test, disk, SUITE_SODIUM);
    return test;
}

static void a_full_disk_is_said_and_nothing_half_written(void **state)
{
    (void)state;
    char *disk = g_dir_make_tmp("candor-disk-XXXXXX", NULL);
    TestCase *test = case_on_small_disk(disk);
    if (!test) {
        print_message("no small disk can be mounted here (%s): not root\n", g_strerror(errno));
        g_rmdir(disk);
        g_free(disk);
        skip();
    }
    g_autoptr(GError) error = NULL;
    guint written = 0;
    {
        g_autoptr(Store) store = open_as(test, &role_everything);
        g_autoptr(Run) run = run_begin(store, "collect", NOW, NULL);
        while (written < 10000 && write_unit(store, run, written + 1, &error))
            written++;
        assert_error(error, CANDOR_ERROR_IO, "disk full");
    }
    assert_true(written > 0);
    assert_int_equal(units_there(test), written);
    assert_sound(test);
    g_autofree char *kept = g_strdup(disk);
    void *removed = test;
    test_case_remove(&removed);
    assert_int_equal(umount(kept), 0);
    g_rmdir(kept);
}

/* No room for so much as the schema: no case, and no rest of one. */
static void a_case_that_does_not_fit_is_not_there(void **state)
{
    (void)state;
    g_autofree char *disk = g_dir_make_tmp("candor-disk-XXXXXX", NULL);
    if (mount("candor", disk, "tmpfs", MS_NOSUID | MS_NODEV, "size=64k") != 0) {
        print_message("no small disk can be mounted here (%s): not root\n", g_strerror(errno));
        g_rmdir(disk);
        skip();
    }
    g_autofree char *key = g_build_filename(disk, "a.key", NULL);
    g_autofree char *folder = g_build_filename(disk, "case", NULL);
    g_autoptr(GError) error = NULL;
    assert_true(case_keys_create(key, SUITE_SODIUM, NULL));
    g_autoptr(CaseKeys) opened = case_keys_open(key, NULL);
    assert_false(store_create(folder, opened, "", NOW, &error));
    assert_error(error, CANDOR_ERROR_IO, "disk full");
    assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
    assert_int_equal(umount(disk), 0);
    g_rmdir(disk);
}

static void a_read_only_case_is_said(void **state)
{
    (void)state;
    char *disk = g_dir_make_tmp("candor-disk-XXXXXX", NULL);
    TestCase *test = case_on_small_disk(disk);
    if (!test) {
        print_message("no small disk can be mounted here (%s): not root\n", g_strerror(errno));
        g_rmdir(disk);
        g_free(disk);
        skip();
        return;
    }
    g_autoptr(GError) opening = NULL, making = NULL;
    g_autofree char *second = g_build_filename(disk, "second", NULL);
    assert_int_equal(mount("candor", disk, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
    assert_null(store_open(test->folder, &role_everything, test->keys, &opening));
    assert_error(opening, CANDOR_ERROR_IO, "read-only");
    assert_non_null(strstr(opening->message, test->folder));
    assert_false(store_create(second, test->keys, "", NOW, &making));
    assert_error(making, CANDOR_ERROR_IO, second);
    assert_int_equal(mount("candor", disk, "tmpfs", MS_REMOUNT, NULL), 0);
    g_autofree char *kept = g_strdup(disk);
    void *removed = test;
    test_case_remove(&removed);
    assert_int_equal(umount(kept), 0);
    g_rmdir(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_acknowledged_survives_a_kill, test_case_make,
                                        test_case_remove),
        cmocka_unit_test(a_full_disk_is_said_and_nothing_half_written),
        cmocka_unit_test(a_read_only_case_is_said),
        cmocka_unit_test(a_case_that_does_not_fit_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
