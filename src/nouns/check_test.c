/* check_test.c - an answer that keeps to the protocol passes; each way to break it is refused. */
#include "nouns/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* An answer of two messages and a gap between them, in range [100, 400). */
typedef struct {
    MessageRow first, second;
    GapRow between;
    PartRow part;
    EndRow end;
    DoneRow done;
    const char *extra; /* rows put behind the first part */
} Answer;

static Answer sound(void)
{
    return (Answer){
        .first = {.sequence = 0, .offset = 150, .length = 50},
        .second = {.sequence = 1, .offset = 300, .length = 99},
        .between = {.offset = 250, .bytes = 50, .reason = SPAN_OF("crashed")},
        .part = {.path = SPAN_OF("1"),
                 .media_type = SPAN_OF("text/plain"),
                 .end = 9,
                 .read = 9,
                 .scanned = 5,
                 .unscanned = 4},
        .end = {.rows = 4, .read = 9, .scanned = 5, .unscanned = 4},
        .done = {.unit = 7, .declared = 3, .messages = 2, .gaps = 1, .bytes = 300},
    };
}

static void write_group(RowBuffer *rows, const Answer *answer, const MessageRow *message, const char *extra)
{
    message_row_write(rows, message);
    address_row_write(rows, &(AddressRow){.role = ROLE_FROM, .address = SPAN_OF("a@b.example")});
    part_row_write(rows, &answer->part);
    row_buffer_append(rows, span_of_string(extra));
    end_row_write(rows, &answer->end);
}

static void write_answer(RowBuffer *rows, const Answer *answer)
{
    write_group(rows, answer, &answer->first, answer->extra);
    gap_row_write(rows, &answer->between);
    write_group(rows, answer, &answer->second, NULL);
    done_row_write(rows, &answer->done);
}

static gboolean passes(const Answer *answer)
{
    g_auto(RowBuffer) rows = {.ceiling = 1 << 20};
    UnitCheck check;
    DoneRow done;
    write_answer(&rows, answer);
    unit_check_range(&check, 7, 100, 400);
    g_autoptr(GError) error = NULL;
    gboolean fine = unit_check_answer(&check, (Span){rows.bytes, rows.length}, &done, &error);
    assert_int_equal(fine, error == NULL);
    return fine;
}

static void a_sound_answer_passes(void **state)
{
    (void)state;
    Answer answer = sound();
    assert_true(passes(&answer));
}

/* Places may lie apart, each is one, and none comes again. */
static gboolean passes_as_places(const Answer *answer, guint64 start, guint64 end)
{
    g_auto(RowBuffer) rows = {.ceiling = 1 << 20};
    UnitCheck check;
    DoneRow done;
    write_answer(&rows, answer);
    unit_check_places(&check, 7, start, end);
    return unit_check_answer(&check, (Span){rows.bytes, rows.length}, &done, NULL);
}

static void places_lie_apart(void **state)
{
    (void)state;
    Answer answer = sound();
    assert_false(passes_as_places(&answer, 100, 90000));
    answer.first.length = answer.second.length = 1;
    answer.second.offset = 80000;
    answer.between.bytes = 0;
    answer.done.bytes = 0;
    assert_true(passes_as_places(&answer, 100, 90000));
    assert_false(passes_as_places(&answer, 100, 80000)); /* outside */
    answer.between.offset = answer.first.offset;         /* twice */
    assert_false(passes_as_places(&answer, 100, 90000));
}

/* The unit of a PST that holds what was recovered counts the bytes of its file, the others none. */
static void recovered_places_count_the_files_bytes(void **state)
{
    (void)state;
    Answer answer = sound();
    answer.first.length = answer.second.length = 1;
    answer.first.offset = PLACES_RECOVERED + 3;
    answer.between.offset = PLACES_RECOVERED + 250;
    answer.second.offset = PLACES_RECOVERED + 299;
    assert_true(passes_as_places(&answer, PLACES_RECOVERED, PLACES_RECOVERED + 300));
    assert_false(passes_as_places(&answer, PLACES_RECOVERED, PLACES_RECOVERED + 301));
    assert_true(passes_as_places(&answer, PLACES_LOST, PLACES_RECOVERED + 300));
}

