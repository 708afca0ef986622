/* msg.c - an Outlook .msg file to an item, [MS-OXMSG].
 *
 * A storage of the compound file is an object: the message, a recipient, an attachment.  Values of a fixed size are in
 * its stream of properties, the others in streams of their own, which are read whether or not the first names them. */
#include "hostile/outlook/msg.h"

#include "hostile/cfb/cfb.h"
#include "hostile/cfb/little.h"
#include "hostile/outlook/msg_names.h"

#define PROPERTIES "__properties_version1.0"
#define VALUE "__substg1.0_"
#define RECIPIENT "__recip_version1.0_"
#define ATTACHMENT "__attach_version1.0_"
#define EMBEDDED VALUE "3701000D"

/* Heads of the stream of properties, [MS-OXMSG] 2.4.1. */
#define HEAD_MESSAGE 32
#define HEAD_EMBEDDED 24
#define HEAD_OTHER 8
#define ENTRY_BYTES 16

#define SEVERAL 0x1000u
#define ATTACH_DATA 0x3701u
#define ATTACH_METHOD 0x3705u
#define OBJECT 0x000du
#define DAMAGED "item-damaged"

/* [MS-OXCMSG] 2.2.2.9. */
typedef enum {
    METHOD_NONE,
    METHOD_VALUE,
    METHOD_REFERENCE,
    METHOD_RESOLVE,
    METHOD_ONLY,
    METHOD_WEB = 7
} Method;

typedef struct {
    Cfb *cfb;
    MsgNames names;
    Scratch value;
} Msg;

/* An object of the file, and where its properties go. */
typedef struct {
    Item *item; /* that it belongs to */
    ItemList *list;
    guint32 storage;
} Object;

/* --- properties ---------------------------------------------------------------------------------------------- */

static void add(Msg *msg, const Object *object, guint32 id, guint16 type, Span value)
{
    ItemTag tag = {.id = id};
    if (id >= 0x8000 && !msg_names_find(&msg->names, id, &tag))
        tag = (ItemTag){.set = ITEM_SET_OTHER, .id = id};
    item_add(object->item, object->list, &tag, type, value);
}

/* Whether a value that should have a stream has none. Empty strings need not have one. */
static gboolean is_missing(Msg *msg, const Object *object, guint32 tag, guint32 size)
{
    char name[40];
    g_snprintf(name, sizeof name, VALUE "%08X", tag);
    guint type = tag & 0xffff;
    gboolean has_stream =
        type == ITEM_STRING8 || type == ITEM_UNICODE || type == ITEM_BINARY || type == OBJECT;
    return has_stream && size > 2 && cfb_find(msg->cfb, object->storage, name) == CFB_NONE;
}

static void read_fixed(Msg *msg, const Object *object, gsize head)
{
    guint32 stream = cfb_find(msg->cfb, object->storage, PROPERTIES);
    scratch_reset(&msg->value);
    if (stream == CFB_NONE || cfb_is_storage(msg->cfb, stream) || !cfb_append(msg->cfb, stream, &msg->value))
        item_lose(object->item, DAMAGED, "properties are missing", 0);
    Span all = scratch_span(&msg->value);
    for (gsize at = head; at < all.n && all.n - at >= ENTRY_BYTES; at += ENTRY_BYTES) {
        guint32 tag = little32(all, at), id = tag >> 16;
        guint16 type = (guint16)(tag & 0xffff);
        gsize n = item_type_bytes(type);
        if (n && n <= 8)
            add(msg, object, id, type, little_part(all, at + 8, n));
        else if (is_missing(msg, object, tag, little32(all, at + 8)))
            item_lose(object->item, DAMAGED, "a value is missing", 0);
    }
}

static void add_each(Msg *msg, const Object *object, guint32 id, guint16 type, Span values)
{
    gsize n = item_type_bytes(type);
    for (gsize at = 0; n && at < values.n; at += n)
        add(msg, object, id, type, little_part(values, at, n));
}

