/* item_codepage.h - the code page of an item's strings of bytes. */
#pragma once
#include "hostile/outlook/item.h"

/* PidTagMessageCodepage; else the page that Windows has for the locale of PidTagMessageLocaleId; else
 * PidTagInternetCodepage, which is only what it would be sent in; else 1252. */
guint item_codepage(const Item *item);
