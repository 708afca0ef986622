/* item_mail.h - an Outlook item as the message that it was, so that one reader reads all mail.
 *
 * The canonical bytes of an item (nouns/evidence.h) are a MIME message of its properties in a fixed order: the
 * transport headers as they came (without those of MIME), or headers made from the properties; recipients that the
 * headers do not name (blind copies); the bodies it has (plain, and HTML or RTF: alternatives); its other texts, a line
 * each ("Location: …"); then the attachments, their bytes as they are (encoding `binary`), items within as
 * message/rfc822.  Boundaries are made of the item's key, so they stand in no part.
 *
 * The content key is SHA-256("item-1\n" ‖ SHA-256(the item's properties in a fixed order)): it does not change when
 * the message is made in another way. */
#pragma once
#include "hostile/open/canon.h"
#include "hostile/outlook/item.h"
#include "hostile/read/scratch.h"

#define ITEM_FORM "item-1"

/* A part of the message that stands for something which could not be read, or not whole. */
typedef struct {
    guint64 start;      /* where its body begins in the message: PartRow.start */
    const char *reason; /* of a gap                                            */
    guint64 bytes;
} ItemDamage;

/* The key of an item that was ended, and the SHA-256 of its properties (what stands for its bytes as found, where the
 * container has no range of bytes that is the item). */
void item_key(Hashing *hashing, const Item *item, guint8 key[DIGEST_BYTES], guint8 properties[DIGEST_BYTES]);

/* Write the message into `out` (emptied first). `key`: the item's. Damages (ItemDamage, rising) are appended;
 * `charsets` is for bodies in RTF. FALSE without memory: then `out` is empty. */
gboolean item_mail(const Item *item, const guint8 key[DIGEST_BYTES], Charsets *charsets, Scratch *out,
                   GArray *damages);

/* "mail", "appointment", "contact", "task", "note", "report", "journal", "distribution-list", "post", "other": by the
 * message class, [MS-OXCMSG] 2.2.1.3. */
const char *item_kind(const Item *item);
