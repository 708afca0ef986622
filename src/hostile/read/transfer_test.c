/* transfer_test.c - base64, quoted-printable and uuencode, whole and broken. */
#include "hostile/read/transfer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/read/block.h"

static void base64_is(const char *in, const char *expected, guint64 expected_defects, gsize expected_trailer)
{
    g_auto(Scratch) out = {0};
    guint64 defects = 0;
    gsize trailer;
    assert_true(base64_decode(span_of_string(in), &out, &defects, &trailer));
    g_autofree char *got = span_dup(scratch_span(&out));
    assert_string_equal(got, expected);
    assert_int_equal(defects, expected_defects);
    assert_int_equal(trailer, expected_trailer);
}

static void base64_whole_and_broken(void **state)
{
    (void)state;
    base64_is("", "", 0, 0);
    base64_is("aGVsbG8=", "hello", 0, 0);
    base64_is("aG\nVs bG\r\n8=\n", "hello", 0, 0);
    base64_is("aGVsbG8", "hello", DEFECT_BAD_BASE64, 0);
    base64_is("aGVsb*G8=", "hello", DEFECT_BAD_BASE64, 0);
    base64_is("aGk=\naGk=\n", "hihi", DEFECT_BAD_BASE64, 0);
    base64_is("aGk=\n-- \nfooter", "hi", DEFECT_BAD_BASE64, 10);
    base64_is("aGk=\n\n", "hi", 0, 0);
    base64_is("a", "", DEFECT_BAD_BASE64, 0);
    base64_is("=", "", DEFECT_BAD_BASE64, 0);
}

/* Every length, with and without line ends, against GLib's encoder: the wide path and its edges. */
static void base64_of_every_length(void **state)
{
    (void)state;
    char bytes[300];
    for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 37 + 11);
    for (gsize n = 0; n < sizeof bytes; n++) {
        g_autofree char *encoded = g_base64_encode((const guchar *)bytes, n);
        g_autoptr(GString) lines = g_string_new(NULL);
        for (gsize at = 0; encoded[at]; at++)
            g_string_append_printf(lines, "%c%s", encoded[at], at % 76 == 75 ? "\n" : "");
        g_auto(Scratch) out = {0};
        guint64 defects = 0;
        gsize trailer;
        assert_true(base64_decode((Span){lines->str, lines->len}, &out, &defects, &trailer));
        assert_int_equal(out.n, n);
        assert_true(n == 0 || memcmp(out.p, bytes, n) == 0);
        assert_int_equal(defects, 0);
    }
}

/* A wrong character at any place of a block is skipped, wherever it falls. */
static void base64_with_a_fault_anywhere(void **state)
{
    (void)state;
    static const char line[] = "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZyBhbmQgcnVu";
    for (gsize at = 0; at < sizeof line; at++) {
        g_autoptr(GString) broken = g_string_new(line);
        g_string_insert_c(broken, (gssize)at, '\x80');
        base64_is(broken->str, "The quick brown fox jumps over the lazy dog and run", DEFECT_BAD_BASE64, 0);
    }
}

static void quoted_is(const char *in, const char *expected, guint64 expected_defects)
{
    g_auto(Scratch) out = {0};
    guint64 defects = 0;
    assert_true(quoted_decode(span_of_string(in), &out, &defects));
    g_autofree char *got = span_dup(scratch_span(&out));
    assert_string_equal(got, expected);
    assert_int_equal(defects, expected_defects);
}

static void quoted_printable(void **state)
{
    (void)state;
    quoted_is("a=3Db", "a=b", 0);
    quoted_is("a=3db", "a=b", 0);
    quoted_is("a=\nb=  \nc=\r\nd=", "abcd", 0);
    quoted_is("a=zz", "a=zz", DEFECT_BAD_QP);
    quoted_is("a=4", "a=4", DEFECT_BAD_QP);
    quoted_is("a_b", "a_b", 0);
    g_auto(Scratch) out = {0};
    guint64 defects = 0;
    assert_true(quoted_word_decode(SPAN_OF("a_b=5F"), &out, &defects));
    assert_true(span_equals(scratch_span(&out), "a b_"));
}

static void blocks_in_text(void **state)
{
    (void)state;
    static const char text[] =
        "hi\nbegin 644 a b.bin\n#86)C\n`\nend\nthere\n=ybegin line=1 name=x\nz\n=yend\nlast\n"
        "begin at the beginning\n-----BEGIN PGP MESSAGE-----\nnever ends\n";
    static const BlockKind kinds[] = {BLOCK_UUENCODE, BLOCK_YENC, BLOCK_PGP};
    BlockCursor cursor = {.text = {text, sizeof text - 1}};
    Block block;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        assert_true(block_next(&cursor, &block));
        assert_int_equal(block.kind, kinds[i]);
        if (block.kind == BLOCK_UUENCODE) {
            g_auto(Scratch) out = {0};
            guint64 defects = 0;
            assert_true(span_equals(block.name, "a b.bin"));
            assert_true(uuencode_decode(block.inside, &out, &defects));
            assert_true(span_equals(scratch_span(&out), "abc"));
        }
    }
    assert_int_equal(block.end, sizeof text - 1);
    assert_false(block_next(&cursor, &block));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_whole_and_broken),
        cmocka_unit_test(base64_of_every_length),
        cmocka_unit_test(base64_with_a_fault_anywhere),
        cmocka_unit_test(quoted_printable),
        cmocka_unit_test(blocks_in_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
