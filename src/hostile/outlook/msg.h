/* msg.h - an Outlook .msg file to an item, [MS-OXMSG]; by libgsf.
 *
 * Opens nothing: the bytes are in memory.  It never fails: what is broken is a loss of the item. */
#pragma once
#include "hostile/outlook/item.h"

/* Whether the bytes are a compound file that holds a message: "__properties_version1.0" stands in its root. */
gboolean msg_takes(Span bytes);
/* The item, ended; never NULL. */
Item *msg_read(Span bytes, Charsets *charsets);
/* Run once outside of any box, so that nothing is opened later. */
void msg_warm_up(void);
