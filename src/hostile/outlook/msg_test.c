/* msg_test.c - MSG files are read whole, broken ones as far as they go, and what is missing is said.
 *
 * The files of tests/corpus/msg are made by tests/outlook.py, which shares no code with the reader. */
#include "hostile/outlook/msg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/cfb/cfb.h"
#include "hostile/outlook/made.h"

static void expect(void **state, const char *seed, const char *const *lines)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed(seed);
    assert_true(msg_takes(made_span(bytes)));
    g_autoptr(Item) item = msg_read(made_span(bytes), made->charsets);
    made_expect(made, item, lines);
    assert_int_equal(item->losses->len, 0);
}

static void a_letter_and_its_attachment(void **state)
{
    expect(state, "msg/letter",
           (const char *const[]){"address from Ada North|ada@north.example",
                                 "address to Ben South|ben@south.example", "address cc Cy|cy@south.example",
                                 "address bcc Di West|di@west.example", "pseudo @subject|Plans",
                                 "text 1|Hello/world", "pseudo @filename:2|note.txt", "text 2|attached words",
                                 NULL});
}

static void a_letter_within_a_letter(void **state)
{
    expect(state, "msg/letters",
           (const char *const[]){"text 1|outer", "pseudo @subject:2|Inner", "text 2.1|inner words",
                                 "pseudo @filename:2.2|deep.txt", "text 2.2|deep words",
                                 "pseudo @filename:3|big.bin", NULL});
}

static void a_letter_and_bytes_in_one_attachment_are_both_kept(void **state)
{
    expect(state, "msg/two-contents",
           (const char *const[]){"text 2.1|inner words", "pseudo @filename:3|Inner", "text 3|words beside it",
                                 "text 4|last words", NULL});
}

static void named_properties_and_several_values(void **state)
{
    expect(state, "msg/meeting",
           (const char *const[]){"text 1|Badge: B-7/Keywords: red/Keywords: green/Location: Room 7/", NULL});
}

static void strings_in_a_code_page(void **state)
{
    expect(state, "msg/cyrillic",
           (const char *const[]){"pseudo @subject|Привет", "address to Борис|ben@south.example",
                                 "text 1|Текст", NULL});
}

static void bodies_in_html_and_rtf(void **state)
{
    expect(state, "msg/html", (const char *const[]){"html 1|caf\xc3\xa9/", NULL});
    expect(state, "msg/rtf-alone", (const char *const[]){"html 1|only in RTF/", NULL});
}

/* --- OLE objects and links ----------------------------------------------------------------------------------- */

static void stream_is(Cfb *cfb, guint32 storage, const char *name, const char *want, gsize n)
{
    g_auto(Scratch) bytes = {0};
    guint32 stream = cfb_find(cfb, storage, name);
    assert_int_not_equal(stream, CFB_NONE);
    assert_true(cfb_append(cfb, stream, &bytes));
    assert_int_equal(bytes.n, n);
    assert_memory_equal(bytes.p, want, n);
}

