/* seal_test.c - one table of tests for every suite: seals, key files, signatures; and OpenSSL's again under FIPS. */
#include "lib/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <stdio.h>
#include <sys/stat.h>
#include "lib/error.h"

typedef struct {
    Suite suite;
    char *folder, *path;
    CaseKeys *keys;
} Fixture;

static int make_keys(void **state, Suite suite)
{
    Fixture *it = g_new0(Fixture, 1);
    it->suite = suite;
    it->folder = g_dir_make_tmp("candor-seal-XXXXXX", NULL);
    it->path = g_build_filename(it->folder, "a.key", NULL);
    it->keys = case_keys_create(it->path, suite, NULL) ? case_keys_open(it->path, NULL) : NULL;
    *state = it;
    return it->keys ? 0 : -1;
}

static int make_sodium(void **state)
{
    return make_keys(state, SUITE_SODIUM);
}

static int make_openssl(void **state)
{
    return make_keys(state, SUITE_OPENSSL);
}

static int remove_keys(void **state)
{
    Fixture *it = *state;
    g_autofree char *other = g_build_filename(it->folder, "b.key", NULL);
    g_remove(it->path);
    g_remove(other);
    g_rmdir(it->folder);
    case_keys_free(it->keys);
    g_free(it->path);
    g_free(it->folder);
    g_free(it);
    return 0;
}

/* Another key file of the same suite. */
static CaseKeys *other_keys(const Fixture *it)
{
    g_autofree char *path = g_build_filename(it->folder, "b.key", NULL);
    assert_true(case_keys_create(path, it->suite, NULL));
    CaseKeys *keys = case_keys_open(path, NULL);
    assert_non_null(keys);
    return keys;
}

static void what_is_sealed_opens(void **state)
{
    const Fixture *it = *state;
    g_autofree char *plain = g_malloc(5000);
    g_autofree guint8 *sealed = g_malloc(5000 + SEAL_OVERHEAD), *opened = g_malloc(5000 + SEAL_OVERHEAD);
    for (gsize i = 0; i < 5000; i++)
        plain[i] = (char)(i * 7);
    const gsize sizes[] = {0, 1, 15, 16, 17, 63, 64, 65, 4999};
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        gsize n = seal(it->keys, "subject", (Span){plain, sizes[i]}, sealed);
        assert_true(n > sizes[i] && n <= sizes[i] + SEAL_OVERHEAD);
        assert_int_equal(sealed[0], it->suite);
        assert_int_equal(unseal(it->keys, "subject", (Span){(char *)sealed, n}, opened, NULL), sizes[i]);
        assert_memory_equal(opened, plain, sizes[i]);
    }
}

static void equal_values_seal_alike(void **state)
{
    const Fixture *it = *state;
    guint8 one[128], two[128], other[128];
    gsize n = seal(it->keys, "name", SPAN_OF("A. Person"), one);
    assert_int_equal(seal(it->keys, "name", SPAN_OF("A. Person"), two), n);
    assert_memory_equal(one, two, n);
    seal(it->keys, "view", SPAN_OF("A. Person"), other);
    assert_memory_not_equal(one, other, n);
    /* Context and value are parted: "ab" + "c" is not "a" + "bc". */
    guint8 left[FINGERPRINT_OF_SEAL_BYTES], right[FINGERPRINT_OF_SEAL_BYTES];
    case_keys_fingerprint(it->keys, "ab", SPAN_OF("c"), left);
    case_keys_fingerprint(it->keys, "a", SPAN_OF("bc"), right);
    assert_memory_not_equal(left, right, sizeof left);
    case_keys_fingerprint(it->keys, "ab", SPAN_OF("c"), right);
    assert_memory_equal(left, right, sizeof left);
}

static void any_changed_bit_is_refused(void **state)
{
    const Fixture *it = *state;
    guint8 sealed[128], opened[128];
    gsize n = seal(it->keys, "subject", SPAN_OF("quarterly figures"), sealed);
    for (gsize bit = 0; bit < 8 * n; bit++) {
        g_autoptr(GError) error = NULL;
        sealed[bit / 8] ^= (guint8)(1 << bit % 8);
        assert_int_equal(unseal(it->keys, "subject", (Span){(char *)sealed, n}, opened, &error), -1);
        assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_DENIED));
        sealed[bit / 8] ^= (guint8)(1 << bit % 8);
    }
    for (gsize shorter = 0; shorter < n; shorter++)
        assert_int_equal(unseal(it->keys, "subject", (Span){(char *)sealed, shorter}, opened, NULL), -1);
    assert_int_equal(unseal(it->keys, "name", (Span){(char *)sealed, n}, opened, NULL), -1);
    g_autoptr(CaseKeys) other = other_keys(it);
    assert_int_equal(unseal(other, "subject", (Span){(char *)sealed, n}, opened, NULL), -1);
    assert_true(unseal(it->keys, "subject", (Span){(char *)sealed, n}, opened, NULL) > 0);
}

