/* tnef_test.c - TNEF streams are read whole, broken ones as far as they go, and what is missing is said.
 *
 * The files of tests/corpus/tnef are made by tests/outlook.py, which shares no code with the reader. */
#include "hostile/outlook/tnef.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "hostile/cfb/cfb.h"
#include "hostile/outlook/item_said.h"
#include "hostile/outlook/made.h"
#include "hostile/outlook/msg.h"
#include "lib/moment.h"

static void expect(void **state, const char *seed, const char *const *lines)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed(seed);
    assert_true(tnef_takes(made_span(bytes)));
    g_autoptr(Item) item = tnef_read(made_span(bytes), made->charsets);
    made_expect(made, item, lines);
    assert_int_equal(item->losses->len, 0);
}

static void letters(void **state)
{
    expect(state, "tnef/letter",
           (const char *const[]){"address from Ada North|ada@north.example",
                                 "address to Ben South|ben@south.example", "address cc Cy|cy@south.example",
                                 "address bcc Di West|di@west.example", "pseudo @subject|Plans",
                                 "text 1|Hello/world", "pseudo @filename:2|note.txt", "text 2|attached words",
                                 NULL});
    expect(state, "tnef/letters",
           (const char *const[]){"text 1|outer", "pseudo @subject:2|Inner", "text 2.1|inner words",
                                 "pseudo @filename:2.2|deep.txt", "text 2.2|deep words",
                                 "pseudo @filename:3|big.bin", NULL});
}

static void properties_of_every_kind(void **state)
{
    expect(state, "tnef/meeting",
           (const char *const[]){"text 1|Badge: B-7/Keywords: red/Keywords: green/Location: Room 7/", NULL});
    expect(state, "tnef/cyrillic",
           (const char *const[]){"pseudo @subject|Привет", "address to Борис|ben@south.example",
                                 "text 1|Текст", NULL});
    expect(state, "tnef/rtf-alone", (const char *const[]){"html 1|only in RTF/", NULL});
}

/* The same words in an MSG file and in a TNEF stream are one content. */
static void the_container_makes_no_other_content(void **state)
{
    Made *made = *state;
    guint8 key[DIGEST_BYTES], other_key[DIGEST_BYTES], properties[DIGEST_BYTES];
    g_autoptr(GBytes) one = made_seed("tnef/letters"), other = made_seed("msg/letters");
    g_autoptr(Item) tnef = tnef_read(made_span(one), made->charsets);
    g_autoptr(Item) msg = msg_read(made_span(other), made->charsets);
    item_key(&made->hashing, tnef, key, properties);
    item_key(&made->hashing, msg, other_key, properties);
    assert_memory_equal(key, other_key, DIGEST_BYTES);
}

static void objects_and_links(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("tnef/ole-and-link");
    g_autoptr(Item) item = tnef_read(made_span(bytes), made->charsets);
    const ItemAttachment *object = item->attachments->pdata[0], *link = item->attachments->pdata[1];
    g_autoptr(Cfb) cfb = cfb_open(object->data);
    assert_non_null(cfb);
    assert_int_not_equal(cfb_find(cfb, CFB_ROOT, "CONTENTS"), CFB_NONE);
    assert_string_equal(link->loss, "external");
}

/* --- old attributes ------------------------------------------------------------------------------------------ */

static void put_attribute(GByteArray *stream, guint8 level, guint32 id, Span data)
{
    guint32 numbers[2] = {GUINT32_TO_LE(id), GUINT32_TO_LE((guint32)data.n)};
    guint16 sum = 0;
    g_byte_array_append(stream, &level, 1);
    g_byte_array_append(stream, (const guint8 *)numbers, sizeof numbers);
    g_byte_array_append(stream, (const guint8 *)data.p, (guint)data.n);
    for (gsize i = 0; i < data.n; i++)
        sum = (guint16)(sum + (guint8)data.p[i]);
    sum = GUINT16_TO_LE(sum);
    g_byte_array_append(stream, (const guint8 *)&sum, 2);
}

static GByteArray *new_stream(void)
{
    GByteArray *stream = g_byte_array_new();
    g_byte_array_append(stream, (const guint8 *)"\x78\x9f\x3e\x22\x01\0", 6);
    return stream;
}

