/* text_cache_test.c - a text comes back as it was, from the case's key alone, and whatever is damaged is not there. */
#include "store/text_cache.h"

#include "store/test_case.h"

static const guint8 part[DIGEST_BYTES] = {7};
static const TextName name = {part, {"ooxml", 5}, {"1 body", 6}};

/* The one file below `folder`, g_free. */
static char *only_file(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    g_autofree char *path = g_build_filename(folder, g_dir_read_name(dir), NULL);
    assert_null(g_dir_read_name(dir));
    return g_file_test(path, G_FILE_TEST_IS_DIR) ? only_file(path) : g_steal_pointer(&path);
}

static char *entry_of(const TestCase *test)
{
    g_autofree char *cache = g_build_filename(test->folder, "cache", NULL);
    return only_file(cache);
}

static void remove_entry(const TestCase *test)
{
    g_autofree char *path = entry_of(test), *folder = g_path_get_dirname(path);
    g_autofree char *cache = g_build_filename(test->folder, "cache", NULL);
    assert_int_equal(g_remove(path), 0);
    assert_int_equal(g_rmdir(folder), 0);
    assert_int_equal(g_rmdir(cache), 0);
}

static gboolean is_text(Store *store, const TextName *of, const char *text)
{
    g_autoptr(GBytes) bytes = text_cache_get(store, of);
    return bytes && g_bytes_get_size(bytes) == strlen(text) &&
           memcmp(g_bytes_get_data(bytes, NULL), text, strlen(text)) == 0;
}

static void a_text_comes_back_and_is_sealed(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    g_autofree char *sealed = NULL;
    gsize n;
    assert_null(text_cache_get(store, &name));
    assert_true(text_cache_put(store, &name, SPAN_OF("a canary of the text"), NULL));
    assert_true(is_text(store, &name, "a canary of the text"));
    assert_true(text_cache_put(store, &name, SPAN_OF("another"), NULL));
    assert_true(is_text(store, &name, "another"));
    g_autofree char *path = entry_of(test);
    assert_true(g_file_get_contents(path, &sealed, &n, NULL));
    assert_null(memmem(sealed, n, "another", 7));
    remove_entry(test);
}

static void another_version_has_another_text(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    const TextName other = {part, {"ooxml", 5}, {"1 body,notes", 12}};
    assert_true(text_cache_put(store, &name, SPAN_OF("text"), NULL));
    assert_null(text_cache_get(store, &other));
    remove_entry(test);
}

/* Somebody who may write the folder has no key, and cannot pass one part's text off as another's. */
static void the_entry_of_another_part_does_not_open(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    const TextName other = {part, {"ooxml", 5}, {"1 body,notes", 12}};
    g_autofree char *sealed = NULL;
    gsize n;
    assert_true(text_cache_put(store, &other, SPAN_OF("of another"), NULL));
    g_autofree char *from = entry_of(test);
    assert_true(g_file_get_contents(from, &sealed, &n, NULL));
    remove_entry(test);
    assert_true(text_cache_put(store, &name, SPAN_OF("of another"), NULL));
    g_autofree char *to = entry_of(test);
    assert_true(g_file_set_contents(to, sealed, (gssize)n, NULL));
    assert_null(text_cache_get(store, &name));
    remove_entry(test);
}

static void a_damaged_entry_is_not_there(void **state)
{
    const TestCase *test = *state;
    g_autoptr(Store) store = open_as(test, &role_everything);
    assert_true(text_cache_put(store, &name, SPAN_OF("text"), NULL));
    g_autofree char *path = entry_of(test), *sealed = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &sealed, &n, NULL));
    for (gsize i = 0; i < n; i++) {
        sealed[i] ^= 1;
        assert_true(g_file_set_contents(path, sealed, (gssize)n, NULL));
        assert_null(text_cache_get(store, &name));
        sealed[i] ^= 1;
        assert_true(g_file_set_contents(path, sealed, (gssize)i, NULL));
        assert_null(text_cache_get(store, &name));
    }
    remove_entry(test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_comes_back_and_is_sealed, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(another_version_has_another_text, test_case_make, test_case_remove),
        cmocka_unit_test_setup_teardown(the_entry_of_another_part_does_not_open, test_case_make,
                                        test_case_remove),
        cmocka_unit_test_setup_teardown(a_damaged_entry_is_not_there, test_case_make, test_case_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
