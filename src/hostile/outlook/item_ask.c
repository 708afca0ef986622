/* item_ask.c - what an Outlook item says, by the numbers of its properties. */
#include "hostile/outlook/item.h"

#include "lib/moment.h"

static const ItemProperty *find(const ItemList *list, ItemSet set, guint32 id)
{
    for (guint i = 0; i < list->properties->len; i++) {
        const ItemProperty *property = &g_array_index(list->properties, ItemProperty, i);
        if (property->tag.set == set && property->tag.id == id && !property->tag.name.p)
            return property;
    }
    return NULL;
}

static Span text_of(const ItemProperty *property)
{
    return property && property->type == ITEM_UNICODE ? property->value : SPAN_NONE;
}

static guint64 little_endian(Span value, gsize n)
{
    guint64 number = 0;
    for (gsize i = MIN(n, value.n); i--;)
        number = number << 8 | (guint8)value.p[i];
    return number;
}

gint64 item_property_time(const ItemProperty *property)
{
    /* Ticks of 100 ns from 1601 to 1970. */
    const guint64 epoch = 116444736000000000;
    guint64 ticks = property && property->type == ITEM_TIME ? little_endian(property->value, 8) : 0;
    /* 0, and the end of the year 4500, stand for "none" ([MS-OXOCAL] 2.2.1.44.1); beyond 9999 nothing is a date. */
    if (!ticks || ticks / 10 >= 265046774400000000 || ticks == 0x0CB34557A3DD4000)
        return MOMENT_NONE;
    return (gint64)(ticks / 10) - (gint64)(epoch / 10);
}

Span item_text(const ItemList *list, guint32 id)
{
    return text_of(find(list, ITEM_SET_NONE, id));
}

Span item_bytes(const ItemList *list, guint32 id)
{
    const ItemProperty *property = find(list, ITEM_SET_NONE, id);
    return property && property->type == ITEM_BINARY ? property->value : SPAN_NONE;
}

gboolean item_number(const ItemList *list, guint32 id, gint64 *number)
{
    const ItemProperty *property = find(list, ITEM_SET_NONE, id);
    if (!property || property->type == ITEM_UNICODE || property->type == ITEM_STRING8 ||
        property->type == ITEM_BINARY)
        return FALSE;
    *number = (gint64)little_endian(property->value, 8);
    return TRUE;
}

gint64 item_time(const ItemList *list, guint32 id)
{
    return item_property_time(find(list, ITEM_SET_NONE, id));
}

Span item_named_text(const ItemList *list, ItemSet set, guint32 id)
{
    return text_of(find(list, set, id));
}

gint64 item_named_time(const ItemList *list, ItemSet set, guint32 id)
{
    return item_property_time(find(list, set, id));
}

ItemSet item_set_of_guid(const guint8 guid[16])
{
    /* The first four bytes, as they lie; most sets share the rest. */
    static const guint8 outlook[12] = {0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};
    static const struct {
        guint8 first[4];
        ItemSet set;
    } sets[] = {
        {{0x29, 0x03, 0x02, 0}, ITEM_SET_STRINGS},     {{0x86, 0x03, 0x02, 0}, ITEM_SET_HEADERS},
        {{0x08, 0x20, 0x06, 0}, ITEM_SET_COMMON},      {{0x04, 0x20, 0x06, 0}, ITEM_SET_ADDRESS},
        {{0x02, 0x20, 0x06, 0}, ITEM_SET_APPOINTMENT}, {{0x03, 0x20, 0x06, 0}, ITEM_SET_TASK},
        {{0x0e, 0x20, 0x06, 0}, ITEM_SET_NOTE},        {{0x0a, 0x20, 0x06, 0}, ITEM_SET_LOG},
    };
    static const guint8 meeting[16] = {0x90, 0xda, 0xd8, 0x6e, 0x0b, 0x45, 0x1b, 0x10,
                                       0x98, 0xda, 0x00, 0xaa, 0x00, 0x3f, 0x13, 0x05};
    if (memcmp(guid, meeting, 16) == 0)
        return ITEM_SET_MEETING;
    for (gsize i = 0; i < G_N_ELEMENTS(sets) && memcmp(guid + 4, outlook, 12) == 0; i++)
        if (memcmp(guid, sets[i].first, 4) == 0)
            return sets[i].set;
    return ITEM_SET_OTHER;
}
