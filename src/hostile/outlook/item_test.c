/* item_test.c - items become messages that the reader of mail reads, and have keys of what they say alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/limits.h"
#include "hostile/outlook/item_mail.h"
#include "hostile/outlook/item_said.h"
#include "hostile/read/transcript.h"
#include "lib/moment.h"

static Charsets *charsets;
static Reader *reader;
static Hashing hashing;

static int set_up(void **state)
{
    (void)state;
    charsets = charsets_new(NULL);
    reader = reader_new(NULL);
    return charsets && reader && hashing_init(&hashing, NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    charsets_free(charsets);
    reader_free(reader);
    hashing_clear(&hashing);
    return 0;
}

/* --- building ------------------------------------------------------------------------------------------------ */

static void add_text(Item *item, ItemList *list, guint32 id, const char *text)
{
    item_add(item, list, &(ItemTag){.id = id}, ITEM_STRING8, span_of_string(text));
}

static void add_long(Item *item, ItemList *list, guint32 id, guint32 number)
{
    guint32 bytes = GUINT32_TO_LE(number);
    item_add(item, list, &(ItemTag){.id = id}, ITEM_LONG, (Span){(const char *)&bytes, sizeof bytes});
}

/* 2023-11-14T22:13:20Z. */
static void add_time(Item *item, const ItemTag *tag)
{
    guint64 ticks = GUINT64_TO_LE((1700000000 + 11644473600) * G_GUINT64_CONSTANT(10000000));
    item_add(item, &item->list, tag, ITEM_TIME, (Span){(const char *)&ticks, sizeof ticks});
}

static void add_recipient(Item *item, guint32 kind, const char *name, const char *address)
{
    ItemList *list = item_add_recipient(item);
    assert_non_null(list);
    add_long(item, list, ITEM_RECIPIENT_TYPE, kind);
    add_text(item, list, ITEM_NAME, name);
    add_text(item, list, ITEM_SMTP, address);
}

static ItemAttachment *add_attachment(Item *item, const char *name, const char *data)
{
    ItemAttachment *attachment = item_add_attachment(item);
    assert_non_null(attachment);
    add_text(item, &attachment->list, ITEM_FILENAME, name);
    Span bytes = span_of_string(data);
    if (bytes.p) {
        char *place = item_take_data(item, attachment, bytes.n);
        assert_non_null(place);
        memcpy(place, bytes.p, bytes.n);
    }
    return attachment;
}

static Item *new_mail(const char *subject)
{
    Item *item = item_new();
    add_long(item, &item->list, 0x3ffd, 65001);
    add_text(item, &item->list, ITEM_CLASS, "IPM.Note");
    add_text(item, &item->list, ITEM_SUBJECT, subject);
    add_text(item, &item->list, ITEM_FROM_NAME, "Ada \"A\" North");
    add_text(item, &item->list, ITEM_FROM_ADDRESS, "/o=north/cn=ada");
    add_text(item, &item->list, ITEM_FROM_SMTP, "ada@north.example");
    return item;
}

/* --- asking -------------------------------------------------------------------------------------------------- */

/* What the reader says of the item's message; the message in *mail, if asked for. */
static GString *read_item(Item *item, Scratch *mail, GArray *damages)
{
    guint8 key[DIGEST_BYTES], properties[DIGEST_BYTES];
    item_end(item, charsets);
    item_key(&hashing, item, key, properties);
    assert_true(item_mail(item, key, charsets, mail, damages));
    assert_null(transcript_check(reader, scratch_span(mail)));
    return transcript_of(reader, scratch_span(mail));
}

static void item_reads(Item *given, const char *const *lines)
{
    g_autoptr(Item) item = given;
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(GString) transcript = read_item(item, &mail, damages);
    for (guint i = 0; lines[i]; i++)
        if (!transcript_has(transcript, lines[i]))
            fail_msg("'%s' is not in\n%s\nof\n%.*s", lines[i], transcript->str, (int)mail.n, mail.p);
}