/* "__substg1.0_" and eight digits: number and type; behind them perhaps "-" and which of several values it is. */
static gboolean parse_name(const char *name, guint32 *id, guint16 *type, gboolean *one_of_several)
{
    guint32 tag = 0;
    if (strncmp(name, VALUE, strlen(VALUE)) != 0)
        return FALSE;
    name += strlen(VALUE);
    for (guint i = 0; i < 8; i++, name++) {
        if (!g_ascii_isxdigit(*name))
            return FALSE;
        tag = tag << 4 | (guint32)g_ascii_xdigit_value(*name);
    }
    *id = tag >> 16;
    *type = (guint16)(tag & 0xffff);
    *one_of_several = *name == '-';
    return TRUE;
}

static void read_value(Msg *msg, const Object *object, guint32 stream)
{
    guint32 id;
    guint16 type;
    gboolean one_of_several;
    if (cfb_is_storage(msg->cfb, stream) ||
        !parse_name(cfb_name(msg->cfb, stream), &id, &type, &one_of_several) ||
        (id == ATTACH_DATA && type == ITEM_BINARY))
        return;
    scratch_reset(&msg->value);
    if (!cfb_append(msg->cfb, stream, &msg->value))
        item_lose(object->item, DAMAGED, "a value is cut", cfb_size(msg->cfb, stream) - msg->value.n);
    if (!(type & SEVERAL) || one_of_several)
        add(msg, object, id, (guint16)(type & ~SEVERAL), scratch_span(&msg->value));
    else
        add_each(msg, object, id, (guint16)(type & ~SEVERAL), scratch_span(&msg->value));
}

static void read_object(Msg *msg, const Object *object, gsize head)
{
    read_fixed(msg, object, head);
    for (guint32 at = cfb_first(msg->cfb, object->storage); at != CFB_NONE; at = cfb_next(msg->cfb, at))
        read_value(msg, object, at);
}

/* --- attachments --------------------------------------------------------------------------------------------- */

static void lose_attachment(ItemAttachment *attachment, const char *reason, guint64 bytes)
{
    attachment->loss = reason;
    attachment->lost = bytes;
}

static void read_data(Msg *msg, Item *item, ItemAttachment *attachment, guint32 stream)
{
    guint64 size = cfb_size(msg->cfb, stream);
    char *to = item_take_data(item, attachment, size);
    if (!to)
        return;
    attachment->data.n = cfb_read(msg->cfb, stream, to);
    if (attachment->data.n < size)
        lose_attachment(attachment, "attachment-damaged", size - attachment->data.n);
}

/* An OLE object: a storage with streams, which becomes a file. */
static void read_ole(Msg *msg, Item *item, ItemAttachment *attachment, guint32 storage)
{
    g_auto(Scratch) file = {0};
    gboolean whole = cfb_extract(msg->cfb, storage, &file);
    char *to = item_take_data(item, attachment, file.n);
    if (!to)
        return;
    memcpy(to, scratch_span(&file).p, file.n);
    if (!whole)
        lose_attachment(attachment, "attachment-damaged", 0);
}

static void read_message(Msg *msg, Item *item, guint32 storage, gsize head);

/* Bytes that stand beside an object: one more attachment, with the names of the first. Nothing is chosen. */
static void read_beside(Msg *msg, Item *item, guint32 storage, guint32 data)
{
    ItemAttachment *attachment = cfb_size(msg->cfb, data) ? item_add_attachment(item) : NULL;
    if (!attachment)
        return;
    read_object(msg, &(Object){item, &attachment->list, storage}, HEAD_OTHER);
    read_data(msg, item, attachment, data);
}

