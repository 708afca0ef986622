/* release_test.c - a release opens with its key, whole, and no other way. */
#include "nouns/release.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "nouns/release_rows.h"

typedef struct {
    char *folder, *key_path, *path;
    CaseKeys *keys, *alpha, *beta;
} Fixture;

static int make(void **state, Suite suite)
{
    Fixture *it = g_new0(Fixture, 1);
    it->folder = g_dir_make_tmp("candor-release-XXXXXX", NULL);
    it->key_path = g_build_filename(it->folder, "case.key", NULL);
    it->path = g_build_filename(it->folder, "a.release", NULL);
    assert_true(case_keys_create(it->key_path, suite, NULL));
    it->keys = case_keys_open(it->key_path, NULL);
    g_autofree char *alpha = release_branch("alpha"), *beta = release_branch("beta");
    it->alpha = case_keys_branch(it->keys, alpha, NULL);
    it->beta = case_keys_branch(it->keys, beta, NULL);
    *state = it;
    return it->alpha && it->beta ? 0 : -1;
}

static int make_sodium(void **state)
{
    return make(state, SUITE_SODIUM);
}

static int make_openssl(void **state)
{
    return make(state, SUITE_OPENSSL);
}

static int take_away(void **state)
{
    Fixture *it = *state;
    g_remove(it->path);
    g_remove(it->key_path);
    g_rmdir(it->folder);
    case_keys_free(it->alpha);
    case_keys_free(it->beta);
    case_keys_free(it->keys);
    g_free(it->folder);
    g_free(it->key_path);
    g_free(it->path);
    g_free(it);
    return 0;
}

/* Three objects, of which the second is longer than two chunks. */
#define LONG (2 * RELEASE_CHUNK_BYTES + 100)
#define MANIFEST "C\t1\talpha\tVendor\n"

static void write_release(const Fixture *it, char sha256[65], guint64 offsets[3])
{
    g_autofree char *long_one = g_malloc(LONG);
    memset(long_one, 'x', LONG);
    g_autoptr(ReleaseWriter) writer = release_writer_new(it->path, "alpha", it->alpha, NULL);
    assert_non_null(writer);
    assert_true(release_writer_add(writer, SPAN_OF("first"), &offsets[0], NULL));
    assert_true(release_writer_add(writer, (Span){long_one, LONG}, &offsets[1], NULL));
    assert_true(release_writer_add(writer, SPAN_OF("third"), &offsets[2], NULL));
    assert_true(release_writer_finish(writer, SPAN_OF(MANIFEST), sha256, NULL));
}

static void what_was_put_in_comes_out(void **state)
{
    const Fixture *it = *state;
    guint64 offsets[3];
    char one[65], other[65];
    write_release(it, one, offsets);
    g_autoptr(Release) release = release_open(it->path, it->alpha, NULL);
    assert_non_null(release);
    assert_string_equal(release_customer(release), "alpha");
    assert_true(span_equals(release_manifest(release), MANIFEST));
    g_autoptr(GByteArray) first = release_read(release, offsets[0], 5, NULL);
    g_autoptr(GByteArray) second = release_read(release, offsets[1], LONG, NULL);
    g_autoptr(GByteArray) third = release_read(release, offsets[2], 5, NULL);
    assert_memory_equal(first->data, "first", 5);
    assert_int_equal(second->len, LONG);
    assert_int_equal(second->data[LONG - 1], 'x');
    assert_memory_equal(third->data, "third", 5);
    assert_null(release_read(release, offsets[2], 1 << 20, NULL));
    write_release(it, other, offsets);
    assert_string_equal(one, other);
}

static void another_key_opens_nothing(void **state)
{
    const Fixture *it = *state;
    guint64 offsets[3];
    char sha256[65];
    write_release(it, sha256, offsets);
    const CaseKeys *others[] = {it->beta, it->keys};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(release_open(it->path, others[i], &error));
        assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_DENIED));
    }
}

/* The written key file opens what the branch sealed. */
static void a_written_key_is_the_same(void **state)
{
    const Fixture *it = *state;
    guint64 offsets[3];
    char sha256[65];
    struct stat status;
    g_autofree char *path = g_build_filename(it->folder, "alpha.key", NULL);
    assert_true(case_keys_branch_create(it->keys, "customer alpha", path, NULL));
    assert_false(case_keys_branch_create(it->keys, "customer alpha", path, NULL));
    g_autoptr(CaseKeys) keys = case_keys_open(path, NULL);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    write_release(it, sha256, offsets);
    g_autoptr(Release) release = release_open(it->path, keys, NULL);
    assert_non_null(release);
    g_remove(path);
}