#define REFUSED(change)                                                                                      \
    do {                                                                                                     \
        Answer answer = sound();                                                                             \
        answer.change;                                                                                       \
        if (passes(&answer))                                                                                 \
            fail_msg("passed: %s", #change);                                                                 \
    } while (0)

static void places_outside_are_refused(void **state)
{
    (void)state;
    REFUSED(first.offset = 99);
    REFUSED(first.item = 1);
    REFUSED(second.offset = 302);
    REFUSED(second.length = G_MAXUINT64);
    REFUSED(between.offset = 199);
    REFUSED(between.bytes = 51);
    REFUSED(second.offset = 150);
}

static void sums_and_counts_are_checked(void **state)
{
    (void)state;
    REFUSED(first.sequence = 1);
    REFUSED(second.sequence = 0);
    REFUSED(end.rows = 5);
    REFUSED(end.read = 10);
    REFUSED(end.scanned = 4);
    REFUSED(end.unscanned = 5);
    REFUSED(part.scanned = 6);
    REFUSED(part.read = G_MAXUINT64);
    REFUSED(done.unit = 8);
    REFUSED(done.messages = 3);
    REFUSED(done.gaps = 0);
    REFUSED(done.declared = 2);
    REFUSED(done.bytes = 299);
}

static void order_is_checked(void **state)
{
    (void)state;
    static const char *const strange[] = {
        "A\tfrom\t%\ta@b.example\n",        /* an address behind a part */
        "M\t0\t0\t0\t0\n",                  /* a message in a message   */
        "D\t7\n",                           /* an end in the midst      */
        "G\t0\t151\t%\tcrashed\t%\t0\t0\n", /* another message's gap    */
        "Z\tx\n",                           /* no kind of ours          */
        "X\n",                              /* no fields                */
    };
    for (guint i = 0; i < G_N_ELEMENTS(strange); i++) {
        Answer answer = sound();
        answer.extra = strange[i];
        answer.end.rows = 5;
        if (passes(&answer))
            fail_msg("passed: %s", strange[i]);
    }
}

static void nothing_may_be_left_out(void **state)
{
    (void)state;
    g_auto(RowBuffer) rows = {.ceiling = 1 << 20};
    Answer answer = sound();
    write_answer(&rows, &answer);
    UnitCheck check;
    DoneRow done;
    unit_check_range(&check, 7, 100, 400 + CHECK_BETWEEN_BYTES);
    assert_false(unit_check_answer(&check, (Span){rows.bytes, rows.length}, &done, NULL));
    for (gsize n = 0; n < rows.length; n++) {
        unit_check_range(&check, 7, 100, 400);
        g_autofree char *cut = g_memdup2(rows.bytes, MAX(n, 1));
        assert_false(unit_check_answer(&check, (Span){cut, n}, &done, NULL));
    }
}

static void a_list_is_answered_item_by_item(void **state)
{
    (void)state;
    UnitCheck check;
    unit_check_list(&check, 7, 2);
    assert_false(unit_check_group(&check, &(GroupFacts){.item = 1, .is_message = TRUE}, NULL));
    assert_true(unit_check_group(&check, &(GroupFacts){.item = 0, .is_message = TRUE, .length = 5}, NULL));
    assert_false(unit_check_group(&check, &(GroupFacts){.item = 0, .is_message = TRUE, .sequence = 1}, NULL));
    DoneRow done = {.unit = 7, .declared = 2, .messages = 1, .gaps = 1, .bytes = 8};
    assert_false(unit_check_done(&check, &done, NULL));
    assert_true(unit_check_group(&check, &(GroupFacts){.item = 1, .length = 3}, NULL));
    assert_true(unit_check_done(&check, &done, NULL));
    assert_false(unit_check_group(&check, &(GroupFacts){.item = 2}, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_lie_apart),
        cmocka_unit_test(recovered_places_count_the_files_bytes),
        cmocka_unit_test(a_sound_answer_passes),
        cmocka_unit_test(places_outside_are_refused),
        cmocka_unit_test(sums_and_counts_are_checked),
        cmocka_unit_test(order_is_checked),
        cmocka_unit_test(nothing_may_be_left_out),
        cmocka_unit_test(a_list_is_answered_item_by_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
