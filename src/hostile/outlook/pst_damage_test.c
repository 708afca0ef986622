/* pst_damage_test.c - what a damaged PST does not give any more is said, whichever range of it is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unistd.h>

#include "hostile/outlook/item_mail.h"
#include "hostile/outlook/pst.h"
#include "hostile/outlook/pst_make.h"

#define FOLDER 0x8042
#define SUBTREE 0x8022
#define ITEM(n) (0x200004U + 0x20U * (n))
#define HIDDEN(n) (0x300008U + 0x20U * (n))
#define SUBJECT 0x0037
#define NODES_ROOT 224 /* in the header of a Unicode file */
#define MANY 200

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

/* --- a file, and what is in it ------------------------------------------------------------------------------------ */

typedef struct {
    Pst *pst;
    GArray *places;
} Opened;

static void opened_clear(Opened *opened)
{
    g_clear_pointer(&opened->places, g_array_unref);
    g_clear_pointer(&opened->pst, pst_close);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Opened, opened_clear)

static void open_bytes(const GByteArray *bytes, Opened *opened)
{
    const char *reason = NULL;
    *opened = (Opened){.pst = pst_open(made_pst_descriptor(bytes), bytes->len, charsets, &reason)};
    assert_non_null(opened->pst);
    opened->places = pst_places(opened->pst, 0, PLACES_RECOVERED + bytes->len, &reason);
    assert_non_null(opened->places);
}

static const PstPlace *first_of(const Opened *opened, PstState state)
{
    for (guint i = 0; i < opened->places->len; i++)
        if (g_array_index(opened->places, PstPlace, i).state == state)
            return &g_array_index(opened->places, PstPlace, i);
    return NULL;
}

static guint count_of(const Opened *opened, PstState state)
{
    guint count = 0;
    for (guint i = 0; i < opened->places->len; i++)
        count += g_array_index(opened->places, PstPlace, i).state == state;
    return count;
}

static void assert_lost(const Opened *opened, const PstPlace *place, const char *detail)
{
    const char *reason = NULL;
    g_autofree char *said = pst_place_detail(opened->pst, place);
    assert_null(pst_read(opened->pst, place, &reason));
    assert_string_equal(reason, "pst-damaged");
    assert_non_null(strstr(said, detail));
}

/* Orphans: no table says that they were there. */
static GByteArray *with_orphans(void)
{
    MadePst *made = made_pst_new(PST_UNICODE, 0);
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 0);
    for (guint i = 0; i < MANY; i++)
        made_pst_item(made, ITEM(i), FOLDER, &(MadeItem){.subject = "One of many"}, MADE_UNLISTED);
    return made_pst_end(made);
}

static guint64 number_at(const GByteArray *bytes, gsize at, guint width)
{
    return pst_number((Span){(const char *)bytes->data, bytes->len}, at, width);
}

/* The first entry of a page that has that key, below the root of the tree of nodes. */
static gsize entry_of(const GByteArray *bytes, guint32 key)
{
    gsize page = number_at(bytes, NODES_ROOT, 8);
    for (guint i = 0; i < bytes->data[page + 488]; i++) {
        gsize entry = page + (gsize)i * bytes->data[page + 490];
        if (number_at(bytes, entry, 4) == key)
            return entry;
    }
    assert_true(FALSE);
    return 0;
}

/* A page below the root, from its middle. */
static gsize middle_entry(const GByteArray *bytes)
{
    gsize page = number_at(bytes, NODES_ROOT, 8);
    assert_int_equal(bytes->data[page + 491], 1);
    return page + bytes->data[page + 488] / 2 * (gsize)bytes->data[page + 490];
}

static void seal(GByteArray *bytes, gsize page)
{
    guint32 sum = pst_checksum(bytes->data + page, 496);
    memcpy(bytes->data + page + 500, &sum, 4);
}

/* --- the tree of nodes -------------------------------------------------------------------------------------------- */

