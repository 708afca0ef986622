/* pst_test.c - what is in a PST of any form comes out whole; what is not, or is damaged, is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unistd.h>

#include "hostile/outlook/item_mail.h"
#include "hostile/outlook/pst.h"
#include "hostile/outlook/pst_make.h"

#define FOLDER 0x8042
#define BELOW 0x8062
#define SUBTREE 0x8022
#define ITEM(n) (0x200004U + 0x20U * (n))
#define SUBJECT 0x0037
#define BODY 0x1000
#define NAME 0x3001
#define LONG_NAME 0x3707

static Charsets *charsets;

static int set_up(void **state)
{
    (void)state;
    charsets = charsets_new(NULL);
    return charsets ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    charsets_free(charsets);
    return 0;
}

static Pst *open_bytes(const GByteArray *bytes, const char **reason)
{
    int file = made_pst_descriptor(bytes);
    return pst_open(file, bytes->len, charsets, reason);
}

/* The items of the file; with what is not there, and what was deleted. */
static GArray *items_of(Pst *pst)
{
    const char *reason;
    return pst_places(pst, 0, PLACES_LOST, &reason);
}

static GArray *places_of(Pst *pst)
{
    const char *reason;
    return pst_places(pst, 0, 2 * PLACES_RECOVERED, &reason);
}

static const PstPlace *place_at(const GArray *places, guint64 number)
{
    for (guint i = 0; i < places->len; i++)
        if (g_array_index(places, PstPlace, i).place == number)
            return &g_array_index(places, PstPlace, i);
    assert_true(FALSE);
    return NULL;
}

static Pst *open_made(MadePst *made)
{
    const char *reason = NULL;
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    Pst *pst = open_bytes(bytes, &reason);
    assert_non_null(pst);
    return pst;
}

static void begin(MadePst **made, PstForm form, guint8 encoding, guint32 declared)
{
    *made = made_pst_new(form, encoding);
    made_pst_folder(*made, FOLDER, SUBTREE, "Inbox", declared);
    made_pst_folder(*made, BELOW, FOLDER, "2024/Q1", 0);
}

static void assert_text(Span text, const char *expected)
{
    g_autofree char *copy = span_dup(text);
    assert_string_equal(copy, expected);
}

/* --- what comes out --------------------------------------------------------------------------------------------- */

static char *long_bytes(gsize n)
{
    char *bytes = g_malloc(n);
    for (gsize i = 0; i < n; i++)
        bytes[i] = (char)(i * 7 + i / 1000);
    return bytes;
}

static void assert_keywords(const Item *item)
{
    guint found = 0;
    for (guint i = 0; i < item->list.properties->len; i++) {
        const ItemProperty *property = &g_array_index(item->list.properties, ItemProperty, i);
        if (property->tag.set != ITEM_SET_STRINGS || !span_equals(property->tag.name, "Keywords"))
            continue;
        assert_text(property->value, "red");
        found++;
    }
    assert_int_equal(found, 1);
}

static void assert_item(const Item *item, Span long_data)
{
    assert_text(item_text(&item->list, SUBJECT), "Quarter");
    assert_int_equal(item_text(&item->list, BODY).n, 5000);
    assert_text(item_named_text(&item->list, ITEM_SET_APPOINTMENT, 0x8208), "Room 4");
    assert_keywords(item);
    assert_int_equal(item->recipients->len, 2);
    assert_text(item_text(item->recipients->pdata[1], NAME), "Bo");
    assert_int_equal(item->attachments->len, 4);
    const ItemAttachment *few = item->attachments->pdata[0], *many = item->attachments->pdata[1];
    const ItemAttachment *within = item->attachments->pdata[2], *link = item->attachments->pdata[3];
    assert_text(few->data, "few bytes");
    assert_int_equal(many->data.n, long_data.n);
    assert_memory_equal(many->data.p, long_data.p, long_data.n);
    assert_text(item_text(&within->within->list, SUBJECT), "Within");
    assert_text(((const ItemAttachment *)within->within->attachments->pdata[0])->data, "deep");
    assert_string_equal(link->loss, "external");
    assert_null(few->loss);
    assert_null(many->loss);
    assert_int_equal(item->losses->len, 0);
}

