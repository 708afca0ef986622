/* test_case.h - a case in a folder of its own, for the tests of src/store. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include "store/private.h"

#define NOW G_GINT64_CONSTANT(1767323045000000)

typedef struct {
    char *parent; /* holds the case and its key file */
    char *folder, *key_path;
    CaseKeys *keys;
} TestCase;

static const StoreRole role_everything G_GNUC_UNUSED = {
    .name = "everything",
    .reads = (const char *const[]){"*", NULL},
    .writes = (const char *const[]){"*", "schema", NULL},
};

static inline void test_case_make_in(TestCase *test, char *parent, Suite suite)
{
    test->parent = parent;
    test->folder = g_build_filename(parent, "case", NULL);
    test->key_path = g_build_filename(parent, "case.key", NULL);
    g_autoptr(GError) error = NULL;
    assert_true(case_keys_create(test->key_path, suite, &error));
    test->keys = case_keys_open(test->key_path, &error);
    assert_non_null(test->keys);
    gboolean made = store_create(test->folder, test->keys, "Vendor Ltd", NOW, &error);
    assert_true(made);
}

static inline int test_case_make(void **state)
{
    TestCase *test = g_new0(TestCase, 1);
    test_case_make_in(test, g_dir_make_tmp("candor-store-XXXXXX", NULL), SUITE_SODIUM);
    *state = test;
    return 0;
}

/* Also what a test put into the folder; one level deep is all there is. */
static inline void remove_folder(const char *path)
{
    GDir *folder = g_dir_open(path, 0, NULL);
    for (const char *name; folder && (name = g_dir_read_name(folder));) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        g_remove(inside);
    }
    if (folder)
        g_dir_close(folder);
    g_rmdir(path);
}

static inline int test_case_remove(void **state)
{
    TestCase *test = *state;
    remove_folder(test->folder);
    remove_folder(test->parent);
    case_keys_free(test->keys);
    g_free(test->folder);
    g_free(test->key_path);
    g_free(test->parent);
    g_free(test);
    return 0;
}

static inline Store *open_as(const TestCase *test, const StoreRole *role)
{
    g_autoptr(GError) error = NULL;
    Store *store = store_open(test->folder, role, test->keys, &error);
    if (!store)
        print_error("%s\n", error->message);
    assert_non_null(store);
    return store;
}

/* Any SQL, as an enemy with the file in hand would. */
static inline void raw_sql(const TestCase *test, const char *sql)
{
    g_autofree char *path = g_build_filename(test->folder, "case.db", NULL);
    sqlite3 *sqlite = NULL;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        print_error("%s: %s\n", sql, sqlite3_errmsg(sqlite));
    assert_int_equal(sqlite3_errcode(sqlite), SQLITE_OK);
    sqlite3_close(sqlite);
}

#define assert_error(error, code_wanted, words)                                                              \
    do {                                                                                                     \
        assert_non_null(error);                                                                              \
        if ((error)->code != (gint)(code_wanted) || !strstr((error)->message, (words)))                      \
            print_error("%s\n", (error)->message);                                                           \
        assert_int_equal((error)->code, (code_wanted));                                                      \
        assert_non_null(strstr((error)->message, (words)));                                                  \
    } while (0)
