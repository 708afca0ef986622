/* item_named.h - which recipients of an Outlook item its transport headers name; for item_header.c. */
#pragma once
#include "hostile/outlook/item.h"

/* Inside an organisation an address may be a path in its directory, /o=.../cn=...: kept for want of a better. */
typedef struct {
    Span name, address; /* absent where it has none */
} ItemPerson;
ItemPerson item_recipient(const ItemList *list);

/* Which recipients stand in the fields To, Cc and Bcc of a header (lines that end with LF): an array of a gboolean for
 * each, g_array_unref. An address must be the same but for case, never only a part of another. Who has none stands
 * there by name; a name in a field is that of one recipient, so that a namesake is not taken for it. */
GArray *item_named(const Item *item, Span header, Charsets *charsets);
