/* tnef.c - a TNEF stream to an item, [MS-OXTNEF]: attributes of the message, then those of each attachment. */
#include "hostile/outlook/tnef.h"

#include "hostile/outlook/item_said.h"
#include "hostile/cfb/little.h"
#include "hostile/outlook/tnef_list.h"
#include "lib/moment.h"

#define MARK "\x78\x9f\x3e\x22"
#define HEAD_BYTES 6
#define ATTRIBUTE_BYTES 9 /* level, id, length; a checksum stands behind the data */
#define CHECKSUM_BYTES 2
#define LEVEL_MESSAGE 1
#define LEVEL_ATTACHMENT 2
#define MESSAGE_CODEPAGE 0x3ffd

/* The low 16 bits of attributes that need more than to become a property. */
enum {
    ATTACH_DATA = 0x800f,
    ATTACH_RENDER = 0x9002,
    PROPERTIES = 0x9003,
    RECIPIENTS = 0x9004,
    ATTACHMENT = 0x9005,
    CODEPAGE = 0x9007,
    FROM = 0x8000,
    CLASS = 0x8008,
};

/* An old attribute: what it would be as a property, if the properties do not say it. */
typedef struct {
    ItemList *list;
    guint32 id;
    guint16 type;
    Span value;
    char own[8]; /* where the value is a number or time that was made here */
} Old;

typedef struct {
    Item *item;
    ItemAttachment *attachment; /* that is described now                     */
    gboolean skipped;           /* it was one too many                       */
    GArray *olds;               /* Old, of the message                       */
    GArray *attachment_olds;    /* Old, of all attachments, one after another */
    guint first_old;            /* of the attachment that is described now   */
} Tnef;

static void read_stream(Item *item, Span bytes);

/* --- attributes that are properties of old ------------------------------------------------------------------- */

/* The first of each number: so there are no more of a list than numbers, however many the stream has. */
static void add_old(Tnef *tnef, const Old *old)
{
    gboolean of_message = old->list == &tnef->item->list;
    GArray *olds = of_message ? tnef->olds : tnef->attachment_olds;
    for (guint i = of_message ? 0 : tnef->first_old; i < olds->len; i++)
        if (g_array_index(olds, Old, i).id == old->id)
            return;
    g_array_append_vals(olds, old, 1);
}

static void remember(Tnef *tnef, ItemList *list, guint32 id, guint16 type, Span value)
{
    add_old(tnef, &(Old){.list = list, .id = id, .type = type, .value = value});
}

static void remember_number(Tnef *tnef, ItemList *list, guint32 id, guint16 type, guint64 number)
{
    Old old = {.list = list, .id = id, .type = type};
    little_put(old.own, number, 8);
    add_old(tnef, &old);
}

/* Year, month, day, hour, minute, second as 16 bits each, in UTC. */
static void remember_time(Tnef *tnef, ItemList *list, guint32 id, Span data)
{
    gint64 moment = moment_from_civil(little16(data, 0), little16(data, 2), little16(data, 4),
                                      little16(data, 6), little16(data, 8), little16(data, 10), 0);
    const gint64 epoch = 11644473600; /* seconds from 1601 to 1970 */
    if (moment != MOMENT_NONE && moment / G_USEC_PER_SEC > -epoch)
        remember_number(tnef, list, id, ITEM_TIME, (guint64)(moment + epoch * G_USEC_PER_SEC) * 10);
}

/* A TRP structure: how long it is, then a name and "SMTP:address", whose lengths stand before. */
static void remember_from(Tnef *tnef, Span data)
{
    guint name_n = little16(data, 4), address_n = little16(data, 6);
    Span name = little_part(data, 8, name_n), address = little_part(data, 8 + (gsize)name_n, address_n);
    const char *colon = address.n ? memchr(address.p, ':', address.n) : NULL;
    if (colon)
        address = (Span){colon + 1, address.n - (gsize)(colon + 1 - address.p)};
    remember(tnef, &tnef->item->list, ITEM_SENDER_NAME, ITEM_STRING8, name);
    remember(tnef, &tnef->item->list, ITEM_SENDER_ADDRESS, ITEM_STRING8, address);
}