static void a_page_that_is_not_there_is_said(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = with_orphans();
    gsize page = number_at(bytes, middle_entry(bytes) + 16, 8);
    guint lost = bytes->data[page + 488];
    g_auto(Opened) opened = {0};
    memset(bytes->data + page, 0, 512);
    open_bytes(bytes, &opened);
    assert_int_equal(count_of(&opened, PST_ORPHAN), MANY - lost);
    assert_int_equal(count_of(&opened, PST_LOST_PAGE), 1);
    g_autofree char *where = g_strdup_printf("at byte %" G_GSIZE_FORMAT, page);
    assert_lost(&opened, first_of(&opened, PST_LOST_PAGE), where);
}

static void a_page_with_a_wrong_checksum_is_read_and_said(void **state)
{
    (void)state;
    const char *reason = NULL;
    g_autoptr(GByteArray) bytes = with_orphans();
    gsize page = number_at(bytes, middle_entry(bytes) + 16, 8);
    guint32 in_it = (guint32)number_at(bytes, page, 4);
    g_auto(Opened) opened = {0};
    bytes->data[page + 500] ^= 1;
    open_bytes(bytes, &opened);
    assert_int_equal(count_of(&opened, PST_ORPHAN), MANY);
    assert_int_equal(count_of(&opened, PST_LOST_PAGE), 1);
    g_autoptr(Item) item = pst_read(opened.pst, &(PstPlace){.place = in_it}, &reason);
    assert_int_equal(item->losses->len, 1);
}

/* Its nodes would be given, and found by nobody who asks for one of them. */
static void pages_out_of_order_are_said(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = with_orphans();
    gsize root = number_at(bytes, NODES_ROOT, 8);
    gsize entry = middle_entry(bytes);
    g_auto(Opened) opened = {0};
    memcpy(bytes->data + entry, "\xff\xff\xff\x7f", 4);
    seal(bytes, root);
    open_bytes(bytes, &opened);
    assert_true(count_of(&opened, PST_ORPHAN) < MANY);
    assert_true(count_of(&opened, PST_LOST_PAGE) > 0);
    for (guint i = 0; i < opened.places->len; i++) {
        const char *reason = NULL;
        const PstPlace *place = &g_array_index(opened.places, PstPlace, i);
        g_autoptr(Item) item = pst_read(opened.pst, place, &reason);
        assert_true(item || place->state == PST_LOST_PAGE);
    }
}

/* Another page of the tree is its root: all that is not below it would be missing. */
static void a_header_with_a_wrong_checksum_is_said(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = with_orphans();
    g_auto(Opened) opened = {0};
    memcpy(bytes->data + NODES_ROOT, bytes->data + middle_entry(bytes) + 16, 8);
    open_bytes(bytes, &opened);
    assert_true(count_of(&opened, PST_ORPHAN) < MANY);
    assert_lost(&opened, first_of(&opened, PST_LOST_HEADER), "header");
}

/* --- folders, names ----------------------------------------------------------------------------------------------- */

static GByteArray *with_few(void)
{
    MadePst *made = made_pst_new(PST_UNICODE, 0);
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "Listed", .named = "Room 4"}, MADE_LISTED);
    return made_pst_end(made);
}

/* The node's data is a block that no tree has. */
static void lose_block(GByteArray *bytes, guint32 node)
{
    gsize entry = entry_of(bytes, node);
    memset(bytes->data + entry + 8, 0x70, 4);
    seal(bytes, entry / 512 * 512);
}

static void a_folder_that_cannot_be_read_is_said(void **state)
{
    (void)state;
    static const guint32 nodes[] = {FOLDER, (FOLDER & ~31U) | 0x0e, (FOLDER & ~31U) | 0x0f};
    for (guint i = 0; i < G_N_ELEMENTS(nodes); i++) {
        g_autoptr(GByteArray) bytes = with_few();
        g_auto(Opened) opened = {0};
        lose_block(bytes, nodes[i]);
        open_bytes(bytes, &opened);
        assert_int_equal(count_of(&opened, PST_IN_FOLDER), 1);
        const PstPlace *folder = first_of(&opened, PST_LOST_FOLDER);
        assert_int_equal(folder->place, PLACES_LOST + FOLDER);
        assert_lost(&opened, folder, "a folder");
    }
}

