/* file_form.c - a file that is one message in another form than mail, as the message that it was. */
#include "hostile/file_form.h"

#include "hostile/read/emlx.h"
#include "hostile/outlook/msg.h"
#include "hostile/outlook/tnef.h"

FileForm file_form(Span bytes)
{
    Emlx emlx;
    if (tnef_takes(bytes))
        return FORM_TNEF;
    if (msg_takes(bytes))
        return FORM_MSG;
    return emlx_find(bytes, &emlx) ? FORM_EMLX : FORM_MAIL;
}

/* The mail within, canonical as any mail: so it is one content with its EML. */
static void read_emlx(Tools *tools, char *bytes, gsize n, FormMessage *message)
{
    Emlx emlx;
    emlx_find((Span){bytes, n}, &emlx);
    canon_make(&tools->hashing, bytes + emlx.start, emlx.n, TRUE, &message->canon);
    message->has_canon = TRUE;
    memcpy(message->key, message->canon.key, DIGEST_BYTES);
    message->canonical = message->canon.canonical;
    message->size = message->canon.size;
    message->defects = message->canon.defects;
    message->deleted = emlx.deleted;
    message->missing = emlx.missing;
}

gboolean form_message_read(Tools *tools, FileForm form, char *bytes, gsize n, FormMessage *message)
{
    guint8 properties[DIGEST_BYTES];
    Span file = {bytes, n};
    *message = (FormMessage){0};
    if (form == FORM_EMLX) {
        read_emlx(tools, bytes, n, message);
        return TRUE;
    }
    message->item = form == FORM_TNEF ? tnef_read(file, tools->charsets) : msg_read(file, tools->charsets);
    message->damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    item_key(&tools->hashing, message->item, message->key, properties);
    if (!item_mail(message->item, message->key, tools->charsets, &message->made, message->damages))
        return FALSE;
    message->canonical = scratch_span(&message->made);
    message->size = message->made.n;
    return TRUE;
}

void form_message_clear(FormMessage *message)
{
    if (message->has_canon)
        canon_done(&message->canon);
    item_free(message->item);
    g_clear_pointer(&message->damages, g_array_unref);
    scratch_clear(&message->made);
}
