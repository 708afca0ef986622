/* row_test.c - what goes into a row comes out again; what is no row is refused. */
#include "lib/row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "lib/error.h"

static void every_byte_survives(void **state)
{
    (void)state;
    char all[256];
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    g_auto(RowBuffer) rows = {.ceiling = 1 << 20};
    row_begin(&rows, 'M');
    row_put(&rows, (Span){all, sizeof all});
    row_put(&rows, SPAN_NONE);
    row_put(&rows, SPAN_OF(""));
    row_put_string(&rows, "%");
    row_put_int(&rows, G_MININT64);
    row_put_uint(&rows, G_MAXUINT64);
    row_put_hex(&rows, (const guint8 *)all + 250, 3);
    row_end(&rows);
    assert_false(rows.failed);
    assert_int_equal(rows.bytes[rows.length - 1], '\n');
    assert_null(memchr(rows.bytes, '\n', rows.length - 1));

    Row row;
    assert_true(row_split(rows.bytes, rows.length - 1, &row, NULL));
    assert_int_equal(row.kind, 'M');
    assert_int_equal(row.count, 7);
    assert_int_equal(row.field[0].n, 256);
    assert_memory_equal(row.field[0].p, all, 256);
    assert_null(row.field[1].p);
    assert_non_null(row.field[2].p);
    assert_int_equal(row.field[2].n, 0);
    assert_true(span_equals(row.field[3], "%"));
    gint64 least;
    assert_true(row_int(row.field[4], &least) && least == G_MININT64);
    guint64 most;
    assert_true(row_uint(row.field[5], &most) && most == G_MAXUINT64);
    guint8 bytes[3];
    assert_true(row_hex(row.field[6], bytes, 3) && bytes[0] == 250 && bytes[2] == 252);
}

static void what_is_no_row_is_refused(void **state)
{
    (void)state;
    const char *const bad[] = {"", "MM", "M\t%4", "M\t%zz", "M\ta%", "M\t%%41"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *line = g_strdup(bad[i]);
        g_autoptr(GError) error = NULL;
        Row row;
        assert_false(row_split(line, strlen(line), &row, &error));
        assert_true(g_error_matches(error, CANDOR_ERROR, CANDOR_ERROR_FORMAT));
    }
    g_autoptr(GString) many = g_string_new("M");
    for (int i = 0; i <= ROW_MAX_FIELDS; i++)
        g_string_append(many, "\tx");
    Row row;
    assert_false(row_split(many->str, many->len, &row, NULL));
}

static void numbers_are_exact(void **state)
{
    (void)state;
    guint64 number;
    gint64 integer;
    assert_false(row_uint(SPAN_OF("18446744073709551616"), &number));
    assert_false(row_uint(SPAN_OF(""), &number));
    assert_false(row_uint(SPAN_OF("-1"), &number));
    assert_false(row_uint(SPAN_OF("1 "), &number));
    assert_false(row_int(SPAN_OF("9223372036854775808"), &integer));
    assert_false(row_int(SPAN_OF("-"), &integer));
    assert_true(row_int(SPAN_OF("-1"), &integer) && integer == -1);
}

static void only_hex_digits_are_hex(void **state)
{
    (void)state;
    guint8 byte;
    for (int c = 0; c < 256; c++) {
        const char digits[2][2] = {{(char)c, '1'}, {'1', (char)c}};
        for (guint i = 0; i < 2; i++)
            assert_int_equal(row_hex((Span){digits[i], 2}, &byte, 1), g_ascii_isxdigit((char)c));
        if (g_ascii_isxdigit((char)c)) {
            assert_true(row_hex((Span){digits[1], 2}, &byte, 1));
            assert_int_equal(byte, 16 + g_ascii_xdigit_value((char)c));
        }
    }
    assert_false(row_hex(SPAN_OF("123"), &byte, 1));
}

static void the_ceiling_holds(void **state)
{
    (void)state;
    g_auto(RowBuffer) rows = {.ceiling = 5000};
    for (int i = 0; i < 1000; i++) {
        row_begin(&rows, 'X');
        row_put_string(&rows, "0123456789");
        row_end(&rows);
    }
    assert_true(rows.failed);
    assert_true(rows.length <= 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_survives), cmocka_unit_test(what_is_no_row_is_refused),
        cmocka_unit_test(numbers_are_exact),   cmocka_unit_test(only_hex_digits_are_hex),
        cmocka_unit_test(the_ceiling_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
