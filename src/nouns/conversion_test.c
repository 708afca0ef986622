/* conversion_test.c - the answer to a conversion is believed only when it adds up. */
#include "nouns/conversion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const guint8 asked[2][DIGEST_BYTES] = {{1}, {2}};

/* A true answer: the first part read with a match, the second a gap. */
static char *true_answer(void)
{
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, 1 << 20);
    conversion_row_write(&rows, &(ConversionRow){.sha256 = {1},
                                                 .converter = SPAN_OF("ooxml"),
                                                 .version = SPAN_OF("1 body"),
                                                 .state = PART_CUT,
                                                 .read = 10,
                                                 .scanned = 7,
                                                 .unscanned = 3,
                                                 .text = 5,
                                                 .matches = 1,
                                                 .gaps = 1});
    text_rows_write(&rows, SPAN_OF("a\n%bc"));
    match_row_write(&rows, &(MatchRow){.path = SPAN_OF(""),
                                       .type = SPAN_OF("secret.pin"),
                                       .rule = SPAN_OF("pin"),
                                       .start = 1,
                                       .end = 5,
                                       .masked = SPAN_OF("•")});
    gap_row_write(&rows, &(GapRow){.reason = SPAN_OF("embedded")});
    gap_row_write(&rows, &(GapRow){.item = 1, .reason = SPAN_OF("missing")});
    done_row_write(&rows, &(DoneRow){.unit = 4, .declared = 2, .messages = 1, .gaps = 1});
    return g_strndup(rows.bytes, rows.length);
}

static gboolean holds(const char *rows)
{
    const ConversionCheck check = {.unit = 4, .asked = asked, .count = 2};
    g_autoptr(GError) error = NULL;
    return conversion_check_answer(&check, span_of_string(rows), &error);
}

static void a_true_answer_is_believed(void **state)
{
    (void)state;
    g_autofree char *rows = true_answer();
    assert_true(holds(rows));
}

static void a_row_comes_back_as_it_was(void **state)
{
    (void)state;
    g_autofree char *rows = true_answer();
    Row row;
    ConversionRow conversion;
    assert_true(row_split(rows, strcspn(rows, "\n"), &row, NULL));
    assert_true(conversion_row_read(&row, &conversion, NULL));
    assert_true(span_equals(conversion.version, "1 body"));
    assert_int_equal(conversion.state, PART_CUT);
    assert_int_equal(conversion.unscanned, 3);
    assert_int_equal(conversion.text, 5);
}

/* Each replaces a piece of a true answer by another. */
static void a_false_answer_is_not(void **state)
{
    (void)state;
    static const char *const lies[][2] = {
        {"V\t0\t01", "V\t0\t02"},           /* another part                    */
        {"V\t0\t", "V\t7\t"},               /* one that was not asked for      */
        {"\t10\t7\t3\t", "\t10\t8\t3\t"},   /* sums                            */
        {"\tcut\t", "\tfine\t"},            /* a state that there is not       */
        {"%25bc", "%25b"},                  /* text that is shorter            */
        {"\t1\t5\t", "\t1\t6\t"},           /* a match behind the text         */
        {"\tpin\t", "\tpin%2\t"},           /* a malformed row                 */
        {"G\t1\t", "G\t0\t"},               /* a gap more than counted         */
        {"D\t4\t2\t1\t1", "D\t4\t2\t2\t0"}, /* totals                          */
        {"D\t4\t", "D\t5\t"},               /* another unit                    */
        {"X\t\t", "X\t1\t"},                /* a path                          */
        {"T\ta", "W\ta"},                   /* a row of another kind           */
        {"\nD", "\n\nD"},                   /* an empty line                   */
    };
    for (guint i = 0; i < G_N_ELEMENTS(lies); i++) {
        g_autofree char *rows = true_answer();
        const char *at = strstr(rows, lies[i][0]);
        assert_non_null(at);
        g_autofree char *before = g_strndup(rows, (gsize)(at - rows));
        g_autofree char *changed = g_strconcat(before, lies[i][1], at + strlen(lies[i][0]), NULL);
        if (holds(changed))
            fail_msg("lie %u was believed", i);
    }
}

static void an_answer_must_end(void **state)
{
    (void)state;
    g_autofree char *rows = true_answer();
    for (gsize n = strlen(rows); n-- > 0;) {
        rows[n] = '\0';
        assert_false(holds(rows));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_answer_is_believed),
        cmocka_unit_test(a_row_comes_back_as_it_was),
        cmocka_unit_test(a_false_answer_is_not),
        cmocka_unit_test(an_answer_must_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
