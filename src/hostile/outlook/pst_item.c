/* pst_item.c - one message object of a PST to an item. */
#include "hostile/outlook/pst_item.h"

#include "hostile/limits.h"
#include "hostile/outlook/pst_heap.h"

/* Kinds of nodes, and numbers of those below a message, [MS-PST] 2.2.2.1 and 2.4.6. */
#define KIND(id) ((id)&31)
#define KIND_MESSAGE 0x04
#define KIND_ATTACHMENT 0x05
#define KIND_HIDDEN 0x08
#define NODE_OF_RECIPIENTS 0x692
#define NODE_OF_ATTACHMENTS 0x671

#define TYPE_OBJECT 0x000d
#define SEVERAL 0x1000
#define PID_ATTACH_DATA 0x3701
#define PID_ATTACH_METHOD 0x3705
#define PID_ATTACH_NAME 0x3707
#define PID_ATTACH_MEDIA_TYPE 0x370e

/* [MS-OXCMSG] 2.2.2.9: by value, by reference (three ways), an item, an OLE object, a link to the web. */
enum { METHOD_NONE = 0, METHOD_VALUE = 1, METHOD_ITEM = 5, METHOD_OLE = 6 };

/* Streams of settings that a hidden item holds, [MS-OXOCFG] 2.2.2: XML, and what Outlook made of it. */
static const struct {
    guint16 id;
    const char *name, *media_type;
} streams[] = {{0x7c07, "dictionary.xml", "text/xml"},
               {0x7c08, "settings.xml", "text/xml"},
               {0x7c09, "settings.bin", "application/octet-stream"}};

/* Where properties go. */
typedef struct {
    PstFile *file;
    const PstNames *names;
    Item *item;
    ItemList *list;
    ItemAttachment *attachment; /* or NULL                                                        */
    guint32 object;             /* the node that is the attachment's data; 0                      */
    gboolean is_data_gone;      /* its data is named, and not there                               */
    gboolean is_hidden;         /* the item itself is one of a folder's hidden contents           */
} Filling;

/* --- properties ----------------------------------------------------------------------------------------------- */

/* A value of several: an array, or a list of where each begins. */
static void add_several(Filling *filling, const ItemTag *tag, guint16 type, Span value)
{
    gsize width = item_type_bytes(type);
    for (gsize at = 0; width && at + width <= value.n; at += width)
        item_add(filling->item, filling->list, tag, type, (Span){value.p + at, width});
    gsize count = width ? 0 : MIN((gsize)pst_number(value, 0, 4), value.n / 4);
    for (gsize i = 0, last = 0; i < count; i++) {
        gsize start = (gsize)pst_number(value, 4 + 4 * i, 4);
        gsize end = i + 1 < count ? (gsize)pst_number(value, 8 + 4 * i, 4) : value.n;
        if (start < last || start > end || end > value.n) { /* none may be given twice */
            filling->file->damage = "a value of several is broken";
            return;
        }
        item_add(filling->item, filling->list, tag, type, (Span){value.p + start, end - start});
        last = start;
    }
}

/* The data of an attachment, already read. */
static void take_short_data(Filling *filling, Span value, guint64 lost)
{
    ItemAttachment *attachment = filling->attachment;
    filling->is_data_gone = !value.p;
    char *room = value.p ? item_take_data(filling->item, attachment, value.n) : NULL;
    if (room && value.n)
        memcpy(room, value.p, value.n);
    if (lost) {
        attachment->loss = "attachment-damaged";
        attachment->lost = lost;
    }
}

static void add_string(Filling *filling, ItemList *list, guint32 id, const char *text)
{
    item_add(filling->item, list, &(ItemTag){.id = id}, ITEM_STRING8, span_of_string(text));
}

/* Whether it was such a stream, which becomes an attachment. */
static gboolean take_stream(Filling *filling, guint16 id, guint16 type, Span value, guint64 lost)
{
    guint which = 0;
    while (which < G_N_ELEMENTS(streams) && streams[which].id != id)
        which++;
    if (!filling->is_hidden || filling->list != &filling->item->list || type != ITEM_BINARY ||
        which == G_N_ELEMENTS(streams))
        return FALSE;
    ItemAttachment *attachment = item_add_attachment(filling->item);
    if (!attachment)
        return TRUE;
    add_string(filling, &attachment->list, PID_ATTACH_NAME, streams[which].name);
    add_string(filling, &attachment->list, PID_ATTACH_MEDIA_TYPE, streams[which].media_type);
    filling->attachment = attachment;
    take_short_data(filling, value, lost);
    filling->attachment = NULL;
    return TRUE;
}

static void on_property(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    Filling *filling = user;
    if (take_stream(filling, id, type, value, lost))
        return;
    if (filling->attachment && id == PID_ATTACH_DATA) {
        if (type == TYPE_OBJECT)
            filling->object = (guint32)pst_number(value, 0, 4);
        else
            take_short_data(filling, value, lost);
        return;
    }
    if (lost)
        item_lose(filling->item, "item-damaged", "a property", lost);
    if (!value.p)
        return;
    ItemTag tag = pst_names_tag(filling->names, id);
    if (type & SEVERAL)
        add_several(filling, &tag, (guint16)(type & ~SEVERAL), value);
    else
        item_add(filling->item, filling->list, &tag, type, value);
}

