/* pst_item.h - one message object of a PST to an item: properties, recipients, attachments, items within. */
#pragma once
#include "hostile/outlook/item.h"
#include "hostile/outlook/pst_names.h"

/* Fill the item from the node; item_end is left to the caller. FALSE when the node holds no properties at all. */
gboolean pst_item_fill(PstFile *file, const PstNames *names, const PstNode *node, Item *item);
