/* keys_test.c - one id for one key, also when somebody forges a key that begins like another's. */
#include <string.h>
#include "store/test_case.h"

/* A key whose first 64 bits are `first` and whose rest is `rest`. */
static void make_key(guint8 key[DIGEST_BYTES], guint64 first, guint8 rest)
{
    guint64 big = GUINT64_TO_BE(first);
    memset(key, rest, DIGEST_BYTES);
    memcpy(key, &big, sizeof big);
}

static void resolve(Store *store, const guint8 (*keys)[DIGEST_BYTES], gsize n, gint64 *ids, gboolean *fresh)
{
    g_autoptr(GError) error = NULL;
    assert_true(store_begin(store, &error));
    if (!store_content_ids(store, keys, n, ids, fresh, &error) || !store_commit(store, &error))
        fail_msg("%s", error->message);
}

static void a_key_keeps_its_id(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    guint8 keys[4][DIGEST_BYTES];
    gint64 ids[4], again[4];
    gboolean fresh[4];
    const guint64 firsts[] = {7, G_MAXUINT64, 0, 7};
    for (guint i = 0; i < 4; i++)
        make_key(keys[i], firsts[i], 1);
    resolve(store, keys, 4, ids, fresh);
    assert_true(fresh[0] && fresh[1] && fresh[2]);
    assert_false(fresh[3]);
    assert_int_equal(ids[3], ids[0]);
    assert_true(ids[0] < ids[1] && ids[1] < ids[2]);
    resolve(store, keys, 4, again, fresh);
    assert_false(fresh[0] || fresh[1] || fresh[2] || fresh[3]);
    assert_memory_equal(ids, again, sizeof ids);
    make_key(keys[0], 8, 1);
    resolve(store, keys, 1, again, fresh);
    assert_true(fresh[0] && again[0] > ids[2]);
}

/* Three that begin alike: within one call, and against one that is there. */
static void forged_collisions_get_ids_of_their_own(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    guint8 keys[5][DIGEST_BYTES];
    gint64 first[3], second[5];
    gboolean fresh[5];
    for (guint i = 0; i < 5; i++)
        make_key(keys[i], G_GUINT64_CONSTANT(0x8000000000000001), (guint8)(i + 1));
    resolve(store, keys, 3, first, fresh);
    assert_true(fresh[0] && fresh[1] && fresh[2]);
    assert_true(first[0] != first[1] && first[1] != first[2] && first[0] != first[2]);
    resolve(store, keys, 5, second, fresh);
    assert_memory_equal(first, second, sizeof first);
    assert_false(fresh[0] || fresh[1] || fresh[2]);
    assert_true(fresh[3] && fresh[4]);
    assert_true(second[3] > second[2] && second[4] > second[3]);
}

static void what_is_rolled_back_is_fresh_again(void **state)
{
    g_autoptr(Store) store = open_as(*state, &role_everything);
    guint8 keys[1][DIGEST_BYTES];
    gint64 ids[1];
    gboolean fresh[1];
    make_key(keys[0], 5, 5);
    assert_false(store_content_ids(store, keys, 1, ids, fresh, NULL));
    assert_true(store_begin(store, NULL));
    assert_true(store_content_ids(store, keys, 1, ids, fresh, NULL));
    store_rollback(store);
    resolve(store, keys, 1, ids, fresh);
    assert_true(fresh[0]);
}

/* Thousands at random, many of them twice: equal keys have equal ids, others other ones. */
static void ids_and_keys_are_one_to_one(void **state)
{
    enum { N = 4000, DISTINCT = 1500 };
    g_autoptr(Store) store = open_as(*state, &role_everything);
    g_autofree guint8(*keys)[DIGEST_BYTES] = g_malloc(N * DIGEST_BYTES);
    g_autofree gint64 *ids = g_new(gint64, N);
    g_autofree gboolean *fresh = g_new(gboolean, N);
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    g_autoptr(GHashTable) owner = g_hash_table_new(g_direct_hash, g_direct_equal);
    guint made = 0;
    for (guint round = 0; round < 3; round++) {
        for (guint i = 0; i < N; i++) {
            guint which = (guint)g_rand_int_range(random, 0, DISTINCT);
            make_key(keys[i], (guint64)which * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15), (guint8)which);
        }
        resolve(store, (const guint8(*)[DIGEST_BYTES])keys, N, ids, fresh);
        for (guint i = 0; i < N; i++) {
            guint64 first;
            memcpy(&first, keys[i], sizeof first);
            gpointer known = g_hash_table_lookup(owner, GSIZE_TO_POINTER(ids[i]));
            made += fresh[i] ? 1 : 0;
            assert_true(!known || GPOINTER_TO_SIZE(known) == first + 1);
            g_hash_table_insert(owner, GSIZE_TO_POINTER(ids[i]), GSIZE_TO_POINTER(first + 1));
        }
    }
    assert_int_equal(made, g_hash_table_size(owner));
    assert_true(made <= DISTINCT);
}

static gint64 count_of(Store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    gint64 count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return count;
}

/* In a case of many contents new keys wait, then settle; they are found before and after, and so are forged ones. */
static void keys_wait_settle_and_are_found(void **state)
{
    enum { N = 150000 };
    const TestCase *test = *state;
    raw_sql(test, "UPDATE meta SET value = '5000000' WHERE name = 'content_last'");
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autofree guint8(*keys)[DIGEST_BYTES] = g_malloc(N * DIGEST_BYTES);
    g_autofree gint64 *ids = g_new(gint64, N), *first_ids = g_new(gint64, N);
    g_autofree gboolean *fresh = g_new(gboolean, N);
    for (guint unit = 0; unit < 4; unit++) {
        for (guint i = 0; i < N; i++) /* each key of the second unit begins like one of the first */
            make_key(keys[i],
                     ((unit == 1 ? 0 : unit) * (guint64)N + i) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15),
                     (guint8)(unit + 1));
        resolve(store, (const guint8(*)[DIGEST_BYTES])keys, N, ids, fresh);
        for (guint i = 0; i < N; i++)
            assert_true(fresh[i]);
        if (unit == 0)
            memcpy(first_ids, ids, N * sizeof *ids);
    }
    assert_int_equal(count_of(store, "SELECT count(*) FROM content_key"), 2 * N);
    assert_int_equal(count_of(store, "SELECT count(*) FROM content_key_collision"), 2 * N);
    assert_int_equal(count_of(store,
                              "SELECT count(DISTINCT content_id) FROM (SELECT content_id FROM content_key "
                              "UNION SELECT content_id FROM content_key_collision)"),
                     4 * N);
    for (guint i = 0; i < N; i++)
        make_key(keys[i], (guint64)i * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15), 1);
    resolve(store, (const guint8(*)[DIGEST_BYTES])keys, N, ids, fresh);
    assert_memory_equal(ids, first_ids, N * sizeof *ids);
    assert_false(fresh[0] || fresh[N - 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_keeps_its_id, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(forged_collisions_get_ids_of_their_own, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_is_fresh_again, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(keys_wait_settle_and_are_found, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(ids_and_keys_are_one_to_one, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