static void names_and_store_that_cannot_be_read_are_said(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = with_few();
    g_auto(Opened) opened = {0};
    lose_block(bytes, 0x61);
    lose_block(bytes, 0x21);
    open_bytes(bytes, &opened);
    assert_lost(&opened, first_of(&opened, PST_LOST_NAMES), "names");
    assert_lost(&opened, first_of(&opened, PST_LOST_STORE), "paths");
}

/* The second block of the rows of the table of recipients. */
static PstBlock second_block(const GByteArray *bytes, guint32 item)
{
    const char *reason;
    PstFile file;
    PstNode node;
    g_auto(PstData) data = {0};
    assert_true(pst_file_open(&file, made_pst_descriptor(bytes), bytes->len, &reason));
    assert_true(pst_file_find_node(&file, item, &node));
    g_autoptr(GArray) below = pst_subnodes_read(&file, node.subnodes);
    g_autoptr(GArray) of_table = pst_subnodes_read(&file, pst_subnode(below, 0x692)->subnodes);
    assert_int_equal(of_table->len, 1);
    assert_true(pst_data_open(&file, g_array_index(of_table, PstNode, 0).data, 1 << 20, &data));
    assert_int_equal(data.blocks->len, 2);
    pst_file_clear(&file);
    return g_array_index(data.blocks, PstBlock, 1);
}

/* Rows go from block to block: one that inflates in part leaves nothing behind for those of another. */
static void a_broken_block_of_rows_costs_its_rows_alone(void **state)
{
    (void)state;
    enum { RECIPIENTS = 6000, IN_FIRST = 65512 / 13 };
    const char *reason = NULL;
    g_auto(GStrv) names = g_new0(char *, RECIPIENTS + 1);
    for (guint i = 0; i < RECIPIENTS; i++)
        names[i] = g_strdup_printf("%u", i);
    const MadeItem item = {.recipients = (const char *const *)names, .recipient_count = RECIPIENTS};
    MadePst *made = made_pst_new(PST_UNICODE_4K, 0);
    g_auto(Opened) opened = {0};
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 1);
    made_pst_item(made, ITEM(1), FOLDER, &item, MADE_LISTED);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    PstBlock block = second_block(bytes, ITEM(1));
    memset(bytes->data + block.offset + block.stored - 8, 0xff, 8);
    open_bytes(bytes, &opened);
    g_autoptr(Item) read = pst_read(opened.pst, &(PstPlace){.place = ITEM(1)}, &reason);
    assert_int_equal(read->recipients->len, RECIPIENTS);
    guint named = 0;
    for (guint i = 0; i < RECIPIENTS; i++) {
        g_autofree char *name = span_dup(item_text(read->recipients->pdata[i], 0x3001));
        named += name && *name;
        assert_true(!name || !*name || g_str_equal(name, names[i]));
    }
    assert_int_equal(named, IN_FIRST);
}

/* --- hidden, deleted ---------------------------------------------------------------------------------------------- */

static void hidden_items_are_read(void **state)
{
    (void)state;
    const char *reason = NULL;
    MadePst *made = made_pst_new(PST_UNICODE, 1);
    g_auto(Opened) opened = {0};
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "Seen"}, MADE_LISTED);
    made_pst_item(made, HIDDEN(1), FOLDER,
                  &(MadeItem){.message_class = "IPM.Configuration.Signatures",
                              .subject = "Away",
                              .settings = "<s>Tove, at the gate</s>"},
                  MADE_LISTED);
    made_pst_row(made, FOLDER, HIDDEN(2));
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    open_bytes(bytes, &opened);
    assert_int_equal(opened.places->len, 3);
    const PstPlace *hidden = first_of(&opened, PST_HIDDEN), *missing = first_of(&opened, PST_MISSING);
    assert_string_equal(pst_folder(opened.pst, hidden->folder), "Inbox");
    assert_string_equal(pst_state_name(hidden->state), "hidden");
    g_autoptr(Item) item = pst_read(opened.pst, hidden, &reason);
    g_autofree char *subject = span_dup(item_text(&item->list, SUBJECT));
    assert_string_equal(subject, "Away");
    const ItemAttachment *settings = item->attachments->pdata[0];
    g_autofree char *text = span_dup(settings->data);
    assert_string_equal(text, "<s>Tove, at the gate</s>");
    assert_int_equal(missing->place, PLACES_LOST + HIDDEN(2));
}