static void keys_read_again_are_the_same(void **state)
{
    const Fixture *it = *state;
    g_autoptr(CaseKeys) again = case_keys_open(it->path, NULL);
    g_autoptr(CaseKeys) other = other_keys(it);
    guint8 one[16], two[16], three[16], sealed[128], opened[128];
    case_keys_check_value(it->keys, one);
    case_keys_check_value(again, two);
    case_keys_check_value(other, three);
    assert_memory_equal(one, two, 16);
    assert_memory_not_equal(one, three, 16);
    assert_memory_equal(case_keys_fingerprint_key(it->keys), case_keys_fingerprint_key(again), KEY_BYTES);
    assert_memory_not_equal(case_keys_fingerprint_key(it->keys), case_keys_fingerprint_key(other), KEY_BYTES);
    gsize n = seal(it->keys, "name", SPAN_OF("A. Person"), sealed);
    assert_int_equal(unseal(again, "name", (Span){(char *)sealed, n}, opened, NULL), 9);
    assert_int_equal(case_keys_suite(again), it->suite);
    g_autoptr(GBytes) public_one = case_keys_public(it->keys), public_two = case_keys_public(again);
    assert_true(g_bytes_equal(public_one, public_two));
}

static void a_signature_holds_for_its_message_alone(void **state)
{
    const Fixture *it = *state;
    guint8 signature[SIGNATURE_MAX_BYTES];
    Span message = SPAN_OF("head of 5 acts");
    gsize n = sign_bytes(it->keys, message, signature);
    Span signed_so = {(char *)signature, n};
    g_autoptr(GBytes) public_key = case_keys_public(it->keys);
    assert_true(n <= SIGNATURE_MAX_BYTES);
    assert_true(signature_verifies(it->suite, public_key, message, signed_so));
    assert_false(signature_verifies(it->suite, public_key, SPAN_OF("head of 6 acts"), signed_so));
    assert_false(signature_verifies(it->suite, public_key, message, (Span){(char *)signature, n - 1}));
    assert_false(signature_verifies(it->suite, public_key, message, SPAN_OF("")));
    g_autoptr(CaseKeys) other = other_keys(it);
    g_autoptr(GBytes) other_public = case_keys_public(other);
    assert_false(signature_verifies(it->suite, other_public, message, signed_so));
    for (gsize i = 0; i < n; i++) {
        signature[i] ^= 1;
        assert_false(signature_verifies(it->suite, public_key, message, signed_so));
        signature[i] ^= 1;
    }
    g_autoptr(GBytes) nonsense = g_bytes_new_static("no point on any curve", 21);
    assert_false(signature_verifies(it->suite, nonsense, message, signed_so));
}

static void a_key_file_is_never_written_over(void **state)
{
    const Fixture *it = *state;
    g_autoptr(GError) error = NULL;
    assert_false(case_keys_create(it->path, it->suite, &error));
    assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_CONFLICT));
    struct stat is;
    assert_int_equal(stat(it->path, &is), 0);
    assert_int_equal(is.st_mode & 07777, 0600);
}

static void a_bad_key_file_is_named(void **state)
{
    const Fixture *it = *state;
    g_autoptr(GError) open_to_others = NULL, missing = NULL, folder = NULL;
    assert_int_equal(g_chmod(it->path, 0640), 0);
    assert_null(case_keys_open(it->path, &open_to_others));
    assert_true(g_error_matches(open_to_others, CANDOR_ERROR, CANDOR_ERROR_DENIED));
    assert_non_null(strstr(open_to_others->message, "chmod 600"));
    assert_null(case_keys_open(it->folder, &folder));
    assert_true(g_error_matches(folder, CANDOR_ERROR, CANDOR_ERROR_DENIED));
    assert_null(case_keys_open("/no/such.key", &missing));
    assert_true(g_error_matches(missing, CANDOR_ERROR, CANDOR_ERROR_MISSING));
    assert_non_null(strstr(missing->message, "CANDOR_KEY_FILE"));
    const char *const bad[] = {
        "", "candor-key 1 sodium\n", "candor-key 2 sodium 00\n",
        ("a long line of something else "
         "that is no key at all but goes on and on and on and on and on and on for a while\n")};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        assert_true(g_file_set_contents(it->path, bad[i], -1, NULL));
        g_chmod(it->path, 0600);
        assert_null(case_keys_open(it->path, &error));
        assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_FORMAT));
        assert_non_null(strstr(error->message, it->path));
    }
}

