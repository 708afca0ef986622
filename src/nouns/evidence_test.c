/* evidence_test.c - each noun reads back what it wrote, and refuses what does not add up. */
#include "nouns/evidence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void split(RowBuffer *rows, Row *row)
{
    assert_false(rows->failed);
    assert_true(row_split(rows->bytes, rows->length - 1, row, NULL));
}

static void a_message_reads_back(void **state)
{
    (void)state;
    MessageRow in = {.sequence = 7,
                     .item = 1,
                     .offset = 10,
                     .length = 20,
                     .size = 19,
                     .date = G_MININT64,
                     .zone = -420,
                     .message_id = SPAN_OF("a\t%@b.example"),
                     .subject = SPAN_NONE,
                     .in_reply_to = SPAN_OF(""),
                     .defects = DEFECT_BAD_DATE,
                     .bare = TRUE,
                     .folder = SPAN_OF("Sent/2024"),
                     .kind = ITEM_IS_TASK,
                     .state = COPY_DELETED};
    in.sha256[31] = 255;
    in.key[0] = 1;
    g_auto(RowBuffer) rows = {.ceiling = 1 << 16};
    message_row_write(&rows, &in);
    Row row;
    split(&rows, &row);
    MessageRow out;
    assert_true(message_row_read(&row, &out, NULL));
    assert_int_equal(out.sequence, 7);
    assert_true(out.date == G_MININT64 && out.zone == -420);
    assert_true(span_equals(out.message_id, "a\t%@b.example"));
    assert_null(out.subject.p);
    assert_memory_equal(in.sha256, out.sha256, DIGEST_BYTES);
    assert_memory_equal(in.key, out.key, DIGEST_BYTES);
    assert_true(out.bare);
    assert_true(span_equals(out.folder, "Sent/2024"));
    assert_int_equal(out.kind, ITEM_IS_TASK);
    assert_int_equal(out.state, COPY_DELETED);
    in.kind = ITEM_KIND_COUNT; /* written as "unknown" */
    row_buffer_reset(&rows);
    message_row_write(&rows, &in);
    split(&rows, &row);
    assert_false(message_row_read(&row, &out, NULL));
}

static void a_part_that_does_not_add_up_is_refused(void **state)
{
    (void)state;
    PartRow part = {.path = SPAN_OF("1"),
                    .media_type = SPAN_OF("text/plain"),
                    .start = 5,
                    .end = 9,
                    .read = 4,
                    .scanned = 3,
                    .unscanned = 1};
    g_auto(RowBuffer) rows = {.ceiling = 1 << 16};
    part_row_write(&rows, &part);
    Row row;
    split(&rows, &row);
    PartRow out;
    assert_true(part_row_read(&row, &out, NULL));
    part.scanned = 4;
    row_buffer_reset(&rows);
    part_row_write(&rows, &part);
    split(&rows, &row);
    assert_false(part_row_read(&row, &out, NULL));
}

/* Whether an address of this text can be read. */
static gboolean is_taken(Span text, GError **error)
{
    AddressRow address = {.role = ROLE_CC, .address = text};
    g_auto(RowBuffer) rows = {.ceiling = 1 << 16};
    address_row_write(&rows, &address);
    Row row;
    split(&rows, &row);
    return address_row_read(&row, &address, error);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_false(is_taken(SPAN_OF("\xff@b.example"), &error));
    assert_non_null(strstr(error->message, "UTF-8"));
    assert_false(is_taken(SPAN_OF("12345678\xff"), NULL));
    assert_false(is_taken(SPAN_OF("1234567\xc3"), NULL));
    assert_true(is_taken(SPAN_OF("j\xc3\xb6rg.with.a.long.name@b.example"), NULL));
}

static void nul_in_text_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    for (gsize n = 1; n < 20; n++)
        for (gsize at = 0; at < n; at++) {
            char text[20];
            memset(text, 'x', sizeof text);
            assert_true(is_taken((Span){text, n}, NULL));
            text[at] = 0;
            assert_false(is_taken((Span){text, n}, NULL));
        }
}

static void defects_have_names(void **state)
{
    (void)state;
    g_autofree char *names = defect_names(DEFECT_NO_HEADER | DEFECT_BAD_TYPE | DEFECT_LENGTH_LIED);
    assert_string_equal(names, "no-header,length-lied,bad-type");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_reads_back),
        cmocka_unit_test(a_part_that_does_not_add_up_is_refused),
        cmocka_unit_test(text_that_is_not_utf8_is_refused),
        cmocka_unit_test(nul_in_text_is_refused_wherever_it_stands),
        cmocka_unit_test(defects_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