static void read_form(PstForm form, guint8 encoding)
{
    MadePst *made;
    gsize n = 9 << 20; /* a list of lists of blocks */
    g_autofree char *bytes = long_bytes(n), *body = g_strnfill(5000, 'b');
    const char *recipients[] = {"Ann", "Bo"};
    MadeItem within = {.subject = "Within",
                       .attachments = &(MadeAttachment){"d.txt", 1, SPAN_OF("deep"), NULL},
                       .attachment_count = 1};
    MadeAttachment attachments[] = {{"few.txt", 1, SPAN_OF("few bytes"), NULL},
                                    {"many.bin", 1, {bytes, n}, NULL},
                                    {"within", 5, SPAN_NONE, &within},
                                    {"link", 4, SPAN_NONE, NULL}};
    MadeItem item = {.subject = "Quarter",
                     .body = body,
                     .named = "Room 4",
                     .keywords = "red",
                     .recipients = recipients,
                     .recipient_count = 2,
                     .attachments = attachments,
                     .attachment_count = 4};
    begin(&made, form, encoding, 1);
    made_pst_item(made, ITEM(1), BELOW, &item, MADE_LISTED);
    g_autoptr(Pst) pst = open_made(made);
    g_autoptr(GArray) places = places_of(pst);
    assert_int_equal(places->len, 2); /* and one that the folder above declares and has not */
    const PstPlace *place = place_at(places, ITEM(1));
    const char *reason;
    assert_string_equal(pst_folder(pst, place->folder), "Inbox/2024_Q1");
    assert_int_equal(place->state, PST_IN_FOLDER);
    g_autoptr(Item) read = pst_read(pst, place, &reason);
    assert_item(read, (Span){bytes, n});
}

static void every_form_and_encoding_comes_out_whole(void **state)
{
    (void)state;
    for (PstForm form = PST_ANSI; form <= PST_UNICODE_4K; form++)
        for (guint8 encoding = 0; encoding <= 2; encoding++)
            read_form(form, encoding);
}

static void many_items_and_attachments(void **state)
{
    (void)state;
    enum { ITEMS = 3000, ATTACHMENTS = 700 };
    MadePst *made;
    g_autofree MadeAttachment *attachments = g_new0(MadeAttachment, ATTACHMENTS);
    for (guint i = 0; i < ATTACHMENTS; i++)
        attachments[i] = (MadeAttachment){"a", 1, SPAN_OF("x"), NULL};
    MadeItem full = {.subject = "Full", .attachments = attachments, .attachment_count = ATTACHMENTS};
    begin(&made, PST_UNICODE, 1, ITEMS);
    made_pst_item(made, ITEM(0), FOLDER, &full, MADE_LISTED);
    for (guint i = 1; i < ITEMS; i++)
        made_pst_item(made, ITEM(i), FOLDER, &(MadeItem){.subject = "One"}, MADE_LISTED);
    g_autoptr(Pst) pst = open_made(made);
    g_autoptr(GArray) places = places_of(pst);
    assert_int_equal(places->len, ITEMS);
    const char *reason;
    for (guint i = 0; i < ITEMS; i++) {
        const PstPlace *place = &g_array_index(places, PstPlace, i);
        assert_int_equal(place->state, PST_IN_FOLDER);
        g_autoptr(Item) item = pst_read(pst, place, &reason);
        assert_int_equal(item->attachments->len, i ? 0 : ATTACHMENTS);
    }
}

/* --- what does not ----------------------------------------------------------------------------------------------- */

static void missing_items_have_places(void **state)
{
    (void)state;
    MadePst *made;
    begin(&made, PST_UNICODE, 1, 5);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "There"}, MADE_LISTED);
    made_pst_row(made, FOLDER, ITEM(7));
    g_autoptr(Pst) pst = open_made(made);
    g_autoptr(GArray) places = places_of(pst);
    const char *reason = NULL;
    const PstPlace *row = place_at(places, PLACES_LOST + ITEM(7)),
                   *folder = place_at(places, PLACES_LOST + FOLDER);
    assert_int_equal(places->len, 3);
    assert_null(pst_read(pst, row, &reason));
    assert_string_equal(reason, "pst-item-missing");
    assert_int_equal(folder->count, 3); /* five declared, two listed */
    assert_null(pst_read(pst, folder, &reason));
    g_autofree char *one = pst_place_detail(pst, row), *three = pst_place_detail(pst, folder);
    assert_null(one);
    assert_string_equal(three, "3 items");
}

