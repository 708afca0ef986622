/* tnef_list.c - lists of properties as they stand in TNEF streams, [MS-OXTNEF] 2.1.3.4. */
#include "hostile/outlook/tnef_list.h"

#include "hostile/cfb/little.h"
#include "hostile/read/scratch.h"

#define SEVERAL 0x1000u
#define OBJECT 0x000du
#define ATTACH_DATA 0x3701u
#define GUID_BYTES 16
#define FIRST_NAMED 0x8000u

typedef struct {
    Item *item;
    ItemList *list;
    Span bytes;
    gsize at;
    TnefObject *object;
    Scratch name; /* of the property that is read */
} Listing;

/* The next n bytes, and behind them what fills up to four. FALSE when there are not so many. */
static gboolean take(Listing *listing, guint64 n, Span *part)
{
    if (n > listing->bytes.n - listing->at)
        return FALSE;
    *part = little_part(listing->bytes, listing->at, (gsize)n);
    listing->at = (gsize)MIN(listing->at + ((n + 3) & ~(guint64)3), listing->bytes.n);
    return TRUE;
}

static gboolean take_number(Listing *listing, guint32 *number)
{
    Span part;
    if (!take(listing, 4, &part))
        return FALSE;
    *number = little32(part, 0);
    return TRUE;
}

static gboolean has_length(guint type)
{
    return type == ITEM_STRING8 || type == ITEM_UNICODE || type == ITEM_BINARY || type == OBJECT;
}

/* UTF-16 without its end, in UTF-8. */
static gboolean take_name(Listing *listing, ItemTag *tag)
{
    guint32 n;
    Span utf16;
    if (!take_number(listing, &n) || !take(listing, n, &utf16))
        return FALSE;
    scratch_reset(&listing->name);
    if (!scratch_reserve(&listing->name, utf16.n / 2 * 3 + 1))
        return FALSE;
    for (gsize at = 0; at + 1 < utf16.n && little16(utf16, at); at += 2) {
        gunichar c = little16(utf16, at);
        listing->name.n += (gsize)g_unichar_to_utf8(c >= 0xd800 && c < 0xe000 ? 0xfffd : c,
                                                    listing->name.p + listing->name.n);
    }
    tag->name = scratch_span(&listing->name);
    return TRUE;
}

/* A named property says its set, and its number or name. */
static gboolean take_named(Listing *listing, ItemTag *tag)
{
    Span guid;
    guint32 kind;
    if (!take(listing, GUID_BYTES, &guid) || !take_number(listing, &kind))
        return FALSE;
    *tag = (ItemTag){.set = item_set_of_guid((const guint8 *)guid.p)};
    return kind == 0 ? take_number(listing, &tag->id) : take_name(listing, tag);
}

/* What an attachment holds; the first 16 bytes say how it is to be looked at. */
static void take_object(Listing *listing, guint type, Span value)
{
    static const char message[] = "\x07\x03\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46";
    if (type == OBJECT && value.n >= GUID_BYTES) {
        listing->object->is_message = memcmp(value.p, message, GUID_BYTES) == 0;
        value = (Span){value.p + GUID_BYTES, value.n - GUID_BYTES};
    }
    if (listing->object->bytes.n)
        item_lose(listing->item, TNEF_DAMAGED, "an attachment has several contents",
                  listing->object->bytes.n);
    listing->object->bytes = value;
}

static gboolean take_value(Listing *listing, const ItemTag *tag, guint type)
{
    guint32 length = (guint32)item_type_bytes(type);
    Span value;
    if (has_length(type) && !take_number(listing, &length))
        return FALSE;
    if (!take(listing, length, &value))
        return FALSE;
    if (listing->object && !tag->set && tag->id == ATTACH_DATA)
        take_object(listing, type, value);
    else
        item_add(listing->item, listing->list, tag, (guint16)type, value);
    return TRUE;
}

static gboolean take_property(Listing *listing)
{
    guint32 head, count = 1;
    if (!take_number(listing, &head))
        return FALSE;
    guint type = head & 0xffff & ~SEVERAL;
    ItemTag tag = {.id = head >> 16};
    if (tag.id >= FIRST_NAMED && !take_named(listing, &tag))
        return FALSE;
    if (!has_length(type) && !item_type_bytes(type))
        return type == 0x01; /* no value at all; what another type holds, and how much, nobody knows */
    if ((has_length(type) || head & SEVERAL) && !take_number(listing, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++)
        if (!take_value(listing, &tag, type))
            return FALSE;
    return TRUE;
}

gboolean tnef_list_read(Item *item, ItemList *list, Span bytes, gsize *at, TnefObject *object)
{
    Listing listing = {.item = item, .list = list, .bytes = bytes, .at = *at, .object = object};
    guint32 count = 0;
    gboolean whole = take_number(&listing, &count);
    for (guint32 i = 0; i < count && whole; i++)
        whole = take_property(&listing);
    if (!whole)
        item_lose(item, TNEF_DAMAGED, "a list of properties ends too early", bytes.n - listing.at);
    *at = listing.at;
    scratch_clear(&listing.name);
    return whole;
}
