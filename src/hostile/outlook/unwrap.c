/* unwrap.c - parts of a mail that are an Outlook item in a file. */
#include "hostile/outlook/unwrap.h"

#include "hostile/outlook/item_mail.h"
#include "hostile/outlook/msg.h"
#include "hostile/outlook/tnef.h"

static gboolean takes(Span bytes)
{
    return tnef_takes(bytes) || msg_takes(bytes);
}

static void take_damages(const Item *item, const GArray *damages, GArray *all)
{
    for (guint i = 0; i < damages->len; i++) {
        const ItemDamage *damage = &g_array_index(damages, ItemDamage, i);
        g_array_append_val(all, ((ReaderDamage){damage->start, damage->reason, NULL, damage->bytes}));
    }
    for (guint i = 0; i < item->losses->len; i++) {
        const ItemLoss *loss = &g_array_index(item->losses, ItemLoss, i);
        g_array_append_val(all, ((ReaderDamage){READER_WHOLE, loss->reason, loss->detail, loss->bytes}));
    }
}

static gboolean unwrap(void *user, Charsets *charsets, Span bytes, ReaderUnwrapped *unwrapped)
{
    guint8 key[DIGEST_BYTES], properties[DIGEST_BYTES];
    g_autoptr(Item) item = tnef_takes(bytes) ? tnef_read(bytes, charsets) : msg_read(bytes, charsets);
    g_autoptr(GArray) damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    item_key(user, item, key, properties);
    if (!item_mail(item, key, charsets, &unwrapped->message, damages))
        return FALSE;
    unwrapped->damages = g_array_new(FALSE, FALSE, sizeof(ReaderDamage));
    take_damages(item, damages, unwrapped->damages);
    return TRUE;
}

ReaderForms unwrap_forms(Hashing *hashing)
{
    return (ReaderForms){.takes = takes, .unwrap = unwrap, .user = hashing};
}
