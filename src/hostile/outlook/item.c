/* item.c - an Outlook item in memory: built property by property, within ceilings. */
#include "hostile/outlook/item.h"

#include "hostile/limits.h"
#include "hostile/outlook/item_codepage.h"
#include "hostile/read/charset_label.h"

/* PidTagSubject ([MS-OXPROPS]). */
#define SUBJECT 0x0037

/* All bytes of an item and of the items within it, in blocks. */
struct ItemMemory {
    GPtrArray *blocks;
    char *free;
    gsize room;
    guint64 bytes; /* taken so far                     */
    guint properties, recipients, attachments;
};

#define BLOCK_BYTES (64UL << 10)

static char *take(struct ItemMemory *memory, guint64 n)
{
    n = MAX(n, 1); /* what is empty has a place too */
    if (n > LIMIT_ITEM_BYTES - memory->bytes)
        return NULL;
    memory->bytes += n;
    if (n > memory->room) {
        gsize size = MAX((gsize)n, BLOCK_BYTES);
        char *block = g_try_malloc(size);
        if (!block)
            return NULL;
        g_ptr_array_add(memory->blocks, block);
        if (n > BLOCK_BYTES / 2)
            return block;
        memory->free = block;
        memory->room = size;
    }
    char *bytes = memory->free;
    memory->free += n;
    memory->room -= n;
    return bytes;
}

static void init_list(ItemList *list)
{
    list->properties = g_array_new(FALSE, FALSE, sizeof(ItemProperty));
}

static void free_list(gpointer data)
{
    ItemList *list = data;
    g_array_unref(list->properties);
    g_free(list);
}

static void free_item(Item *item);

static void free_attachment(gpointer data)
{
    ItemAttachment *attachment = data;
    g_array_unref(attachment->list.properties);
    if (attachment->within)
        free_item(attachment->within);
    g_free(attachment);
}

static Item *make_item(struct ItemMemory *memory, guint depth)
{
    Item *item = g_new0(Item, 1);
    init_list(&item->list);
    item->recipients = g_ptr_array_new_with_free_func(free_list);
    item->attachments = g_ptr_array_new_with_free_func(free_attachment);
    item->losses = g_array_new(FALSE, FALSE, sizeof(ItemLoss));
    item->memory = memory;
    item->depth = depth;
    return item;
}

static void free_item(Item *item)
{
    g_array_unref(item->list.properties);
    g_ptr_array_unref(item->recipients);
    g_ptr_array_unref(item->attachments);
    g_array_unref(item->losses);
    g_free(item);
}

Item *item_new(void)
{
    struct ItemMemory *memory = g_new0(struct ItemMemory, 1);
    memory->blocks = g_ptr_array_new_with_free_func(g_free);
    return make_item(memory, 0);
}

void item_free(Item *item)
{
    if (!item)
        return;
    struct ItemMemory *memory = item->memory;
    free_item(item);
    g_ptr_array_unref(memory->blocks);
    g_free(memory);
}

/* --- building ------------------------------------------------------------------------------------------------ */

void item_lose(Item *item, const char *reason, const char *detail, guint64 bytes)
{
    for (guint i = 0; i < item->losses->len; i++) {
        ItemLoss *loss = &g_array_index(item->losses, ItemLoss, i);
        if (strcmp(loss->reason, reason) == 0 && g_strcmp0(loss->detail, detail) == 0) {
            loss->bytes += bytes;
            return;
        }
    }
    g_array_append_val(item->losses, ((ItemLoss){reason, detail, bytes}));
}

ItemList *item_add_recipient(Item *item)
{
    if (item->memory->recipients >= LIMIT_ADDRESSES) {
        item_lose(item, "too-many-addresses", NULL, 0);
        return NULL;
    }
    item->memory->recipients++;
    ItemList *list = g_new0(ItemList, 1);
    init_list(list);
    g_ptr_array_add(item->recipients, list);
    return list;
}

ItemAttachment *item_add_attachment(Item *item)
{
    if (item->memory->attachments >= LIMIT_PARTS) {
        item_lose(item, "too-many-parts", NULL, 0);
        return NULL;
    }
    item->memory->attachments++;
    ItemAttachment *attachment = g_new0(ItemAttachment, 1);
    init_list(&attachment->list);
    g_ptr_array_add(item->attachments, attachment);
    return attachment;
}

Item *item_add_within(Item *item, ItemAttachment *attachment)
{
    if (item->depth + 1 >= LIMIT_ITEM_DEPTH) {
        attachment->loss = "too-deep";
        return NULL;
    }
    attachment->within = make_item(item->memory, item->depth + 1);
    return attachment->within;
}

/* "\1" and a byte that says how long the prefix "Re: " is stand before subjects in PST files, [MS-PST] 2.5.3.1.1.1. */
static Span subject_value(Span value)
{
    return value.n >= 2 && value.p[0] == 1 ? (Span){value.p + 2, value.n - 2} : value;
}

static Span without_end(Span value)
{
    while (value.n && !value.p[value.n - 1])
        value.n--;
    return value;
}