static void what_no_folder_lists_is_an_orphan(void **state)
{
    (void)state;
    MadePst *made;
    begin(&made, PST_UNICODE, 1, 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "Listed"}, MADE_LISTED);
    made_pst_item(made, ITEM(2), FOLDER, &(MadeItem){.subject = "Let go"}, MADE_UNLISTED);
    made_pst_item(made, ITEM(3), 0x9992, &(MadeItem){.subject = "No folder"}, MADE_UNLISTED);
    g_autoptr(Pst) pst = open_made(made);
    g_autoptr(GArray) places = items_of(pst);
    assert_int_equal(place_at(places, ITEM(1))->state, PST_IN_FOLDER);
    assert_int_equal(place_at(places, ITEM(2))->state, PST_ORPHAN);
    assert_string_equal(pst_folder(pst, place_at(places, ITEM(2))->folder), "Inbox");
    assert_int_equal(place_at(places, ITEM(3))->state, PST_ORPHAN);
    assert_string_equal(pst_folder(pst, place_at(places, ITEM(3))->folder), "");
}

static GByteArray *with_deleted(PstForm form)
{
    MadePst *made;
    begin(&made, form, 1, 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "Kept"}, MADE_LISTED);
    made_pst_item(made, ITEM(2), FOLDER, &(MadeItem){.subject = "Deleted before the audit"}, MADE_DELETED);
    return made_pst_end(made);
}

static void deleted_items_are_recovered(void **state)
{
    (void)state;
    for (PstForm form = PST_ANSI; form <= PST_UNICODE_4K; form++) {
        const char *reason = NULL;
        g_autoptr(GByteArray) bytes = with_deleted(form);
        g_autoptr(Pst) pst = open_bytes(bytes, &reason);
        g_autoptr(GArray) items = items_of(pst);
        g_autoptr(GArray) places = places_of(pst);
        assert_int_equal(items->len, 1);
        assert_int_equal(places->len, 2);
        PstPlace place = g_array_index(places, PstPlace, 1);
        assert_int_equal(place.state, PST_WAS_DELETED);
        assert_true(place.place >= PLACES_RECOVERED && place.place < PLACES_RECOVERED + bytes->len);
        assert_string_equal(pst_folder(pst, place.folder), "Inbox");
        g_autoptr(Pst) again = open_bytes(bytes, &reason); /* read again by its place alone */
        g_autoptr(Item) item = pst_read(again, &place, &reason);
        assert_text(item_text(&item->list, SUBJECT), "Deleted before the audit");
    }
}

/* Where those bytes stand; they must. */
static gsize find(const GByteArray *bytes, const char *what, gsize n)
{
    const guint8 *at = memmem(bytes->data, bytes->len, what, n);
    assert_non_null(at);
    return (gsize)(at - bytes->data);
}

static void what_was_written_over_is_not_recovered(void **state)
{
    (void)state;
    const char *reason = NULL;
    MadePst *made;
    begin(&made, PST_ANSI, 0, 0);
    made_pst_item(made, ITEM(2), FOLDER, &(MadeItem){.subject = "Deleted"}, MADE_DELETED);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    bytes->data[find(bytes, "Deleted", 7)] = 'X';
    g_autoptr(Pst) pst = open_bytes(bytes, &reason);
    g_autoptr(GArray) places = places_of(pst);
    assert_int_equal(places->len, 0);
}

static void a_wrong_checksum_is_a_loss_of_the_item(void **state)
{
    (void)state;
    const char *reason = NULL;
    MadePst *made;
    begin(&made, PST_ANSI, 0, 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "Subject"}, MADE_LISTED);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    bytes->data[find(bytes, "Subject", 7)] = 'X';
    g_autoptr(Pst) pst = open_bytes(bytes, &reason);
    g_autoptr(Item) item = pst_read(pst, &(PstPlace){.place = ITEM(1)}, &reason);
    assert_text(item_text(&item->list, SUBJECT), "Xubject");
    assert_int_equal(item->losses->len, 1);
    assert_string_equal(g_array_index(item->losses, ItemLoss, 0).reason, "item-damaged");
}