/* What was deleted is no other item's, whatever was read before. */
static void an_item_that_is_there_has_no_deleted_bytes(void **state)
{
    (void)state;
    const char *reason = NULL;
    MadePst *made = made_pst_new(PST_UNICODE, 0);
    g_auto(Opened) opened = {0};
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "There"}, MADE_LISTED);
    made_pst_item(made, ITEM(2), FOLDER, &(MadeItem){.subject = "Deleted"}, MADE_DELETED);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    const guint8 deleted[] = {ITEM(2) & 0xff, ITEM(2) >> 8 & 0xff, ITEM(2) >> 16, 0, 0, 0, 0, 0};
    const guint8 *of_deleted = memmem(bytes->data, bytes->len, deleted, sizeof deleted);
    gsize entry = entry_of(bytes, ITEM(1));
    memcpy(bytes->data + entry + 8, of_deleted + 8, 16);
    seal(bytes, entry / 512 * 512);
    open_bytes(bytes, &opened);
    g_autoptr(Item) item = pst_read(opened.pst, first_of(&opened, PST_WAS_DELETED), &reason);
    assert_non_null(item);
    assert_null(pst_read(opened.pst, &(PstPlace){.place = ITEM(1)}, &reason));
    assert_string_equal(reason, "item-damaged");
}

/* The list of the blocks of the first attachment's data. */
static guint64 list_of_attachment(const GByteArray *bytes, guint32 item)
{
    const char *reason;
    PstFile file;
    PstNode node;
    assert_true(pst_file_open(&file, made_pst_descriptor(bytes), bytes->len, &reason));
    assert_true(pst_file_find_node(&file, item, &node));
    g_autoptr(GArray) below = pst_subnodes_read(&file, node.subnodes);
    g_autoptr(GArray) of_attachment = pst_subnodes_read(&file, pst_subnode(below, 0x400 << 5 | 5)->subnodes);
    assert_int_equal(of_attachment->len, 1);
    pst_file_clear(&file);
    return g_array_index(of_attachment, PstNode, 0).data;
}

/* Give the nodes of deleted items those bytes. */
static guint set_data(GByteArray *bytes, guint64 data)
{
    guint count = 0;
    for (gsize page = 1024; page + 512 <= bytes->len; page += 512) {
        if (bytes->data[page + 496] != PST_PAGE_NODES || bytes->data[page + 497] != PST_PAGE_NODES ||
            bytes->data[page + 491] || number_at(bytes, page, 4) < ITEM(2))
            continue;
        for (gsize entry = page; entry < page + bytes->data[page + 488] * 32UL; entry += 32, count++)
            memcpy(bytes->data + entry + 8, &data, 8);
        seal(bytes, page);
    }
    return count;
}

/* Many nodes name the same bytes: what is read of them together has an end, which is said. */
static void looking_for_deleted_items_ends(void **state)
{
    (void)state;
    enum { DELETED = 100 };
    gsize n = 1000 * 8176;
    g_autofree char *data = g_malloc0(n);
    const MadeAttachment attachment = {"a", 1, {data, n}, NULL};
    MadePst *made = made_pst_new(PST_UNICODE, 0);
    g_auto(Opened) opened = {0};
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 1);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.attachments = &attachment, .attachment_count = 1},
                  MADE_LISTED);
    for (guint i = 0; i < DELETED; i++)
        made_pst_item(made, ITEM(2 + i), FOLDER, &(MadeItem){.subject = "Deleted"}, MADE_DELETED);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    assert_int_equal(set_data(bytes, list_of_attachment(bytes, ITEM(1))), DELETED);
    open_bytes(bytes, &opened);
    const PstPlace *past = first_of(&opened, PST_LOST_PAST);
    const char *reason = NULL;
    assert_true(past && past->count > 0 && past->count < DELETED);
    assert_null(pst_read(opened.pst, past, &reason));
    assert_string_equal(reason, "pst-too-many-items");
}

