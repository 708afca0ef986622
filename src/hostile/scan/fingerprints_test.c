/* fingerprints_test.c - a fingerprint is the same, wherever it comes from. */
#include "hostile/scan/fingerprints.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hostile/scan/value.h"

static const guint8 key[32] = {7};
static const Type card = {.id = "financial.card"}, phone = {.id = "contact.phone"};

static void assert_true_fingerprint(Fingerprints *fingerprints, const Type *type, Span plain)
{
    guint8 asked[16], computed[16];
    fingerprint_of(fingerprints, type, plain, asked);
    value_fingerprint(key, type, plain, computed);
    assert_memory_equal(asked, computed, sizeof computed);
}

static void it_is_that_of_the_value_however_often_it_comes(void **state)
{
    (void)state;
    g_autoptr(Fingerprints) fingerprints = fingerprints_new(key);
    for (guint round = 0; round < 3; round++)
        for (guint i = 0; i < 20000; i++) {
            char number[16];
            g_snprintf(number, sizeof number, "%u", i * 7919);
            assert_true_fingerprint(fingerprints, i % 2 ? &card : &phone, span_of_string(number));
        }
}

static void a_value_of_two_types_has_two(void **state)
{
    (void)state;
    g_autoptr(Fingerprints) fingerprints = fingerprints_new(key);
    for (guint round = 0; round < 2; round++) {
        assert_true_fingerprint(fingerprints, &card, SPAN_OF("4111112222333347"));
        assert_true_fingerprint(fingerprints, &phone, SPAN_OF("4111112222333347"));
    }
}

static void values_of_every_length_are_told_apart(void **state)
{
    (void)state;
    static const char noughts[100] = {0};
    g_autoptr(Fingerprints) fingerprints = fingerprints_new(key);
    for (guint round = 0; round < 2; round++)
        for (gsize n = 0; n <= sizeof noughts; n++)
            assert_true_fingerprint(fingerprints, &card, (Span){noughts, n});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_that_of_the_value_however_often_it_comes),
        cmocka_unit_test(a_value_of_two_types_has_two),
        cmocka_unit_test(values_of_every_length_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
