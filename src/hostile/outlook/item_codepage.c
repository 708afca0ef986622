/* item_codepage.c - the code page of an item's strings of bytes. */
#include "hostile/outlook/item_codepage.h"

#define MESSAGE_CODEPAGE 0x3ffd
#define MESSAGE_LOCALE 0x3ff1
#define INTERNET_CODEPAGE 0x3fde

/* "ANSI" code pages of Windows, [MS-LCID]: by the whole locale, or by its language, the low ten bits. */
static guint codepage_of_locale(guint locale)
{
    static const struct {
        guint locale, codepage;
    } whole[] = {{0x0404, 950},  {0x0c04, 950},  {0x1404, 950}, {0x0c1a, 1251},
                 {0x1c1a, 1251}, {0x042c, 1254}, {0x082c, 1251}};
    static const guint16 languages[0x80] = {
        [0x01] = 1256, [0x02] = 1251, [0x04] = 936,  [0x05] = 1250, [0x08] = 1253, [0x0d] = 1255,
        [0x0e] = 1250, [0x11] = 932,  [0x12] = 949,  [0x15] = 1250, [0x18] = 1250, [0x19] = 1251,
        [0x1a] = 1250, [0x1b] = 1250, [0x1c] = 1250, [0x1e] = 874,  [0x1f] = 1254, [0x20] = 1256,
        [0x22] = 1251, [0x23] = 1251, [0x24] = 1250, [0x25] = 1257, [0x26] = 1257, [0x27] = 1257,
        [0x29] = 1256, [0x2a] = 1258, [0x2f] = 1251, [0x3f] = 1251, [0x40] = 1251, [0x44] = 1251,
        [0x50] = 1251};
    for (gsize i = 0; i < G_N_ELEMENTS(whole); i++)
        if (whole[i].locale == (locale & 0xffff))
            return whole[i].codepage;
    guint language = locale & 0x3ff, codepage = language < G_N_ELEMENTS(languages) ? languages[language] : 0;
    return codepage ? codepage : 1252;
}

guint item_codepage(const Item *item)
{
    gint64 number;
    if (item_number(&item->list, MESSAGE_CODEPAGE, &number) && number > 0)
        return (guint)number;
    if (item_number(&item->list, MESSAGE_LOCALE, &number) && number > 0)
        return codepage_of_locale((guint)number);
    if (item_number(&item->list, INTERNET_CODEPAGE, &number) && number > 0)
        return (guint)number;
    return 1252;
}