static void other_files_are_refused(void **state)
{
    (void)state;
    const char *reason = NULL;
    g_autoptr(GByteArray) bytes = with_deleted(PST_UNICODE);
    bytes->data[513] = 0x10; /* under a key that is not in the file */
    assert_null(open_bytes(bytes, &reason));
    assert_string_equal(reason, "pst-not-supported");
    bytes->data[513] = 1;
    g_byte_array_set_size(bytes, 300); /* cut in the header */
    assert_null(open_bytes(bytes, &reason));
    assert_string_equal(reason, "pst-damaged");
}

/* --- hostile ------------------------------------------------------------------------------------------------------ */

static void read_all(const GByteArray *bytes)
{
    const char *reason = NULL;
    int file = made_pst_descriptor(bytes);
    g_autoptr(Pst) pst = pst_open(file, bytes->len, charsets, &reason);
    g_autoptr(GArray) places = pst ? places_of(pst) : NULL;
    for (guint i = 0; places && i < places->len; i++) {
        g_autoptr(Item) item = pst_read(pst, &g_array_index(places, PstPlace, i), &reason);
        assert_true(item || reason);
    }
    close(file);
}

/* A page of nodes that is its own child, a list of blocks that lists itself. */
static void cycles_end(void **state)
{
    (void)state;
    g_autofree char *bytes = long_bytes(100000);
    MadePst *made;
    begin(&made, PST_ANSI, 0, 1);
    MadeItem item = {.attachments = &(MadeAttachment){"b", 1, {bytes, 100000}, NULL}, .attachment_count = 1};
    made_pst_item(made, ITEM(1), FOLDER, &item, MADE_LISTED);
    g_autoptr(GByteArray) cyclic = made_pst_end(made);
    gsize list = find(cyclic, "\x01\x01\x0d\x00\xa0\x86\x01\x00", 8); /* thirteen blocks of 100,000 bytes */
    cyclic->data[list + 1] = 2;
    for (guint i = 0; i < 13; i++)
        memcpy(cyclic->data + list + 8 + 4 * (gsize)i, "\x02\x00\x00\x00", 4);
    gint64 before = g_get_monotonic_time();
    read_all(cyclic);
    guint32 root;
    memcpy(&root, cyclic->data + 188, 4);
    cyclic->data[root + 499] = 5; /* a leaf that says to be high up: its entries name pages anywhere */
    read_all(cyclic);
    assert_true(g_get_monotonic_time() - before < 10 * G_USEC_PER_SEC);
}

static void no_mutation_breaks_it(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    const char *recipients[] = {"Ann", "Bo"};
    MadeItem item = {.subject = "S", .recipients = recipients, .recipient_count = 2};
    for (guint round = 0; round < 3000; round++) {
        MadePst *made;
        begin(&made, (PstForm)(round % 3), (guint8)(round / 3 % 3), 2);
        made_pst_item(made, ITEM(1), FOLDER, &item, MADE_LISTED);
        MadeItem outer = {.attachments = &(MadeAttachment){"w", 5, SPAN_NONE, &item}, .attachment_count = 1};
        made_pst_item(made, ITEM(2), FOLDER, &outer, MADE_LISTED);
        g_autoptr(GByteArray) bytes = made_pst_end(made);
        for (guint i = 0; i < 1 + round % 8; i++)
            bytes->data[g_rand_int_range(random, 0, (gint32)bytes->len)] = (guint8)g_rand_int(random);
        read_all(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_and_encoding_comes_out_whole),
        cmocka_unit_test(many_items_and_attachments),
        cmocka_unit_test(missing_items_have_places),
        cmocka_unit_test(what_no_folder_lists_is_an_orphan),
        cmocka_unit_test(deleted_items_are_recovered),
        cmocka_unit_test(what_was_written_over_is_not_recovered),
        cmocka_unit_test(a_wrong_checksum_is_a_loss_of_the_item),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(cycles_end),
        cmocka_unit_test(no_mutation_breaks_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