/* A disk that gives no more, and a file that was cut while it was read, are alike. */
static void bytes_that_cannot_be_read_are_said(void **state)
{
    (void)state;
    const char *reason = NULL;
    MadePst *made = made_pst_new(PST_UNICODE, 0);
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 0);
    made_pst_item(made, ITEM(1), FOLDER, &(MadeItem){.subject = "Deleted"}, MADE_DELETED);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    guint64 size = bytes->len + 5120;
    g_auto(Opened) opened = {.pst = pst_open(made_pst_descriptor(bytes), size, charsets, &reason)};
    opened.places = pst_places(opened.pst, 0, PLACES_RECOVERED + size, &reason);
    const PstPlace *unread = first_of(&opened, PST_LOST_UNREAD);
    assert_int_equal(count_of(&opened, PST_WAS_DELETED), 1);
    g_autofree char *detail = pst_place_detail(opened.pst, unread);
    assert_true(g_str_has_prefix(detail, "5120 bytes"));
    assert_null(pst_read(opened.pst, unread, &reason));
    assert_string_equal(reason, "unreadable");
}

/* --- ranges ------------------------------------------------------------------------------------------------------- */

static void assert_same(const PstPlace *one, const PstPlace *other)
{
    assert_int_equal(one->place, other->place);
    assert_int_equal(one->folder, other->folder);
    assert_int_equal(one->count, other->count);
    assert_int_equal(one->state, other->state);
}

/* All ranges together give what one gives. */
static void a_file_in_ranges_is_the_file(void **state)
{
    (void)state;
    g_autoptr(GByteArray) bytes = with_orphans();
    g_auto(Opened) opened = {0};
    memset(bytes->data + number_at(bytes, middle_entry(bytes) + 16, 8), 0, 512);
    open_bytes(bytes, &opened);
    guint64 end = PLACES_RECOVERED + bytes->len, step = 0x20 * 7;
    guint at = 0;
    for (guint64 from = 0, to = ITEM(0) + 1; from < end; from = to, to = to < ITEM(MANY) ? to + step : end) {
        const char *reason = NULL;
        g_autoptr(GArray) places = pst_places(opened.pst, from, to, &reason);
        for (guint i = 0; i < places->len; i++, at++)
            assert_same(&g_array_index(places, PstPlace, i), &g_array_index(opened.places, PstPlace, at));
    }
    assert_int_equal(at, opened.places->len);
    const char *reason = NULL;
    g_autoptr(GArray) numbers = pst_numbers(opened.pst, &reason);
    assert_int_equal(numbers->len, count_of(&opened, PST_ORPHAN));
}

/* --- any damage --------------------------------------------------------------------------------------------------- */

static gboolean is_lossy(const Item *item)
{
    gboolean lossy = item->losses->len > 0;
    for (guint i = 0; i < item->attachments->len; i++) {
        const ItemAttachment *attachment = item->attachments->pdata[i];
        lossy = lossy || attachment->loss || (attachment->within && is_lossy(attachment->within));
    }
    return lossy;
}

/* All items of a file by their places: key, folder and state, or "lossy". Returns whether there is a gap beside. */
static gboolean read_items(const GByteArray *bytes, Hashing *hashing, GHashTable *items)
{
    const char *reason = NULL;
    int file = made_pst_descriptor(bytes);
    gboolean has_gap = FALSE;
    g_autoptr(Pst) pst = pst_open(file, bytes->len, charsets, &reason);
    g_autoptr(GArray) places = pst ? pst_places(pst, 0, PLACES_RECOVERED, &reason) : NULL;
    for (guint i = 0; places && i < places->len; i++) {
        const PstPlace *place = &g_array_index(places, PstPlace, i);
        guint8 key[DIGEST_BYTES], sha256[DIGEST_BYTES];
        g_autoptr(Item) item = pst_read(pst, place, &reason);
        has_gap = has_gap || !item;
        if (!item)
            continue;
        item_key(hashing, item, key, sha256);
        g_autofree char *hash = g_base64_encode(key, sizeof key);
        char *what = g_strdup_printf("%s %d %s", hash, place->state, pst_folder(pst, place->folder));
        if (is_lossy(item))
            memcpy(what, "lossy", 6);
        g_hash_table_insert(items, GSIZE_TO_POINTER(place->place), what);
    }
    close(file);
    return has_gap || !places;
}