static void key_of(Item *item, guint8 key[DIGEST_BYTES])
{
    guint8 properties[DIGEST_BYTES];
    item_end(item, charsets);
    item_key(&hashing, item, key, properties);
}

static void assert_same_content(Item *one, Item *other, gboolean same)
{
    guint8 key[DIGEST_BYTES], other_key[DIGEST_BYTES];
    key_of(one, key);
    key_of(other, other_key);
    assert_int_equal(memcmp(key, other_key, DIGEST_BYTES) == 0, same);
    item_free(one);
    item_free(other);
}

/* --- tests --------------------------------------------------------------------------------------------------- */

static void a_mail_without_headers(void **state)
{
    (void)state;
    Item *item = new_mail("\1\5RE: R\xc3\xa9sum\xc3\xa9");
    add_recipient(item, 1, "Ben; South", "ben@south.example");
    add_recipient(item, 2, "Cy", "cy@south.example");
    add_recipient(item, 3, "Di", "di@west.example");
    add_text(item, &item->list, ITEM_MESSAGE_ID, "<1@north.example>");
    add_time(item, &(ItemTag){.id = ITEM_SUBMITTED});
    add_text(item, &item->list, ITEM_BODY, "Hello\r\nworld\r\n");
    item_reads(item, (const char *const[]){"address from Ada \"A\" North|ada@north.example",
                                           "address to Ben; South|ben@south.example",
                                           "address cc Cy|cy@south.example", "address bcc Di|di@west.example",
                                           "pseudo @subject|RE: R\xc3\xa9sum\xc3\xa9", "text 1|Hello/world/",
                                           NULL});
}

static void transport_headers_are_the_mails_own(void **state)
{
    (void)state;
    Item *item = new_mail("other");
    add_text(
        item, &item->list, ITEM_HEADERS,
        "Microsoft Mail Internet Headers Version 2.0\r\nReceived: from a; Tue, 14 Nov 2023 22:13:21 +0000\r\n"
        "From: Ada <ada@north.example>\r\nTo: Ben\r\n <ben@south.example>\r\n"
        "Content-Type: multipart/mixed;\r\n boundary=gone\r\nMIME-Version: 1.0\r\nSubject: own\r\n\r\nrest");
    add_recipient(item, 1, "Ben", "BEN@south.example");
    add_recipient(item, 3, "Di", "di@west.example");
    add_text(item, &item->list, ITEM_BODY, "Hello");
    item_reads(item, (const char *const[]){
                         "address from Ada|ada@north.example", "address to Ben|ben@south.example",
                         "address bcc Di|di@west.example", "pseudo @subject|own", "text 1|Hello", NULL});
}

/* An item with these transport headers and recipients "kind name|address". */
static Item *sent_mail(const char *headers, const char *const *recipients)
{
    Item *item = new_mail("s");
    add_text(item, &item->list, ITEM_HEADERS, headers);
    for (; *recipients; recipients++) {
        g_auto(GStrv) word = g_strsplit(*recipients + 2, "|", 2);
        add_recipient(item, (guint32)(**recipients - '0'), word[0], word[1]);
    }
    return item;
}

static void a_recipient_whose_address_is_part_of_another_is_kept(void **state)
{
    (void)state;
    item_reads(sent_mail("From: Ada <ada@north.example>\r\nTo: Jo Ann <joann@x.example>\r\n"
                         "Delivered-To: cy@x.example\r\n\r\n",
                         (const char *const[]){"1 Jo Ann|joann@X.example", "3 Ann|ann@x.example",
                                               "3 Cy|cy@x.example", "3 Jo|", NULL}),
               (const char *const[]){"address to Jo Ann|joann@x.example", "address bcc Ann|ann@x.example",
                                     "address bcc Cy|cy@x.example", "address bcc |\"Jo\"", NULL});
}