/* What classes were called in MS Mail, [MS-OXTNEF] 2.1.3.3.2.1. */
static void remember_class(Tnef *tnef, Span data)
{
    static const struct {
        const char *old, *class;
    } classes[] = {{"IPM.Microsoft Mail.Note", "IPM.Note"},
                   {"IPM.Microsoft Mail.Read Receipt", "REPORT.IPM.Note.IPNRN"},
                   {"IPM.Microsoft Mail.Non-Delivery", "REPORT.IPM.Note.NDR"},
                   {"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
                   {"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
                   {"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
                   {"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
                   {"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"}};
    while (data.n && !data.p[data.n - 1])
        data.n--;
    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++)
        if (span_equals(data, classes[i].old))
            data = span_of_string(classes[i].class);
    remember(tnef, &tnef->item->list, ITEM_CLASS, ITEM_STRING8, data);
}

/* Whether the attribute is a text or time that becomes a property as it stands. */
static gboolean remember_simple(Tnef *tnef, guint level, guint id, Span data)
{
    static const struct {
        guint16 level, id, property, type;
    } olds[] = {{LEVEL_MESSAGE, 0x8004, ITEM_SUBJECT, ITEM_STRING8},
                {LEVEL_MESSAGE, 0x800c, ITEM_BODY, ITEM_STRING8},
                {LEVEL_MESSAGE, 0x8005, ITEM_SUBMITTED, ITEM_TIME},
                {LEVEL_MESSAGE, 0x8006, ITEM_DELIVERED, ITEM_TIME},
                {LEVEL_MESSAGE, 0x8020, 0x3008, ITEM_TIME},
                {LEVEL_MESSAGE, 0x0006, 0x0060, ITEM_TIME},
                {LEVEL_MESSAGE, 0x0007, 0x0061, ITEM_TIME},
                {LEVEL_ATTACHMENT, 0x8010, ITEM_SHORT_FILENAME, ITEM_STRING8},
                {LEVEL_ATTACHMENT, 0x9001, ITEM_SHORT_FILENAME, ITEM_STRING8},
                {LEVEL_ATTACHMENT, 0x8012, 0x3007, ITEM_TIME},
                {LEVEL_ATTACHMENT, 0x8013, 0x3008, ITEM_TIME}};
    ItemList *list = level == LEVEL_MESSAGE ? &tnef->item->list : &tnef->attachment->list;
    for (gsize i = 0; i < G_N_ELEMENTS(olds); i++) {
        if (olds[i].level != level || olds[i].id != id)
            continue;
        if (olds[i].type == ITEM_TIME)
            remember_time(tnef, list, olds[i].property, data);
        else
            remember(tnef, list, olds[i].property, olds[i].type, data);
        return TRUE;
    }
    return FALSE;
}

static gboolean has(const ItemList *list, guint32 id)
{
    for (guint i = 0; i < list->properties->len; i++) {
        const ItemTag *tag = &g_array_index(list->properties, ItemProperty, i).tag;
        if (!tag->set && !tag->name.p && tag->id == id)
            return TRUE;
    }
    return FALSE;
}

static void add_olds(const Tnef *tnef, const GArray *olds)
{
    for (guint i = 0; i < olds->len; i++) {
        const Old *old = &g_array_index(olds, Old, i);
        Span value = old->value.p ? old->value : (Span){old->own, sizeof old->own};
        if (!has(old->list, old->id))
            item_add(tnef->item, old->list, &(ItemTag){.id = old->id}, old->type, value);
    }
}

/* --- attachments --------------------------------------------------------------------------------------------- */

static void take_data(const Tnef *tnef, ItemAttachment *attachment, Span data)
{
    char *to = item_take_data(tnef->item, attachment, data.n);
    if (to && data.n)
        memcpy(to, data.p, data.n);
}

/* Where more contents of the attachment go: what stands beside others is one more attachment, nothing is chosen. NULL
 * when there are too many. */
static ItemAttachment *next_content(const Tnef *tnef)
{
    ItemAttachment *attachment = tnef->attachment;
    return attachment->data.n || attachment->within ? item_add_attachment(tnef->item) : attachment;
}

/* The item that an attachment is. */
static void take_object(const Tnef *tnef, const TnefObject *object)
{
    ItemAttachment *attachment = object->bytes.p ? next_content(tnef) : NULL;
    if (!attachment)
        return;
    Item *within = object->is_message ? item_add_within(tnef->item, attachment) : NULL;
    if (within)
        read_stream(within, object->bytes);
    else if (!object->is_message)
        take_data(tnef, attachment, object->bytes);
}

static void begin_attachment(Tnef *tnef)
{
    tnef->attachment = item_add_attachment(tnef->item);
    tnef->first_old = tnef->attachment_olds->len;
    tnef->skipped = !tnef->attachment;
}

static void read_of_attachment(Tnef *tnef, guint id, Span data)
{
    if (id == ATTACH_RENDER || (!tnef->attachment && !tnef->skipped))
        begin_attachment(tnef);
    if (!tnef->attachment)
        return;
    if (id == ATTACH_DATA) {
        ItemAttachment *attachment = data.n ? next_content(tnef) : tnef->attachment;
        if (attachment && !attachment->within && (data.n || !attachment->data.p))
            take_data(tnef, attachment, data);
    } else if (id == ATTACHMENT) {
        TnefObject object = {0};
        gsize at = 0;
        tnef_list_read(tnef->item, &tnef->attachment->list, data, &at, &object);
        take_object(tnef, &object);
    } else {
        remember_simple(tnef, LEVEL_ATTACHMENT, id, data);
    }
}

/* What has no bytes is a link, or should have some. */
static void end_attachments(const Item *item)
{
    for (guint i = 0; i < item->attachments->len; i++) {
        ItemAttachment *attachment = item->attachments->pdata[i];
        gint64 method = 0;
        if (attachment->data.p || attachment->within || attachment->loss)
            continue;
        item_number(&attachment->list, ITEM_METHOD, &method);
        attachment->loss = (method >= 2 && method <= 4) || method == 7 ? "external" : "attachment-damaged";
    }
}

/* --- the message --------------------------------------------------------------------------------------------- */

static void read_recipients(const Tnef *tnef, Span data)
{
    guint32 count = little32(data, 0);
    gsize at = 4;
    for (guint32 i = 0; i < count; i++) {
        ItemList *recipient = item_add_recipient(tnef->item);
        if (!recipient || !tnef_list_read(tnef->item, recipient, data, &at, NULL))
            return;
    }
}

static void read_of_message(Tnef *tnef, guint id, Span data)
{
    Item *item = tnef->item;
    gsize at = 0;
    if (id == PROPERTIES)
        tnef_list_read(item, &item->list, data, &at, NULL);
    else if (id == RECIPIENTS)
        read_recipients(tnef, data);
    else if (id == CODEPAGE && data.n >= 4)
        item_add(item, &item->list, &(ItemTag){.id = MESSAGE_CODEPAGE}, ITEM_LONG, little_part(data, 0, 4));
    else if (id == FROM)
        remember_from(tnef, data);
    else if (id == CLASS)
        remember_class(tnef, data);
    else
        remember_simple(tnef, LEVEL_MESSAGE, id, data);
}

static guint sum_of(Span data)
{
    guint sum = 0;
    for (gsize i = 0; i < data.n; i++)
        sum += (guint8)data.p[i];
    return sum & 0xffff;
}

/* Gateways put line ends and zeros behind the last attribute. */
static gboolean is_filling(Span rest)
{
    for (gsize i = 0; i < rest.n; i++)
        if (rest.p[i] && !g_ascii_isspace(rest.p[i]))
            return FALSE;
    return TRUE;
}

/* The attribute at *at, which moves behind it; FALSE when there is none. */
static gboolean read_attribute(Tnef *tnef, Span bytes, gsize *at)
{
    Span rest = little_part(bytes, *at, bytes.n);
    guint level = rest.n ? (guint8)rest.p[0] : 0;
    if (rest.n < ATTRIBUTE_BYTES || (level != LEVEL_MESSAGE && level != LEVEL_ATTACHMENT)) {
        if (!is_filling(rest))
            item_lose(tnef->item, TNEF_DAMAGED, "bytes that are no attribute", rest.n);
        return FALSE;
    }
    gsize said = little32(rest, 5);
    guint id = little16(rest, 1);
    Span data = little_part(rest, ATTRIBUTE_BYTES, said);
    *at += ATTRIBUTE_BYTES + data.n + CHECKSUM_BYTES;
    if (data.n < said)
        item_lose(tnef->item, TNEF_DAMAGED, "an attribute is cut", said - data.n);
    else if (sum_of(data) != little16(rest, ATTRIBUTE_BYTES + data.n))
        item_lose(tnef->item, TNEF_DAMAGED, "a checksum is wrong", 0);
    if (level == LEVEL_MESSAGE)
        read_of_message(tnef, id, data);
    else
        read_of_attachment(tnef, id, data);
    return *at < bytes.n;
}

static void read_stream(Item *item, Span bytes)
{
    Tnef tnef = {.item = item};
    gsize at = HEAD_BYTES;
    if (!tnef_takes(bytes)) {
        item_lose(item, TNEF_DAMAGED, "no TNEF", bytes.n);
        return;
    }
    tnef.olds = g_array_new(FALSE, FALSE, sizeof(Old));
    tnef.attachment_olds = g_array_new(FALSE, FALSE, sizeof(Old));
    while (read_attribute(&tnef, bytes, &at))
        continue;
    add_olds(&tnef, tnef.olds);
    add_olds(&tnef, tnef.attachment_olds);
    end_attachments(item);
    g_array_unref(tnef.olds);
    g_array_unref(tnef.attachment_olds);
}

gboolean tnef_takes(Span bytes)
{
    return bytes.n >= HEAD_BYTES && memcmp(bytes.p, MARK, strlen(MARK)) == 0;
}

Item *tnef_read(Span bytes, Charsets *charsets)
{
    Item *item = item_new();
    read_stream(item, bytes);
    item_end(item, charsets);
    return item;
}
