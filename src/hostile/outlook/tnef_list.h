/* tnef_list.h - lists of properties as they stand in TNEF streams, [MS-OXTNEF] 2.1.3.4. */
#pragma once
#include "hostile/outlook/item.h"

#define TNEF_DAMAGED "item-damaged"

/* PidTagAttachDataObject of an attachment: a message in TNEF, or the bytes of a file. */
typedef struct {
    gboolean is_message;
    Span bytes; /* absent: there is none */
} TnefObject;

/* Add the properties of a list that begins at *at, which moves behind it, to `list` of the item. *object (may be NULL)
 * is set to what stands for the attachment's data; of several the last, the others are a loss. FALSE where the list
 * cannot be followed to its end: a loss of the item. */
gboolean tnef_list_read(Item *item, ItemList *list, Span bytes, gsize *at, TnefObject *object);