static GByteArray *with_all(PstForm form)
{
    const char *recipients[] = {"Ann", "Bo"};
    const MadeItem within = {.subject = "Within"};
    const MadeAttachment attachments[] = {{"a.txt", 1, SPAN_OF("some bytes"), NULL},
                                          {"w", 5, SPAN_NONE, &within}};
    MadePst *made = made_pst_new(form, 1);
    made_pst_folder(made, FOLDER, SUBTREE, "Inbox", 30);
    for (guint i = 0; i < 30; i++) {
        const MadeItem item = {.subject = "Subject",
                               .recipients = recipients,
                               .recipient_count = i % 3 ? 0 : 2,
                               .attachments = attachments,
                               .attachment_count = i % 4 ? 0 : 2};
        made_pst_item(made, ITEM(i), FOLDER, &item, MADE_LISTED);
    }
    made_pst_item(made, HIDDEN(1), FOLDER, &(MadeItem){.settings = "<s/>"}, MADE_LISTED);
    return made_pst_end(made);
}

/* A bit of the header or of anything, a page of zeros, some pages of something. */
static void damage(GByteArray *bytes, GRand *random)
{
    guint kind = (guint)g_rand_int_range(random, 0, 4);
    gsize at = (gsize)g_rand_int_range(random, 0, kind ? (gint32)bytes->len : 564);
    gsize page = at / 512 * 512;
    if (kind < 2)
        bytes->data[at] ^= (guint8)(1 << g_rand_int_range(random, 0, 8));
    else
        memset(bytes->data + page, kind == 2 ? 0 : 0xff, MIN(kind == 2 ? 512 : 4096, bytes->len - page));
}

static GHashTable *new_items(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

/* What is not as it was goes with a loss of its own, or with a gap. */
static void no_damage_is_silent(void **state)
{
    (void)state;
    Hashing hashing;
    g_autoptr(GRand) random = g_rand_new_with_seed(12);
    assert_true(hashing_init(&hashing, NULL));
    for (guint round = 0; round < 1200; round++) {
        g_autoptr(GByteArray) bytes = with_all((PstForm)(round % 3));
        g_autoptr(GHashTable) before = new_items();
        g_autoptr(GHashTable) after = new_items();
        assert_false(read_items(bytes, &hashing, before));
        assert_int_equal(g_hash_table_size(before), 31);
        damage(bytes, random);
        if (read_items(bytes, &hashing, after))
            continue;
        GHashTableIter each;
        gpointer place, was;
        g_hash_table_iter_init(&each, before);
        while (g_hash_table_iter_next(&each, &place, &was)) {
            const char *is = g_hash_table_lookup(after, place);
            assert_true(is && (g_str_equal(is, was) || g_str_equal(is, "lossy")));
        }
    }
    hashing_clear(&hashing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_that_is_not_there_is_said),
        cmocka_unit_test(a_page_with_a_wrong_checksum_is_read_and_said),
        cmocka_unit_test(pages_out_of_order_are_said),
        cmocka_unit_test(a_header_with_a_wrong_checksum_is_said),
        cmocka_unit_test(a_folder_that_cannot_be_read_is_said),
        cmocka_unit_test(names_and_store_that_cannot_be_read_are_said),
        cmocka_unit_test(a_broken_block_of_rows_costs_its_rows_alone),
        cmocka_unit_test(hidden_items_are_read),
        cmocka_unit_test(an_item_that_is_there_has_no_deleted_bytes),
        cmocka_unit_test(looking_for_deleted_items_ends),
        cmocka_unit_test(bytes_that_cannot_be_read_are_said),
        cmocka_unit_test(a_file_in_ranges_is_the_file),
        cmocka_unit_test(no_damage_is_silent),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
