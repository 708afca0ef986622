/* made.c - files and items for the tests of Outlook's containers. */
#include "hostile/outlook/made.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

int made_set_up(void **state)
{
    Made *made = g_new0(Made, 1);
    made->charsets = charsets_new(NULL);
    made->reader = reader_new(NULL);
    *state = made;
    return made->charsets && made->reader && hashing_init(&made->hashing, NULL) ? 0 : -1;
}

int made_tear_down(void **state)
{
    Made *made = *state;
    charsets_free(made->charsets);
    reader_free(made->reader);
    hashing_clear(&made->hashing);
    g_free(made);
    return 0;
}

GBytes *made_seed(const char *name)
{
    g_autofree char *path = g_build_filename(CANDOR_SOURCE_ROOT, "tests", "corpus", name, NULL);
    char *bytes;
    gsize n;
    if (!g_file_get_contents(path, &bytes, &n, NULL))
        fail_msg("%s cannot be read: python3 tests/outlook.py seeds tests/corpus makes it", path);
    return g_bytes_new_take(bytes, n);
}

static void make_mail(Made *made, const Item *item, Scratch *mail)
{
    guint8 key[DIGEST_BYTES], properties[DIGEST_BYTES];
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    item_key(&made->hashing, item, key, properties);
    assert_true(item_mail(item, key, made->charsets, mail, damages));
}

void made_check(Made *made, const Item *item)
{
    g_auto(Scratch) mail = {0};
    make_mail(made, item, &mail);
    const char *wrong = transcript_check(made->reader, scratch_span(&mail));
    if (wrong)
        fail_msg("%s", wrong);
}

void made_expect(Made *made, const Item *item, const char *const *lines)
{
    g_auto(Scratch) mail = {0};
    make_mail(made, item, &mail);
    g_autoptr(GString) transcript = transcript_of(made->reader, scratch_span(&mail));
    for (guint i = 0; lines[i]; i++)
        if (!transcript_has(transcript, lines[i]))
            fail_msg("'%s' is not in\n%s", lines[i], transcript->str);
}

gboolean made_lost(const Item *item, const char *reason)
{
    for (guint i = 0; i < item->losses->len; i++)
        if (strcmp(g_array_index(item->losses, ItemLoss, i).reason, reason) == 0)
            return TRUE;
    for (guint i = 0; i < item->attachments->len; i++) {
        const ItemAttachment *attachment = item->attachments->pdata[i];
        if (g_strcmp0(attachment->loss, reason) == 0 ||
            (attachment->within && made_lost(attachment->within, reason)))
            return TRUE;
    }
    return FALSE;
}