static void a_namesake_is_kept_and_nobody_stands_twice(void **state)
{
    (void)state;
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(Item) item =
        sent_mail("To: =?utf-8?q?J=C3=B6rg?= <joerg@x.example>,\r\n \"South, Ben\" <ben@x.example>\r\n\r\n",
                  (const char *const[]){"1 South, Ben|/o=x/cn=ben", "3 J\xc3\xb6rg|/o=x/cn=other",
                                        "1 J\xc3\xb6rg|joerg@x.example", "2 |BEN@x.example", NULL});
    g_autoptr(GString) transcript = read_item(item, &mail, damages);
    assert_non_null(strstr(transcript->str, "address bcc |\"J\xc3\xb6rg\" \"/o=x/cn=other\""));
    assert_null(strstr(transcript->str, "address cc"));
    gsize to = 0;
    for (const char *at = transcript->str; (at = strstr(at, "address to ")); at++)
        to++;
    assert_int_equal(to, 3); /* whose name another had first */
}

static void a_header_in_a_name_stays_in_it(void **state)
{
    (void)state;
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(Item) item = new_mail("a\r\nBcc: eve@east.example\r\n\r\nbody");
    add_recipient(item, 1, "x\"\r\nCc: eve@east.example", "ben@south.example\nCc: eve@east.example");
    g_autoptr(GString) transcript = read_item(item, &mail, damages);
    assert_null(strstr(transcript->str, "address cc"));
    assert_null(strstr(transcript->str, "address bcc"));
}

static void bodies_are_alternatives_and_attachments_follow(void **state)
{
    (void)state;
    Item *item = new_mail("s");
    add_text(item, &item->list, ITEM_BODY, "plain");
    add_text(item, &item->list, ITEM_HTML, "<p>rich</p>");
    add_attachment(item, "a \"b\".bin", "\r\n--candor\r\n\xff");
    Item *within = item_add_within(item, add_attachment(item, "inner", NULL));
    add_text(within, &within->list, ITEM_SUBJECT, "inner subject");
    add_text(within, &within->list, ITEM_BODY, "inner body");
    add_attachment(within, "c.txt", "deep");
    item_reads(item,
               (const char *const[]){"text 1.1|plain", "html 1.2|rich/", "pseudo @filename:2|a \"b\".bin",
                                     "pseudo @subject:3|inner subject", "text 3.1|inner body", NULL});
}

static void bytes_of_attachments_are_theirs(void **state)
{
    (void)state;
    static const char data[] = "\r\n\r--x\n\n";
    guint8 sha256[DIGEST_BYTES];
    g_autoptr(Item) item = new_mail("s");
    add_text(item, &item->list, ITEM_BODY, "plain");
    add_attachment(item, "a.bin", data);
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(GString) transcript = read_item(item, &mail, damages);
    hash_bytes(&hashing, SPAN_OF("\r\n\r--x\n\n"), sha256);
    assert_non_null(memmem(mail.p, mail.n, data, sizeof data - 1));
    assert_true(transcript_has(transcript, "part 2 leaf application/octet-stream read 8+0 a.bin") ||
                transcript_has(transcript, "part 2 leaf application/octet-stream unread 0+8 a.bin"));
}

static void line_ends_at_the_end_of_a_part_are_its_own(void **state)
{
    (void)state;
    static const char *const ends[] = {"a\r", "a\n", "a\r\n", "a\r\r", "\r", "\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *line =
            g_strdup_printf("part 2 leaf application/octet-stream read %zu+0 a.bin", strlen(ends[i]));
        Item *item = new_mail("s");
        add_text(item, &item->list, ITEM_BODY, "plain");
        add_attachment(item, "a.bin", ends[i]);
        item_reads(item, (const char *const[]){line, "text 1|plain", NULL});
    }
}

