/* stored_item.c - an item of a PST at its place, as the message that it was; in the box. */
#include "hostile/stored_item.h"

/* Opening lists all places: it is done once for items that follow one another. The descriptor may be another of the
 * same file; whether the item is still the one that was meant, its hash says. */
Pst *stored_pst(Boxed *boxed, guint64 item, int file, const char **reason)
{
    const char *path = g_array_index(boxed->job->items, JobItem, item).path;
    if (boxed->pst && g_strcmp0(path, boxed->pst_path) == 0) {
        pst_turn(boxed->pst, file);
        return boxed->pst;
    }
    pst_close(boxed->pst);
    boxed->pst = pst_open(file, boxed->size, boxed->job->tools->charsets, reason);
    boxed->pst_path = path;
    return boxed->pst;
}

gboolean stored_item_read(Boxed *boxed, Pst *pst, const PstPlace *place, StoredItem *stored,
                          const char **reason)
{
    Tools *tools = boxed->job->tools;
    *stored = (StoredItem){.item = pst_read(pst, place, reason)};
    if (!stored->item)
        return FALSE;
    stored->damages = g_array_new(FALSE, FALSE, sizeof(ItemDamage));
    item_key(&tools->hashing, stored->item, stored->key, stored->sha256);
    *reason = "message-too-large";
    return item_mail(stored->item, stored->key, tools->charsets, &stored->message, stored->damages);
}

void stored_item_clear(StoredItem *stored)
{
    item_free(stored->item);
    scratch_clear(&stored->message);
    g_clear_pointer(&stored->damages, g_array_unref);
}