static void read_attachment(Msg *msg, Item *item, guint32 storage)
{
    ItemAttachment *attachment = item_add_attachment(item);
    gint64 method = METHOD_NONE;
    if (!attachment)
        return;
    read_object(msg, &(Object){item, &attachment->list, storage}, HEAD_OTHER);
    guint32 embedded = cfb_find(msg->cfb, storage, EMBEDDED);
    guint32 data = cfb_find(msg->cfb, storage, VALUE "37010102");
    gboolean has_method = item_number(&attachment->list, ATTACH_METHOD, &method);
    if (embedded != CFB_NONE && cfb_find(msg->cfb, embedded, PROPERTIES) != CFB_NONE) {
        Item *within = item_add_within(item, attachment);
        if (within)
            read_message(msg, within, embedded, HEAD_EMBEDDED);
    } else if (embedded != CFB_NONE && cfb_is_storage(msg->cfb, embedded)) {
        read_ole(msg, item, attachment, embedded);
    } else if (data != CFB_NONE || embedded != CFB_NONE) {
        read_data(msg, item, attachment, embedded != CFB_NONE ? embedded : data);
    } else if ((method >= METHOD_REFERENCE && method <= METHOD_ONLY) || method == METHOD_WEB) {
        lose_attachment(attachment, "external", 0);
    } else if (!has_method || method != METHOD_NONE) {
        lose_attachment(attachment, "attachment-damaged", 0);
    }
    if (data != CFB_NONE && embedded != CFB_NONE)
        read_beside(msg, item, storage, data);
}

/* What the head of its properties says that it has, [MS-OXMSG] 2.4.1.1. */
static void check_counts(Msg *msg, Item *item, guint attachments, guint32 storage)
{
    guint32 stream = cfb_find(msg->cfb, storage, PROPERTIES);
    scratch_reset(&msg->value);
    if (stream == CFB_NONE || cfb_size(msg->cfb, stream) < HEAD_EMBEDDED ||
        !cfb_append(msg->cfb, stream, &msg->value))
        return;
    if (item->recipients->len < little32(scratch_span(&msg->value), 16))
        item_lose(item, DAMAGED, "recipients are missing", 0);
    if (attachments < little32(scratch_span(&msg->value), 20))
        item_lose(item, DAMAGED, "attachments are missing", 0);
}

static void read_message(Msg *msg, Item *item, guint32 storage, gsize head)
{
    guint attachments = 0;
    read_object(msg, &(Object){item, &item->list, storage}, head);
    for (guint32 at = cfb_first(msg->cfb, storage); at != CFB_NONE; at = cfb_next(msg->cfb, at)) {
        if (!cfb_is_storage(msg->cfb, at))
            continue;
        if (g_str_has_prefix(cfb_name(msg->cfb, at), RECIPIENT)) {
            ItemList *recipient = item_add_recipient(item);
            if (recipient)
                read_object(msg, &(Object){item, recipient, at}, HEAD_OTHER);
        } else if (g_str_has_prefix(cfb_name(msg->cfb, at), ATTACHMENT)) {
            read_attachment(msg, item, at);
            attachments++;
        }
    }
    check_counts(msg, item, attachments, storage);
}

/* --- the door ------------------------------------------------------------------------------------------------ */

gboolean msg_takes(Span bytes)
{
    /* UTF-16, as it stands in the directory of every such file. */
    static const char name[] = "_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0e\0r\0s\0i\0o\0n";
    if (bytes.n < 8 || memcmp(bytes.p, "\xd0\xcf\x11\xe0", 4) != 0 ||
        !memmem(bytes.p, bytes.n, name, sizeof name - 1))
        return FALSE;
    g_autoptr(Cfb) cfb = cfb_open(bytes);
    return cfb && cfb_find(cfb, CFB_ROOT, PROPERTIES) != CFB_NONE;
}

Item *msg_read(Span bytes, Charsets *charsets)
{
    Item *item = item_new();
    g_autoptr(Cfb) cfb = cfb_open(bytes);
    Msg msg = {.cfb = cfb};
    if (!cfb) {
        item_lose(item, DAMAGED, "no compound file", bytes.n);
        return item;
    }
    msg_names_read(&msg.names, cfb);
    read_message(&msg, item, CFB_ROOT, HEAD_MESSAGE);
    if (cfb_is_damaged(cfb))
        item_lose(item, DAMAGED, "the file is cut or its sectors do not fit", 0);
    msg_names_clear(&msg.names);
    scratch_clear(&msg.value);
    item_end(item, charsets);
    return item;
}