/* --- recipients ----------------------------------------------------------------------------------------------- */

static void on_recipient(void *user, guint32 id)
{
    Filling *filling = user;
    (void)id;
    filling->list = item_add_recipient(filling->item);
}

static void on_cell(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    Filling *filling = user;
    if (filling->list)
        on_property(user, id, type, value, lost);
}

static void read_recipients(Filling *filling, const GArray *subnodes)
{
    static const PstTableSink sink = {.row = on_recipient, .cell = on_cell};
    g_auto(PstHeap) heap = {0};
    const PstNode *node = pst_subnode(subnodes, NODE_OF_RECIPIENTS);
    if (!node)
        return;
    if (!pst_heap_open(&heap, filling->file, node) || !pst_table(&heap, &sink, filling))
        item_lose(filling->item, "item-damaged", "recipients", 0);
}

/* --- attachments ---------------------------------------------------------------------------------------------- */

/* Read a node straight into the item: an attachment may be as large as a message. */
static void take_long_data(Filling *filling, const PstNode *node)
{
    g_auto(PstData) data = {0};
    ItemAttachment *attachment = filling->attachment;
    if (!pst_data_open(filling->file, node->data, LIMIT_MESSAGE_BYTES, &data)) {
        attachment->loss = data.size > LIMIT_MESSAGE_BYTES ? "message-too-large" : "attachment-damaged";
        attachment->lost = data.size;
        return;
    }
    char *room = item_take_data(filling->item, attachment, data.size);
    if (!room)
        return;
    attachment->lost = pst_data_copy(filling->file, &data, room);
    if (attachment->lost)
        attachment->loss = "attachment-damaged";
}

static void take_object(Filling *filling, const GArray *below)
{
    const PstNode *node = pst_subnode(below, filling->object);
    if (!node) {
        filling->is_data_gone = TRUE;
        return;
    }
    if (KIND(node->id) != KIND_MESSAGE) {
        take_long_data(filling, node);
        return;
    }
    Item *within = item_add_within(filling->item, filling->attachment);
    if (within && !pst_item_fill(filling->file, filling->names, node, within))
        filling->attachment->loss = "attachment-damaged";
}

/* Why an attachment without data has none. */
static const char *why_without(const Filling *filling)
{
    gint64 method = METHOD_VALUE;
    item_number(&filling->attachment->list, PID_ATTACH_METHOD, &method);
    if (filling->is_data_gone)
        return "attachment-damaged";
    if (method == METHOD_NONE)
        return NULL;
    return method == METHOD_VALUE || method == METHOD_ITEM || method == METHOD_OLE ? "attachment-damaged"
                                                                                   : "external";
}

static void read_attachment(Filling *filling, const PstNode *node)
{
    g_auto(PstHeap) heap = {0};
    ItemAttachment *attachment = item_add_attachment(filling->item);
    if (!attachment)
        return;
    filling->attachment = attachment;
    filling->list = &attachment->list;
    filling->object = 0;
    filling->is_data_gone = FALSE;
    gboolean opened = pst_heap_open(&heap, filling->file, node);
    heap.as_node = PID_ATTACH_DATA;
    if (!opened || !pst_properties(&heap, on_property, filling)) {
        attachment->loss = "attachment-damaged";
        return;
    }
    if (filling->object)
        take_object(filling, heap.subnodes);
    if (!attachment->data.p && !attachment->within && !attachment->loss)
        attachment->loss = why_without(filling);
}

/* What the table of attachments lists and is not there. */
typedef struct {
    const GArray *subnodes;
    guint missing;
} Listed;

static void on_listed(void *user, guint32 id)
{
    Listed *listed = user;
    if (!pst_subnode(listed->subnodes, id))
        listed->missing++;
}

static void read_attachments(Filling *filling, const GArray *subnodes)
{
    static const PstTableSink sink = {.row = on_listed};
    g_auto(PstHeap) heap = {0};
    for (guint i = 0; i < subnodes->len; i++)
        if (KIND(g_array_index(subnodes, PstNode, i).id) == KIND_ATTACHMENT)
            read_attachment(filling, &g_array_index(subnodes, PstNode, i));
    const PstNode *table = pst_subnode(subnodes, NODE_OF_ATTACHMENTS);
    Listed listed = {.subnodes = subnodes};
    if (table && pst_heap_open(&heap, filling->file, table))
        pst_table(&heap, &sink, &listed);
    for (guint i = 0; i < listed.missing && i < LIMIT_PARTS; i++) {
        ItemAttachment *attachment = item_add_attachment(filling->item);
        if (attachment)
            attachment->loss = "attachment-damaged";
    }
}

gboolean pst_item_fill(PstFile *file, const PstNames *names, const PstNode *node, Item *item)
{
    g_auto(PstHeap) heap = {0};
    Filling filling = {.file = file,
                       .names = names,
                       .item = item,
                       .list = &item->list,
                       .is_hidden = KIND(node->id) == KIND_HIDDEN};
    gboolean has_properties =
        pst_heap_open(&heap, file, node) && pst_properties(&heap, on_property, &filling);
    if (heap.subnodes) {
        read_recipients(&filling, heap.subnodes);
        read_attachments(&filling, heap.subnodes);
    }
    return has_properties;
}
