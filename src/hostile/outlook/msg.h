/* msg.h - an Outlook .msg file to an item, [MS-OXMSG].
 *
 * Opens nothing: the bytes are in memory.  It never fails: what is broken is a loss of the item.  An OLE object, which
 * is a storage and not bytes, becomes a compound file of its own with the same streams (cfb_extract): the attachment's
 * data.  Links to files and web places are the loss "external". */
#pragma once
#include "hostile/outlook/item.h"

/* Whether the bytes are a compound file that holds a message: "__properties_version1.0" stands in its root. */
gboolean msg_takes(Span bytes);
/* The item, ended; never NULL. */
Item *msg_read(Span bytes, Charsets *charsets);