/* UTF-16LE to UTF-8 in the item's memory; lone surrogates become U+FFFD. */
static gboolean from_utf16(struct ItemMemory *memory, Span utf16, Span *utf8)
{
    char *start = take(memory, (guint64)utf16.n / 2 * 3), *to = start;
    if (!start)
        return FALSE;
    for (gsize i = 0; i + 1 < utf16.n; i += 2) {
        const guint8 *p = (const guint8 *)utf16.p + i;
        gunichar code = (gunichar)(p[0] | p[1] << 8);
        if (code >= 0xd800 && code < 0xdc00 && i + 3 < utf16.n && (p[3] & 0xfc) == 0xdc) {
            code = 0x10000 + ((code - 0xd800) << 10) + ((gunichar)(p[2] | p[3] << 8) - 0xdc00);
            i += 2;
        } else if (code >= 0xd800 && code < 0xe000) {
            code = 0xfffd;
        }
        to += g_unichar_to_utf8(code, to);
    }
    *utf8 = without_end((Span){start, (gsize)(to - start)});
    return TRUE;
}

static gboolean keep(struct ItemMemory *memory, Span value, Span *kept)
{
    char *bytes = take(memory, value.n);
    if (!bytes)
        return FALSE;
    if (value.n)
        memcpy(bytes, value.p, value.n);
    *kept = (Span){bytes, value.n};
    return TRUE;
}

gsize item_type_bytes(guint type)
{
    static const guint8 sizes[0x49] = {
        [ITEM_SHORT] = 2, [ITEM_LONG] = 4, [0x04] = 4,       [ITEM_DOUBLE] = 8,
        [0x06] = 8,       [0x07] = 8,      [0x0a] = 4,       [ITEM_BOOLEAN] = 2,
        [ITEM_INT64] = 8, [ITEM_TIME] = 8, [ITEM_GUID] = 16,
    };
    return type < sizeof sizes ? sizes[type] : 0;
}

static gboolean is_known(guint16 type)
{
    static const guint16 known[] = {ITEM_SHORT, ITEM_LONG, ITEM_DOUBLE,  ITEM_BOOLEAN, ITEM_INT64,
                                    ITEM_TIME,  ITEM_GUID, ITEM_STRING8, ITEM_UNICODE, ITEM_BINARY};
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i] == type)
            return TRUE;
    return FALSE;
}

static gboolean take_value(struct ItemMemory *memory, const ItemTag *tag, guint16 type, Span value,
                           ItemProperty *property)
{
    property->type = (ItemType)type;
    if (type == ITEM_UNICODE) {
        if (!from_utf16(memory, value, &property->value))
            return FALSE;
    } else if (!keep(memory, type == ITEM_STRING8 ? without_end(value) : value, &property->value)) {
        return FALSE;
    }
    if ((type == ITEM_UNICODE || type == ITEM_STRING8) && !tag->set && tag->id == SUBJECT)
        property->value = subject_value(property->value);
    return !tag->name.p || keep(memory, tag->name, &property->tag.name);
}

void item_add(Item *item, ItemList *list, const ItemTag *tag, guint16 type, Span value)
{
    if (!is_known(type))
        return;
    if (item->memory->properties >= LIMIT_ITEM_PROPERTIES) {
        item_lose(item, "too-many-properties", NULL, value.n);
        return;
    }
    if (value.n < (type == ITEM_BOOLEAN ? 1 : item_type_bytes(type))) { /* which is one byte in a PST */
        item_lose(item, "item-damaged", "a value is shorter than its type", 0);
        return;
    }
    ItemProperty property = {.tag = *tag};
    if (!take_value(item->memory, tag, type, value, &property)) {
        item_lose(item, "message-too-large", NULL, value.n);
        return;
    }
    item->memory->properties++;
    g_array_append_val(list->properties, property);
}

char *item_take_data(Item *item, ItemAttachment *attachment, guint64 n)
{
    char *bytes = take(item->memory, n);
    if (!bytes) {
        attachment->loss = "message-too-large";
        attachment->lost = n;
        return NULL;
    }
    attachment->data = (Span){bytes, (gsize)n};
    return bytes;
}

/* --- code pages ---------------------------------------------------------------------------------------------- */

static void end_string(Item *item, ItemProperty *property, Charsets *charsets, const char *label)
{
    g_auto(Scratch) out = {0};
    Span text;
    guint64 defects = 0;
    property->type = ITEM_UNICODE;
    if (charset_decode(charsets, span_of_string(label), property->value, &out, &text, &defects) &&
        (text.p == property->value.p || keep(item->memory, text, &property->value)))
        return;
    item_lose(item, "message-too-large", NULL, property->value.n);
    property->value = SPAN_OF("");
}

static void end_list(Item *item, ItemList *list, Charsets *charsets, const char *label)
{
    for (guint i = 0; i < list->properties->len; i++) {
        ItemProperty *property = &g_array_index(list->properties, ItemProperty, i);
        if (property->type == ITEM_STRING8)
            end_string(item, property, charsets, label);
    }
}

void item_end(Item *item, Charsets *charsets)
{
    char label[CHARSET_LABEL_BYTES];
    charset_label_of_codepage(item_codepage(item), label);
    end_list(item, &item->list, charsets, label);
    for (guint i = 0; i < item->recipients->len; i++)
        end_list(item, item->recipients->pdata[i], charsets, label);
    for (guint i = 0; i < item->attachments->len; i++) {
        ItemAttachment *attachment = item->attachments->pdata[i];
        end_list(item, &attachment->list, charsets, label);
        if (attachment->within)
            item_end(attachment->within, charsets);
    }
}
