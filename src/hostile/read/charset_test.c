/* charset_test.c - every warmed charset is decoded, and wrong labels are seen through. */
#include "hostile/read/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include "hostile/read/charset_label.h"

static Charsets *charsets;

static int open_charsets(void **state)
{
    (void)state;
    charsets = charsets_new(NULL);
    return charsets ? 0 : -1;
}

static int close_charsets(void **state)
{
    (void)state;
    charsets_free(charsets);
    return 0;
}

/* A few letters that the charset has, in it; found by asking ICU which of them survive. */
static gsize encode_by_icu(const char *label, char *bytes, gsize room, GString *expected)
{
    static const UChar candidates[] = {'A',   'b',   0xE9,  0xDF,   0x416,  0x44F,  0x3B1,
                                       0x5D0, 0x627, 0xE01, 0x3042, 0x6C34, 0xAC00, 0x20AC};
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(charset_label_icu(label), &status);
    if (U_FAILURE(status))
        fail_msg("%s: ICU has no such charset", label);
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    UChar sample[G_N_ELEMENTS(candidates)];
    int32_t count = 0;
    for (guint i = 0; i < G_N_ELEMENTS(candidates); i++) {
        UErrorCode one = U_ZERO_ERROR;
        char piece[32];
        ucnv_reset(converter);
        ucnv_fromUChars(converter, piece, sizeof piece, &candidates[i], 1, &one);
        if (U_SUCCESS(one))
            sample[count++] = candidates[i];
    }
    ucnv_reset(converter);
    int32_t n = ucnv_fromUChars(converter, bytes, (int32_t)room, sample, count, &status);
    assert_true(U_SUCCESS(status) && count >= 2);
    for (int32_t i = 0; i < count; i++)
        g_string_append_unichar(expected, sample[i]);
    ucnv_close(converter);
    return (gsize)n;
}

static void every_warm_charset_is_decoded(void **state)
{
    (void)state;
    guint count = 0;
    for (const char *const *label = charset_warm_labels(); *label; label++, count++) {
        char bytes[256];
        if (strcmp(*label, "iso-8859-16") == 0)
            continue; /* ICU has it not; see latin10_is_our_own */
        g_autoptr(GString) expected = g_string_new(NULL);
        g_auto(Scratch) out = {0};
        guint64 defects = 0;
        Span text;
        gsize n = encode_by_icu(*label, bytes, sizeof bytes, expected);
        assert_true(
            charset_decode(charsets, span_of_string(*label), (Span){bytes, n}, &out, &text, &defects));
        if (text.n != expected->len || memcmp(text.p, expected->str, text.n) != 0)
            fail_msg("%s: decoded to other letters", *label);
    }
    assert_true(count >= 40);
}

static void decodes_to(const char *label, Span bytes, const char *expected, guint64 expected_defects)
{
    g_auto(Scratch) out = {0};
    guint64 defects = 0;
    Span text;
    assert_true(
        charset_decode(charsets, label ? span_of_string(label) : SPAN_NONE, bytes, &out, &text, &defects));
    g_autofree char *got = span_dup(text);
    assert_string_equal(got, expected);
    assert_int_equal(defects, expected_defects);
}

static void labels_as_they_are_written(void **state)
{
    (void)state;
    decodes_to("\"UTF-8\"", SPAN_OF("\xC3\xA9"), "é", 0);
    decodes_to(" Latin1 ", SPAN_OF("\xE9"), "é", 0);
    decodes_to("iso-8859-1", SPAN_OF("\x93x\x94"), "\xE2\x80\x9Cx\xE2\x80\x9D", 0);
    decodes_to("gb2312", SPAN_OF("\xE9\x46"), "镕", 0);
    decodes_to("x-sjis", SPAN_OF("\x82\xA0"), "あ", 0);
    decodes_to("cp1251", SPAN_OF("\xC6"), "Ж", 0);
}

static void lies_are_seen_through(void **state)
{
    (void)state;
    decodes_to("iso-8859-1", SPAN_OF("\xC3\xA9"), "é", DEFECT_CHARSET_LIED);
    decodes_to("us-ascii", SPAN_OF("\xE9"), "é", DEFECT_CHARSET_LIED);
    decodes_to("utf-8",
               SPAN_OF("ab\xE9"
                       "cd"),
               "abécd", DEFECT_CHARSET_LIED);
    decodes_to("utf-8", SPAN_OF("\xC3\xA9\xC3\xA9\xE9."), "éé\xEF\xBF\xBD.", DEFECT_CHARSET_LIED);
    decodes_to("no-such-charset", SPAN_OF("\xE9"), "é", DEFECT_UNKNOWN_CHARSET);
    decodes_to(NULL, SPAN_OF("\xE9"), "é", DEFECT_UNKNOWN_CHARSET);
    decodes_to(NULL, SPAN_OF("plain"), "plain", 0);
}

static void latin10_is_our_own(void **state)
{
    (void)state;
    decodes_to("iso-8859-16", SPAN_OF("A\xA4\xBA\xE9\xFE"), "A€șéț", 0);
}

static void nul_and_torn_characters_are_replaced(void **state)
{
    (void)state;
    decodes_to("utf-8", (Span){"a\0b", 3},
               "a\xEF\xBF\xBD"
               "b",
               0);
    decodes_to("koi8-r", (Span){"a\0b", 3},
               "a\xEF\xBF\xBD"
               "b",
               0);
    decodes_to("shift_jis", SPAN_OF("a\x82"), "a\xEF\xBF\xBD", DEFECT_CHARSET_LIED);
    decodes_to("utf-16be", (Span){"\xD8\x3D\0a", 4},
               "\xEF\xBF\xBD"
               "a",
               DEFECT_CHARSET_LIED);
}

static void pairs_at_a_windows_end_stay_whole(void **state)
{
    (void)state;
    g_autoptr(GString) utf16 = g_string_new(NULL), expected = g_string_new(NULL);
    g_string_append_len(utf16, "\0x", 2);
    g_string_append_c(expected, 'x');
    for (guint i = 0; i < 3000; i++) {
        g_string_append_len(utf16, "\xD8\x3D\xDE\x00", 4);
        g_string_append_unichar(expected, 0x1F600);
    }
    decodes_to("utf-16be", (Span){utf16->str, utf16->len}, expected->str, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_warm_charset_is_decoded),
        cmocka_unit_test(labels_as_they_are_written),
        cmocka_unit_test(lies_are_seen_through),
        cmocka_unit_test(latin10_is_our_own),
        cmocka_unit_test(nul_and_torn_characters_are_replaced),
        cmocka_unit_test(pairs_at_a_windows_end_stay_whole),
    };
    return cmocka_run_group_tests(tests, open_charsets, close_charsets);
}