#define TABLE(make)                                                                                          \
    cmocka_unit_test_setup_teardown(what_is_sealed_opens, make, remove_keys),                                \
        cmocka_unit_test_setup_teardown(equal_values_seal_alike, make, remove_keys),                         \
        cmocka_unit_test_setup_teardown(any_changed_bit_is_refused, make, remove_keys),                      \
        cmocka_unit_test_setup_teardown(keys_read_again_are_the_same, make, remove_keys),                    \
        cmocka_unit_test_setup_teardown(a_signature_holds_for_its_message_alone, make, remove_keys),         \
        cmocka_unit_test_setup_teardown(a_key_file_is_never_written_over, make, remove_keys),                \
        cmocka_unit_test_setup_teardown(a_bad_key_file_is_named, make, remove_keys)

/* --- FIPS ------------------------------------------------------------------------------------------------------ */

/* The configuration that fips.so wants: written by the operator, or by `openssl fipsinstall` into `folder` here. */
static char *fips_configuration(const char *folder, const char *module)
{
    g_autofree char *section = g_build_filename(folder, "fips.cnf", NULL);
    g_autofree char *path = g_build_filename(folder, "openssl.cnf", NULL);
    g_autofree char *command =
        g_strdup_printf("openssl fipsinstall -quiet -module %s -out %s", module, section);
    int status = 0;
    if (!g_spawn_command_line_sync(command, NULL, NULL, &status, NULL) || status != 0)
        return NULL;
    g_autofree char *text =
        g_strdup_printf("openssl_conf = init\n.include %s\n[init]\nproviders = list\n"
                        "[list]\nfips = fips_sect\nbase = base_sect\n[base_sect]\nactivate = 1\n",
                        section);
    return g_file_set_contents(path, text, -1, NULL) ? g_steal_pointer(&path) : NULL;
}

/* Run the OpenSSL half of the table again in a library context that has nothing but FIPS and the key decoders. */
static int run_under_fips(const char *module)
{
    const struct CMUnitTest tests[] = {TABLE(make_openssl)};
    g_autofree char *folder = g_dir_make_tmp("candor-fips-XXXXXX", NULL);
    g_autofree char *path = fips_configuration(folder, module);
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
    int failed = 1;
    if (path && OSSL_LIB_CTX_load_config(library, path) == 1 && OSSL_PROVIDER_available(library, "fips")) {
        EVP_set_default_properties(library, "fips=yes");
        OSSL_LIB_CTX *before = OSSL_LIB_CTX_set0_default(library);
        failed = cmocka_run_group_tests_name("openssl under FIPS", tests, NULL, NULL);
        OSSL_LIB_CTX_set0_default(before);
    } else {
        printf("FAILED: %s is there, but OpenSSL does not take it\n", module);
    }
    OSSL_LIB_CTX_free(library);
    for (const char *const *name = (const char *const[]){"fips.cnf", "openssl.cnf", NULL}; *name; name++) {
        g_autofree char *file = g_build_filename(folder, *name, NULL);
        g_remove(file);
    }
    g_rmdir(folder);
    return failed;
}

int main(void)
{
    const struct CMUnitTest sodium[] = {TABLE(make_sodium)};
    const struct CMUnitTest openssl[] = {TABLE(make_openssl)};
    int failed = cmocka_run_group_tests_name("sodium", sodium, NULL, NULL) +
                 cmocka_run_group_tests_name("openssl", openssl, NULL, NULL);
    const char *told = OPENSSL_info(OPENSSL_INFO_MODULES_DIR);
    g_autofree char *module = g_build_filename(told, "fips.so", NULL);
    if (g_file_test(module, G_FILE_TEST_EXISTS))
        failed += run_under_fips(module);
    else
        printf("SKIPPED: the table under FIPS: there is no %s\n", module);
    return failed;
}