static Item *read_stream(const Made *made, const GByteArray *stream)
{
    return tnef_read((Span){(const char *)stream->data, stream->len}, made->charsets);
}

/* As MS Mail and Exchange 5 wrote them: no properties at all. */
static void old_attributes_alone(void **state)
{
    Made *made = *state;
    g_autoptr(GByteArray) stream = new_stream();
    put_attribute(stream, 1, 0x00018004, SPAN_OF("Old times\0"));
    put_attribute(stream, 1, 0x00008000, SPAN_OF("\4\0\x20\0\4\0\x14\0Ada\0SMTP:ada@old.example\0"));
    put_attribute(stream, 1, 0x00078008, SPAN_OF("IPM.Microsoft Mail.Note\0"));
    put_attribute(stream, 1, 0x00038005, SPAN_OF("\xcf\x07\x0c\0\x1f\0\x17\0\x3b\0\x3a\0\5\0"));
    put_attribute(stream, 1, 0x0002800c, SPAN_OF("words of old\0"));
    put_attribute(stream, 2, 0x00069002, SPAN_OF("\1\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    put_attribute(stream, 2, 0x00018010, SPAN_OF("NOTE.TXT\0"));
    put_attribute(stream, 2, 0x0006800f, SPAN_OF("noted"));
    g_autoptr(Item) item = read_stream(made, stream);
    made_expect(made, item,
                (const char *const[]){"address from Ada|ada@old.example", "pseudo @subject|Old times",
                                      "text 1|words of old", "pseudo @filename:2|NOTE.TXT", "text 2|noted",
                                      NULL});
    g_autofree char *when = moment_format(item_time(&item->list, ITEM_SUBMITTED));
    assert_string_equal(when, "1999-12-31T23:59:58Z");
    assert_string_equal(item_kind(item), "mail");
    assert_int_equal(item->losses->len, 0);
}

static void bytes_beside_an_object_are_both_kept(void **state)
{
    Made *made = *state;
    g_autoptr(GByteArray) stream = new_stream();
    put_attribute(stream, 2, 0x00069002, SPAN_OF("\2\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    put_attribute(stream, 2, 0x0006800f, SPAN_OF("one form"));
    put_attribute(stream, 2, 0x00069005,
                  SPAN_OF("\1\0\0\0\x0d\0\x01\x37\1\0\0\0\x1a\0\0\0"
                          "\x0b\0\0\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"
                          "other form\0\0"));
    g_autoptr(Item) item = read_stream(made, stream);
    assert_int_equal(item->attachments->len, 2);
    const ItemAttachment *one = item->attachments->pdata[0], *other = item->attachments->pdata[1];
    assert_true(span_equals(one->data, "one form") && span_equals(other->data, "other form"));
}

/* The object first, as no order is prescribed. */
static void a_letter_and_bytes_in_one_attachment_are_both_kept(void **state)
{
    expect(
        state, "tnef/two-contents",
        (const char *const[]){"text 2.1|inner words", "text 3|words beside it", "text 4|last words", NULL});
}

static void one_of_several_contents_in_a_list_is_lost_and_said_so(void **state)
{
    Made *made = *state;
    g_autoptr(GByteArray) stream = new_stream();
    put_attribute(stream, 2, 0x00069002, SPAN_OF("\2\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    put_attribute(stream, 2, 0x00069005,
                  SPAN_OF("\2\0\0\0\x02\x01\x01\x37\1\0\0\0\4\0\0\0"
                          "one!"
                          "\x02\x01\x01\x37\1\0\0\0\4\0\0\0"
                          "two!"));
    g_autoptr(Item) item = read_stream(made, stream);
    assert_int_equal(item->attachments->len, 1);
    assert_true(made_lost(item, "item-damaged"));
}

/* --- broken streams ------------------------------------------------------------------------------------------ */

static void what_is_cut_is_a_loss(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) bytes = made_seed("tnef/letters");
    Span whole = made_span(bytes);
    for (gsize n = 6; n < whole.n; n += 31) {
        g_autofree char *copy = g_memdup2(whole.p, n);
        g_autoptr(Item) item = tnef_read((Span){copy, n}, made->charsets);
        made_check(made, item);
        /* It may end behind an attribute by chance; here only behind the first ones. */
        assert_true(made_lost(item, "item-damaged") || n < 64);
    }
}

static void a_wrong_checksum_and_what_is_no_attribute(void **state)
{
    Made *made = *state;
    g_autoptr(GByteArray) stream = new_stream();
    put_attribute(stream, 1, 0x00018004, SPAN_OF("Kept\0"));
    stream->data[stream->len - 1] ^= 1;
    g_autoptr(Item) wrong = read_stream(made, stream);
    made_expect(made, wrong, (const char *const[]){"pseudo @subject|Kept", NULL});
    assert_true(made_lost(wrong, "item-damaged"));
    stream->data[stream->len - 1] ^= 1;
    g_byte_array_append(stream, (const guint8 *)"\r\n\0", 3);
    g_autoptr(Item) filled = read_stream(made, stream);
    assert_int_equal(filled->losses->len, 0);
    g_byte_array_append(stream, (const guint8 *)"garbage", 7);
    g_autoptr(Item) garbage = read_stream(made, stream);
    assert_true(made_lost(garbage, "item-damaged"));
}

/* A thousand million comparisons and more, if each were sought among all properties. */
static void many_old_attributes_beside_many_properties_are_read_at_once(void **state)
{
    Made *made = *state;
    g_autoptr(GByteArray) stream = new_stream(), list = g_byte_array_new();
    guint32 count = 150000;
    g_byte_array_append(list, (const guint8 *)&(guint32){GUINT32_TO_LE(count)}, 4);
    for (guint32 i = 0; i < count; i++)
        g_byte_array_append(list, (const guint8 *)"\x03\0\x01\x66\0\0\0\0", 8);
    put_attribute(stream, 1, 0x00069003, (Span){(const char *)list->data, list->len});
    for (guint i = 0; i < 100000; i++)
        put_attribute(stream, 1, 0x00018004, i ? SPAN_OF("Again\0") : SPAN_OF("First\0"));
    clock_t start = clock();
    g_autoptr(Item) item = read_stream(made, stream);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_true(span_equals(item_text(&item->list, ITEM_SUBJECT), "First"));
    assert_true(seconds < 5);
}

/* A message in a message, a hundred deep. */
static void a_nest_is_too_deep(void **state)
{
    Made *made = *state;
    g_autoptr(GByteArray) stream = new_stream();
    for (guint i = 0; i < 100; i++) {
        g_autoptr(GByteArray) list = g_byte_array_new(), outer = new_stream();
        guint32 n = GUINT32_TO_LE(stream->len + 16);
        g_byte_array_append(list, (const guint8 *)"\1\0\0\0\x0d\0\x01\x37\1\0\0\0", 12);
        g_byte_array_append(list, (const guint8 *)&n, 4);
        g_byte_array_append(list, (const guint8 *)"\x07\x03\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", 16);
        g_byte_array_append(list, stream->data, stream->len);
        put_attribute(outer, 2, 0x00069005, (Span){(const char *)list->data, list->len});
        GByteArray *inner = stream;
        stream = g_steal_pointer(&outer);
        g_byte_array_unref(inner);
    }
    g_autoptr(Item) item = read_stream(made, stream);
    assert_true(made_lost(item, "too-deep"));
    made_check(made, item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters),
        cmocka_unit_test(properties_of_every_kind),
        cmocka_unit_test(the_container_makes_no_other_content),
        cmocka_unit_test(objects_and_links),
        cmocka_unit_test(old_attributes_alone),
        cmocka_unit_test(bytes_beside_an_object_are_both_kept),
        cmocka_unit_test(a_letter_and_bytes_in_one_attachment_are_both_kept),
        cmocka_unit_test(one_of_several_contents_in_a_list_is_lost_and_said_so),
        cmocka_unit_test(what_is_cut_is_a_loss),
        cmocka_unit_test(a_wrong_checksum_and_what_is_no_attribute),
        cmocka_unit_test(many_old_attributes_beside_many_properties_are_read_at_once),
        cmocka_unit_test(a_nest_is_too_deep),
    };
    return cmocka_run_group_tests(tests, made_set_up, made_tear_down);
}
