/* seal_memory_test.c - a remembered seal is the seal, whatever was remembered before. */
#include "store/seal_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib/gstdio.h>

static void a_remembered_seal_is_the_seal(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("candor-memory-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "key", NULL);
    assert_true(case_keys_create(path, SUITE_SODIUM, NULL));
    g_autoptr(CaseKeys) keys = case_keys_open(path, NULL);
    SealMemory *memory = NULL;
    static const char *const contexts[] = {"name", "filename", "name", "filename"};
    for (guint i = 0; i < G_N_ELEMENTS(contexts); i++) {
        const Span plain = SPAN_OF("Ann Example");
        const SealedValue *value = seal_memory_get(&memory, keys, contexts[i], plain);
        guint8 sealed[64 + SEAL_OVERHEAD], fingerprint[FINGERPRINT_OF_SEAL_BYTES];
        assert_int_equal(seal(keys, contexts[i], plain, sealed), value->n);
        assert_memory_equal(sealed, value->sealed, value->n);
        case_keys_fingerprint(keys, contexts[i], plain, fingerprint);
        assert_memory_equal(fingerprint, value->fingerprint, sizeof fingerprint);
    }
    seal_memory_free(memory);
    g_unlink(path);
    g_rmdir(folder);
}

static void what_does_not_repeat_is_not_remembered(void **state)
{
    (void)state;
    SealMemory *memory = NULL;
    char longest[200] = {0};
    memset(longest, 'x', sizeof longest - 1);
    assert_null(seal_memory_get(&memory, NULL, "subject", SPAN_OF("once")));
    assert_null(seal_memory_get(&memory, NULL, "name", span_of_string(longest)));
    assert_null(seal_memory_get(&memory, NULL, "name", (Span){"a\0b", 3}));
    assert_null(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_remembered_seal_is_the_seal),
        cmocka_unit_test(what_does_not_repeat_is_not_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