static void an_empty_attachment_is_no_loss(void **state)
{
    (void)state;
    g_autoptr(Item) item = item_new();
    ItemAttachment *attachment = item_add_attachment(item);
    assert_non_null(item_take_data(item, attachment, 0));
    assert_int_equal(attachment->data.n, 0);
    assert_null(attachment->loss);
}

static void what_is_lost_is_at_its_part(void **state)
{
    (void)state;
    g_autoptr(Item) item = new_mail("s");
    ItemAttachment *attachment = add_attachment(item, "lost.doc", NULL);
    attachment->loss = "attachment-damaged";
    attachment->lost = 77;
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(GString) transcript = read_item(item, &mail, damages);
    assert_int_equal(damages->len, 1);
    const ItemDamage *damage = &g_array_index(damages, ItemDamage, 0);
    assert_string_equal(damage->reason, "attachment-damaged");
    assert_int_equal(damage->bytes, 77);
    assert_memory_equal(mail.p + damage->start, "\r\n--candor-", 11);
}

static void a_body_too_deep_in_rtf_is_a_loss(void **state)
{
    (void)state;
    g_autoptr(GString) rtf = g_string_new("{\\rtf1\\fromhtml1 shown");
    for (guint i = 0; i <= LIMIT_RTF_DEPTH; i++)
        g_string_append_c(rtf, '{');
    g_string_append(rtf, "hidden");
    g_autoptr(Item) item = new_mail("s");
    item_add(item, &item->list, &(ItemTag){.id = ITEM_RTF}, ITEM_BINARY, (Span){rtf->str, rtf->len});
    g_auto(Scratch) mail = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(GString) transcript = read_item(item, &mail, damages);
    assert_true(transcript_has(transcript, "html 1|shown"));
    assert_int_equal(damages->len, 1);
    assert_string_equal(g_array_index(damages, ItemDamage, 0).reason, "too-deep");
    assert_int_equal(g_array_index(damages, ItemDamage, 0).bytes, strlen("hidden"));
}

static void a_signed_mail_is_whole(void **state)
{
    (void)state;
    Item *item = new_mail("s");
    ItemAttachment *attachment = add_attachment(
        item, "smime.p7m",
        "Content-Type: multipart/signed; boundary=own\r\n\r\n--own\r\nContent-Type: text/plain\r\n\r\n"
        "signed\r\nwords\r\n--own\r\nContent-Type: application/pkcs7-signature\r\n\r\nsig\r\n--own--\r\n");
    add_text(item, &attachment->list, ITEM_MEDIA_TYPE, "multipart/signed");
    item_reads(item, (const char *const[]){"text 2.1|signed/words", NULL});
}

static void a_contact_says_what_it_knows(void **state)
{
    (void)state;
    Item *item = item_new();
    add_text(item, &item->list, ITEM_CLASS, "IPM.Contact");
    add_text(item, &item->list, 0x3a1c, "+1 555 0100");
    add_time(item, &(ItemTag){.id = 0x3a42});
    item_add(item, &item->list, &(ItemTag){.set = ITEM_SET_STRINGS, .name = SPAN_OF("Badge")}, ITEM_STRING8,
             SPAN_OF("B-7"));
    add_text(item, &item->list, 0x0070, "a topic repeats");
    item_end(item, charsets);
    assert_string_equal(item_kind(item), "contact");
    item_reads(item,
               (const char *const[]){
                   "text 1|Mobile phone: +1 555 0100/Birthday: 2023-11-14T22:13:20Z/Badge: B-7/", NULL});
}

static void code_pages_become_utf8(void **state)
{
    (void)state;
    g_autoptr(Item) item = item_new();
    add_long(item, &item->list, 0x3ffd, 1251);
    add_text(item, &item->list, ITEM_SUBJECT, "\xcf\xf0\xe8\xe2\xe5\xf2");
    item_add(item, &item->list, &(ItemTag){.id = ITEM_BODY}, ITEM_UNICODE,
             (Span){"\x3d\xd8\x00\xde"
                    "a\0\0\0",
                    8});
    item_end(item, charsets);
    assert_true(span_equals(item_text(&item->list, ITEM_SUBJECT), "Привет"));
    assert_true(span_equals(item_text(&item->list, ITEM_BODY), "\xf0\x9f\x98\x80"
                                                               "a"));
}

