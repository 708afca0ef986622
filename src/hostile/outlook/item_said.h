/* item_said.h - which properties of an item say something, and how they are called; for item_key.c and item_mail.c.
 *
 * Said are those that make the message (headers, bodies, recipients), and every other string that is not known to be
 * machinery or a repetition: so a phone number in a field that candor does not know is not lost.  Of times and numbers
 * those that are listed. */
#pragma once
#include "hostile/outlook/item.h"

/* Numbers of [MS-OXPROPS] that the message is made of. */
enum {
    ITEM_CLASS = 0x001a,
    ITEM_SUBJECT = 0x0037,
    ITEM_SUBMITTED = 0x0039,
    ITEM_FROM_NAME = 0x0042,
    ITEM_FROM_ADDRESS = 0x0065,
    ITEM_HEADERS = 0x007d,
    ITEM_SENDER_NAME = 0x0c1a,
    ITEM_SENDER_ADDRESS = 0x0c1f,
    ITEM_DELIVERED = 0x0e06,
    ITEM_BODY = 0x1000,
    ITEM_RTF = 0x1009,
    ITEM_HTML = 0x1013,
    ITEM_MESSAGE_ID = 0x1035,
    ITEM_REFERENCES = 0x1039,
    ITEM_IN_REPLY_TO = 0x1042,
    ITEM_CREATED = 0x3007,
    ITEM_INTERNET_CODEPAGE = 0x3fde,
    ITEM_SENDER_SMTP = 0x5d01,
    ITEM_FROM_SMTP = 0x5d02,
    /* of a recipient */
    ITEM_RECIPIENT_TYPE = 0x0c15,
    ITEM_NAME = 0x3001,
    ITEM_ADDRESS = 0x3003,
    ITEM_SMTP = 0x39fe,
    /* of an attachment */
    ITEM_SHORT_FILENAME = 0x3704,
    ITEM_METHOD = 0x3705,
    ITEM_FILENAME = 0x3707,
    ITEM_MEDIA_TYPE = 0x370e,
    ITEM_CONTENT_ID = 0x3712,
};

/* The properties of the item itself that are said, in an order that does not depend on the container: an array of
 * const ItemProperty *, for g_ptr_array_unref. */
GPtrArray *item_said(const Item *item);
/* Whether a property of the item is one that stands in the message for itself, as a line "Location: …", and the
 * word before it, into `label` of n bytes. */
gboolean item_line(const ItemProperty *property, char *label, gsize n);
/* Its body in HTML, as bytes in the item's code page or as text; absent if it has none. */
Span item_html(const Item *item);
/* Orders pointers to properties of one list, for g_ptr_array_sort. */
gint item_property_compare(gconstpointer a, gconstpointer b);
/* Whether a property of a recipient or attachment is said. */
gboolean item_recipient_says(const ItemProperty *property);
gboolean item_attachment_says(const ItemProperty *property);