static void whatever_was_changed_is_found(void **state)
{
    const Fixture *it = *state;
    guint64 offsets[3];
    char sha256[65];
    g_autofree char *bytes = NULL;
    gsize n;
    write_release(it, sha256, offsets);
    assert_true(g_file_get_contents(it->path, &bytes, &n, NULL));
    for (gsize at = 0; at < n; at += at < 120 || at > n - 60 ? 1 : 997) {
        bytes[at] ^= 1;
        assert_true(g_file_set_contents(it->path, bytes, (gssize)n, NULL));
        g_autoptr(Release) release = release_open(it->path, it->alpha, NULL);
        g_autoptr(GByteArray) all = release ? release_read(release, 0, LONG, NULL) : NULL;
        if (all)
            fail_msg("a change at %" G_GSIZE_FORMAT " was not found", at);
        bytes[at] ^= 1;
    }
}

static void a_shorter_one_is_refused(void **state)
{
    const Fixture *it = *state;
    guint64 offsets[3];
    char sha256[65];
    g_autofree char *bytes = NULL;
    gsize n;
    write_release(it, sha256, offsets);
    assert_true(g_file_get_contents(it->path, &bytes, &n, NULL));
    const char *head = memchr(bytes + strlen("candor-release 1\n"), '\n', n);
    gsize chunk = RELEASE_CHUNK_BYTES + seal_overhead(it->alpha), begin = (gsize)(head + 1 - bytes);
    const gsize cuts[] = {0, 10, begin, begin + 1, begin + chunk, begin + 2 * chunk, n - 1};
    for (guint i = 0; i < G_N_ELEMENTS(cuts); i++) {
        assert_true(g_file_set_contents(it->path, bytes, (gssize)cuts[i], NULL));
        assert_null(release_open(it->path, it->alpha, NULL));
    }
}

static void one_that_is_not_finished_is_gone(void **state)
{
    const Fixture *it = *state;
    guint64 offset;
    ReleaseWriter *writer = release_writer_new(it->path, "alpha", it->alpha, NULL);
    assert_true(release_writer_add(writer, SPAN_OF("half"), &offset, NULL));
    release_writer_free(writer);
    assert_false(g_file_test(it->path, G_FILE_TEST_EXISTS));
}

static void rows_of_objects_come_back(void **state)
{
    (void)state;
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, 1 << 20);
    g_autofree char *bytes = g_malloc0(100000);
    object_row_write(&rows,
                     &(ObjectRow){.kind = OBJECT_FILE, .path = SPAN_OF("1.2"), .bytes = 100000, .cut = TRUE});
    piece_rows_write(&rows, (Span){bytes, 100000});
    g_autoptr(GByteArray) read = g_byte_array_new();
    ObjectRow object = {0};
    for (char *line = rows.bytes, *end = rows.bytes + rows.length, *stop; line < end; line = stop + 1) {
        Row row;
        stop = memchr(line, '\n', (gsize)(end - line));
        assert_true(row_split(line, (gsize)(stop - line), &row, NULL));
        assert_true(row.kind == 'O' ? object_row_read(&row, &object, NULL)
                                    : piece_row_read(&row, read, NULL));
    }
    assert_int_equal(object.kind, OBJECT_FILE);
    assert_true(object.cut);
    assert_int_equal(read->len, 100000);
    char bad[] = "B\tno base64!";
    Row row;
    assert_true(row_split(bad, strlen(bad), &row, NULL));
    assert_false(piece_row_read(&row, read, NULL));
}

#define BOTH(test)                                                                                           \
    cmocka_unit_test_setup_teardown(test, make_sodium, take_away),                                           \
        cmocka_unit_test_setup_teardown(test, make_openssl, take_away)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(what_was_put_in_comes_out),
        BOTH(another_key_opens_nothing),
        BOTH(a_written_key_is_the_same),
        BOTH(whatever_was_changed_is_found),
        BOTH(a_shorter_one_is_refused),
        BOTH(one_that_is_not_finished_is_gone),
        cmocka_unit_test(rows_of_objects_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
