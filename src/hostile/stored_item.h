/* stored_item.h - an item of a PST at its place, as the message that it was; in the box. */
#pragma once
#include "hostile/job.h"
#include "hostile/outlook/item_mail.h"

typedef struct {
    Item *item;                  /* NULL: it cannot be read                    */
    Scratch message;             /* its canonical bytes                        */
    GArray *damages;             /* ItemDamage                                 */
    guint8 key[DIGEST_BYTES];    /* content key                                */
    guint8 sha256[DIGEST_BYTES]; /* of its properties                         */
} StoredItem;

/* The PST of a job's item, opened for the box's life; NULL with *reason. */
Pst *stored_pst(Boxed *boxed, guint64 item, int file, const char **reason);

/* Read what lies at a place of it. FALSE with *reason when there is nothing to be read. Clear in either case. */
gboolean stored_item_read(Boxed *boxed, Pst *pst, const PstPlace *place, StoredItem *stored,
                          const char **reason);
void stored_item_clear(StoredItem *stored);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(StoredItem, stored_item_clear)