static void an_ole_object_keeps_its_streams(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("msg/ole-and-link");
    g_autoptr(Item) item = msg_read(made_span(bytes), made->charsets);
    const ItemAttachment *object = item->attachments->pdata[0], *link = item->attachments->pdata[1];
    g_autofree char *many = g_strnfill(5000, 'x');
    g_autoptr(Cfb) cfb = cfb_open(object->data);
    assert_non_null(cfb);
    assert_false(cfb_is_damaged(cfb));
    stream_is(cfb, CFB_ROOT, "CONTENTS", "inside an object", strlen("inside an object"));
    stream_is(cfb, CFB_ROOT, "\1Ole", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    stream_is(cfb, cfb_find(cfb, CFB_ROOT, "Deep"), "More", many, 5000);
    assert_string_equal(link->loss, "external");
    g_auto(Scratch) again = {0};
    assert_true(cfb_extract(cfb, CFB_ROOT, &again));
    assert_int_equal(again.n, object->data.n);
    assert_memory_equal(again.p, object->data.p, again.n);
}

/* --- broken files -------------------------------------------------------------------------------------------- */

/* A file as large as the bytes that it has, so that a sanitizer sees who reads behind them. */
static Item *read_copy(Made *made, const char *p, gsize n)
{
    g_autofree char *copy = g_memdup2(p, n);
    return msg_read((Span){copy, n}, made->charsets);
}

static void what_is_cut_is_a_loss(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("msg/letters");
    Span whole = made_span(bytes);
    for (gsize n = 0; n < whole.n; n += 97) {
        g_autoptr(Item) item = read_copy(made, whole.p, n);
        assert_true(made_lost(item, "item-damaged") || made_lost(item, "attachment-damaged"));
        made_check(made, item);
    }
}

/* Where a record of the directory with this name begins. */
static gsize find_record(Span bytes, const char *name)
{
    g_autofree gunichar2 *utf16 = g_utf8_to_utf16(name, -1, NULL, NULL, NULL);
    const char *at = memmem(bytes.p, bytes.n, utf16, 2 * (strlen(name) + 1));
    assert_non_null(at);
    return (gsize)(at - bytes.p);
}

static void a_tree_in_circles_ends(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("msg/letters");
    Span whole = made_span(bytes);
    g_autofree char *copy = g_memdup2(whole.p, whole.n);
    memset(copy + find_record(whole, "__attach_version1.0_#00000000") + 76, 0, 4);
    g_autoptr(Item) item = msg_read((Span){copy, whole.n}, made->charsets);
    assert_true(made_lost(item, "item-damaged"));
    made_check(made, item);
}

static void a_chain_in_circles_ends(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("msg/letters");
    Span whole = made_span(bytes);
    g_autofree char *copy = g_memdup2(whole.p, whole.n);
    gsize table = whole.n - 512;
    for (gsize at = 0; at < 4 * 20; at += 4)
        memset(copy + table + at, 0, 4);
    g_autoptr(Item) item = msg_read((Span){copy, whole.n}, made->charsets);
    assert_true(made_lost(item, "item-damaged"));
    made_check(made, item);
}

static void what_the_head_counts_must_be_there(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("msg/letter");
    Span whole = made_span(bytes);
    g_autofree char *copy = g_memdup2(whole.p, whole.n);
    copy[find_record(whole, "__recip_version1.0_#00000001")] = 'x';
    g_autoptr(Item) item = msg_read((Span){copy, whole.n}, made->charsets);
    assert_int_equal(item->recipients->len, 2);
    assert_true(made_lost(item, "item-damaged"));
}

static void other_compound_files_are_no_message(void **state)
{
    (void)state;
    g_autoptr(GBytes) bytes = made_seed("msg/letter");
    Span whole = made_span(bytes);
    g_autofree char *copy = g_memdup2(whole.p, whole.n);
    while (msg_takes((Span){copy, whole.n}))
        copy[find_record((Span){copy, whole.n}, "__properties_version1.0")] = 'x';
    assert_false(msg_takes((Span){copy, whole.n}));
    assert_false(msg_takes(SPAN_OF("\xd0\xcf\x11\xe0")));
    assert_false(msg_takes(SPAN_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_and_its_attachment),
        cmocka_unit_test(a_letter_within_a_letter),
        cmocka_unit_test(a_letter_and_bytes_in_one_attachment_are_both_kept),
        cmocka_unit_test(named_properties_and_several_values),
        cmocka_unit_test(strings_in_a_code_page),
        cmocka_unit_test(bodies_in_html_and_rtf),
        cmocka_unit_test(an_ole_object_keeps_its_streams),
        cmocka_unit_test(what_is_cut_is_a_loss),
        cmocka_unit_test(a_tree_in_circles_ends),
        cmocka_unit_test(a_chain_in_circles_ends),
        cmocka_unit_test(what_the_head_counts_must_be_there),
        cmocka_unit_test(other_compound_files_are_no_message),
    };
    return cmocka_run_group_tests(tests, made_set_up, made_tear_down);
}