static void equal_items_are_one_content(void **state)
{
    (void)state;
    Item *one = new_mail("same"), *other = item_new();
    /* In another order, another type of string, with machinery of its own. */
    static const guint32 order[] = {ITEM_FROM_SMTP, ITEM_SUBJECT, ITEM_FROM_NAME, ITEM_CLASS,
                                    ITEM_FROM_ADDRESS};
    static const char *const texts[] = {"ada@north.example", "\1\1same", "Ada \"A\" North", "IPM.Note",
                                        "/o=north/cn=ada"};
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        g_autofree gunichar2 *utf16 = g_utf8_to_utf16(texts[i], -1, NULL, NULL, NULL);
        item_add(other, &other->list, &(ItemTag){.id = order[i]}, ITEM_UNICODE,
                 (Span){(const char *)utf16, 2 * strlen(texts[i])});
    }
    add_text(other, &other->list, 0x0070, "topic");
    assert_same_content(one, other, TRUE);
    assert_same_content(new_mail("same"), new_mail("another"), FALSE);
}

static void another_attachment_is_another_content(void **state)
{
    (void)state;
    Item *one = new_mail("same"), *other = new_mail("same");
    add_attachment(one, "a", "1");
    add_attachment(other, "a", "2");
    assert_same_content(one, other, FALSE);
    one = new_mail("same");
    add_recipient(one, 3, "Di", "di@west.example");
    assert_same_content(one, new_mail("same"), FALSE);
}

static void limits_leave_losses(void **state)
{
    (void)state;
    g_autoptr(Item) item = item_new();
    for (guint i = 0; i <= LIMIT_ADDRESSES; i++)
        (void)item_add_recipient(item);
    assert_int_equal(item->recipients->len, LIMIT_ADDRESSES);
    assert_string_equal(g_array_index(item->losses, ItemLoss, 0).reason, "too-many-addresses");
    ItemAttachment *attachment = item_add_attachment(item);
    assert_null(item_take_data(item, attachment, LIMIT_ITEM_BYTES + 1));
    assert_string_equal(attachment->loss, "message-too-large");
    Item *deepest = item;
    for (guint i = 1; i < LIMIT_ITEM_DEPTH; i++)
        assert_non_null(deepest = item_add_within(deepest, item_add_attachment(deepest)));
    attachment = item_add_attachment(deepest);
    assert_null(item_add_within(deepest, attachment));
    assert_string_equal(attachment->loss, "too-deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mail_without_headers),
        cmocka_unit_test(transport_headers_are_the_mails_own),
        cmocka_unit_test(a_recipient_whose_address_is_part_of_another_is_kept),
        cmocka_unit_test(a_namesake_is_kept_and_nobody_stands_twice),
        cmocka_unit_test(a_header_in_a_name_stays_in_it),
        cmocka_unit_test(bodies_are_alternatives_and_attachments_follow),
        cmocka_unit_test(bytes_of_attachments_are_theirs),
        cmocka_unit_test(line_ends_at_the_end_of_a_part_are_its_own),
        cmocka_unit_test(an_empty_attachment_is_no_loss),
        cmocka_unit_test(what_is_lost_is_at_its_part),
        cmocka_unit_test(a_body_too_deep_in_rtf_is_a_loss),
        cmocka_unit_test(a_signed_mail_is_whole),
        cmocka_unit_test(a_contact_says_what_it_knows),
        cmocka_unit_test(code_pages_become_utf8),
        cmocka_unit_test(equal_items_are_one_content),
        cmocka_unit_test(another_attachment_is_another_content),
        cmocka_unit_test(limits_leave_losses),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
