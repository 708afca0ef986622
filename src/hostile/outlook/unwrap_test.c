/* unwrap_test.c - winmail.dat and MSG files that are parts of a mail are read as mails in it. */
#include "hostile/outlook/unwrap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/limits.h"
#include "hostile/outlook/made.h"

/* A mail with a text and the bytes, in base64, as its second part. */
static GString *mail_with(Span bytes, const char *media_type, const char *name)
{
    GString *mail =
        g_string_new("From: ada@north.example\nSubject: outer\nContent-Type: multipart/mixed; boundary=b\n\n"
                     "--b\n\nouter words\n--b\n");
    g_autofree char *encoded = g_base64_encode((const guchar *)bytes.p, bytes.n);
    g_string_append_printf(mail, "Content-Type: %s; name=\"%s\"\nContent-Transfer-Encoding: base64\n\n",
                           media_type, name);
    for (gsize at = 0; at < strlen(encoded); at += 76)
        g_string_append_printf(mail, "%.76s\n", encoded + at);
    g_string_append(mail, "--b--\n");
    return mail;
}

static GString *read_mail(const Made *made, const GString *mail)
{
    const char *wrong = transcript_check(made->reader, (Span){mail->str, mail->len});
    if (wrong)
        fail_msg("%s", wrong);
    return transcript_of(made->reader, (Span){mail->str, mail->len});
}

static void expect(const Made *made, Span bytes, const char *media_type, const char *const *lines)
{
    g_autoptr(GString) mail = mail_with(bytes, media_type, "a name");
    g_autoptr(GString) transcript = read_mail(made, mail);
    for (guint i = 0; lines[i]; i++)
        if (!transcript_has(transcript, lines[i]))
            fail_msg("'%s' is not in\n%s", lines[i], transcript->str);
}

static const char *const letter[] = {"text 1|outer words",      "pseudo @filename:2|a name",
                                     "pseudo @subject:2|Plans", "mention 2 bcc Di West|di@west.example",
                                     "text 2.1|Hello/world",    "pseudo @filename:2.2|note.txt",
                                     "text 2.2|attached words", NULL};

static void winmail_is_a_mail_in_a_mail(void **state)
{
    g_autoptr(GBytes) bytes = made_seed("tnef/letter");
    expect(*state, made_span(bytes), "application/ms-tnef", letter);
    expect(*state, made_span(bytes), "application/octet-stream", letter);
    expect(*state, made_span(bytes), "application/ms-tnef",
           (const char *const[]){"part 2 message application/ms-tnef read 0+0 a name", NULL});
}

static void a_msg_file_is_a_mail_in_a_mail(void **state)
{
    g_autoptr(GBytes) bytes = made_seed("msg/letter");
    expect(*state, made_span(bytes), "application/vnd.ms-outlook", letter);
    expect(*state, made_span(bytes), "image/png", letter);
}

/* Within what is no mail by itself too: winmail.dat in an MSG file. */
static void forms_stand_in_forms(void **state)
{
    Made *made = *state;
    g_auto(Scratch) mail = {0};
    guint8 key[DIGEST_BYTES] = {0};
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    g_autoptr(GBytes) bytes = made_seed("tnef/letters");
    g_autoptr(Item) item = item_new();
    ItemAttachment *attachment = item_add_attachment(item);
    memcpy(item_take_data(item, attachment, made_span(bytes).n), made_span(bytes).p, made_span(bytes).n);
    assert_true(item_mail(item, key, made->charsets, &mail, damages));
    g_autoptr(GString) whole = g_string_new_len(mail.p, (gssize)mail.n);
    g_autoptr(GString) transcript = read_mail(made, whole);
    assert_true(transcript_has(transcript, "text 2.2.2|deep words"));
    assert_true(transcript_has(transcript, "pseudo @subject:2.2|Inner"));
}

/* What is missing is said of the part that it is missing from; a file that is cut does not count as read. */
static void losses_are_gaps_of_their_part(void **state)
{
    g_autoptr(GBytes) links = made_seed("tnef/ole-and-link"), whole = made_seed("tnef/letters");
    expect(*state, made_span(links), "application/ms-tnef",
           (const char *const[]){"gap 2.3 external 0", NULL});
    g_autoptr(GString) mail =
        mail_with((Span){made_span(whole).p, 2000}, "application/ms-tnef", "winmail.dat");
    g_autoptr(GString) transcript = read_mail(*state, mail);
    assert_non_null(strstr(transcript->str, "gap 2 item-damaged "));
    assert_true(transcript_has(transcript, "part 2 message application/ms-tnef broken 0+0 winmail.dat"));
}

/* Each holds the one before, beyond the depth of any mail. */
static void a_nest_of_forms_ends(void **state)
{
    Made *made = *state;
    g_autoptr(GBytes) seed = made_seed("tnef/letter");
    g_autoptr(GByteArray) inner = g_byte_array_new();
    g_byte_array_append(inner, (const guint8 *)made_span(seed).p, (guint)made_span(seed).n);
    for (guint i = 0; i < 2 * LIMIT_DEPTH; i++) {
        GByteArray *outer = g_byte_array_new();
        guint32 n = GUINT32_TO_LE(inner->len);
        g_byte_array_append(outer, (const guint8 *)"\x78\x9f\x3e\x22\1\0\2\x0f\x80\6\0", 11);
        g_byte_array_append(outer, (const guint8 *)&n, 4);
        g_byte_array_append(outer, inner->data, inner->len);
        g_byte_array_append(outer, (const guint8 *)"\0\0", 2);
        g_byte_array_unref(inner);
        inner = outer;
    }
    g_autoptr(GString) mail =
        mail_with((Span){(const char *)inner->data, inner->len}, "application/ms-tnef", "x");
    g_autoptr(GString) transcript = read_mail(made, mail);
    assert_non_null(strstr(transcript->str, " too-deep "));
}

static int set_up(void **state)
{
    if (made_set_up(state) != 0)
        return -1;
    Made *made = *state;
    const ReaderForms forms = unwrap_forms(&made->hashing);
    reader_set_forms(made->reader, &forms);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(winmail_is_a_mail_in_a_mail), cmocka_unit_test(a_msg_file_is_a_mail_in_a_mail),
        cmocka_unit_test(forms_stand_in_forms),        cmocka_unit_test(losses_are_gaps_of_their_part),
        cmocka_unit_test(a_nest_of_forms_ends),
    };
    return cmocka_run_group_tests(tests, set_up, made_tear_down);
}
