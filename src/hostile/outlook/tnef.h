/* tnef.h - a TNEF stream (winmail.dat, application/ms-tnef) to an item, [MS-OXTNEF]; by own bounded code.
 *
 * It never fails: a checksum that is wrong, an attribute that is cut or unknown is a loss of the item. What old
 * attributes and properties both say is taken from the properties. */
#pragma once
#include "hostile/outlook/item.h"

gboolean tnef_takes(Span bytes);
/* The item, ended; never NULL. */
Item *tnef_read(Span bytes, Charsets *charsets);
