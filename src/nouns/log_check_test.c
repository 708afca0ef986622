/* log_check_test.c - rows about a log that are let pass, and those that are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "nouns/log_check.h"

#define EVENT(offset, length) "V\t0\t" offset "\t" length "\t0\tr\tSend\t\t0\t0\tm\ta\t\t\t\t\t\t0\t\n"
#define ITEM "I\tf\t\tid\t\t\t0\n"
#define SIGNIN(offset, length) "S\t0\t" offset "\t" length "\t0\tr\t\ta\t\t\t\t\t\t\t\t-1\t\t\t\n"
#define GAP(offset, length) "G\t0\t" offset "\t%\tnot-a-record\t%\t" length "\t0\n"
#define DONE(declared, records, gaps)                                                                        \
    "D\t7\t" declared "\t" records "\t" gaps                                                                 \
    "\t100\t0000000000000000000000000000000000000000000000000000000000000000\n"

static gboolean passes(const char *rows)
{
    LogCheck check;
    log_check_begin(&check, 7, 0, 100);
    return log_check_answer(&check, span_of_string(rows), NULL);
}

static void a_true_answer_passes(void **state)
{
    (void)state;
    assert_true(passes(DONE("0", "0", "0")));
    assert_true(passes(EVENT("0", "10") ITEM ITEM SIGNIN("10", "20") GAP("40", "60") DONE("3", "2", "1")));
}

static void what_is_untrue_does_not(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "",
        EVENT("0", "10"),                                        /* no totals            */
        EVENT("0", "10") DONE("2", "2", "0"),                    /* wrong totals         */
        EVENT("0", "10") EVENT("5", "10") DONE("2", "2", "0"),   /* overlap              */
        EVENT("50", "10") EVENT("0", "10") DONE("2", "2", "0"),  /* out of order         */
        EVENT("90", "11") DONE("1", "1", "0"),                   /* outside              */
        EVENT("90", "18446744073709551615") DONE("1", "1", "0"), /* far outside          */
        ITEM DONE("0", "0", "0"),                                /* an item of nothing   */
        SIGNIN("0", "1") ITEM DONE("1", "1", "0"),               /* an item of a sign-in */
        EVENT("0", "10") "X\tx\n" DONE("1", "1", "0"),           /* another kind of row  */
        EVENT("0", "10") DONE("1", "1", "0") EVENT("20", "1"),   /* behind the totals    */
        "V\t0\t0\t1\n" DONE("1", "1", "0"),                      /* too few fields       */
        "V\t1\t0\t1\t0\tr\tSend\t\t0\t0\tm\ta\t\t\t\t\t\t0\t\n" DONE("1", "1", "0"), /* another item */
    };
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
        if (passes(answers[i]))
            fail_msg("answer %u passes", i);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    g_auto(RowBuffer) rows = {.ceiling = 4096};
    const EventRow event = {.item = 0,
                            .offset = 3,
                            .length = 9,
                            .at = G_MININT64,
                            .record = SPAN_OF("r"),
                            .operation = SPAN_OF("MailItemsAccessed"),
                            .access = SPAN_OF("bind"),
                            .mailbox = SPAN_OF("a\tb\n%"),
                            .actor = SPAN_OF(""),
                            .address = SPAN_OF("192.0.2.1"),
                            .client = SPAN_OF("\xc3\xab"),
                            .session = SPAN_OF("s"),
                            .token = SPAN_OF("T"),
                            .app = SPAN_OF("p"),
                            .outcome = SPAN_OF("o"),
                            .throttled = TRUE,
                            .cut = TRUE,
                            .operations = 8};
    EventRow found;
    Row row;
    event_row_write(&rows, &event);
    g_autofree char *line = g_strndup(rows.bytes, rows.length - 1);
    assert_true(row_split(line, rows.length - 1, &row, NULL));
    assert_true(event_row_read(&row, &found, NULL));
    assert_int_equal(found.offset, 3);
    assert_int_equal(found.at, G_MININT64);
    assert_true(found.throttled && found.cut);
    assert_true(span_equals(found.mailbox, "a\tb\n%"));
    assert_true(span_equals(found.outcome, "o"));
    assert_int_equal(found.operations, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_answer_passes),
        cmocka_unit_test(what_is_untrue_does_not),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
