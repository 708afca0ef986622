/* item_said.c - which properties of an item say something, and how they are called. */
#include "hostile/outlook/item_said.h"

#include <stdlib.h>

/* What the headers and bodies of the message are made of. */
static const guint32 carried[] = {
    ITEM_CLASS,          ITEM_SUBJECT,    ITEM_SUBMITTED,   ITEM_FROM_NAME,
    ITEM_FROM_ADDRESS,   ITEM_HEADERS,    ITEM_DELIVERED,   ITEM_SENDER_NAME,
    ITEM_SENDER_ADDRESS, ITEM_BODY,       ITEM_RTF,         ITEM_HTML,
    ITEM_MESSAGE_ID,     ITEM_REFERENCES, ITEM_IN_REPLY_TO, ITEM_INTERNET_CODEPAGE,
    ITEM_SENDER_SMTP,    ITEM_FROM_SMTP,
};

/* Strings that repeat others, name the machinery, or name the mailbox itself. */
static const guint32 machinery[] = {
    0x003d,                                         /* subject prefix                      */
    0x003f, 0x0040, 0x0043, 0x0044,                 /* received by, received representing */
    0x0049, 0x004a, 0x004b, 0x004d,                 /* originals: subject, author, their kind */
    0x0064, 0x0070, 0x0075, 0x0076, 0x0077, 0x0078, /* kinds of addresses, topic, receivers */
    0x0c1e,                                         /* kind of the sender's address        */
    0x0e02, 0x0e03, 0x0e04,                         /* displays of the recipients          */
    0x0e1d,                                         /* normalised subject                  */
    0x0e28, 0x0e29,                                 /* accounts that sent it               */
    0x1046, 0x10f3,                                 /* message id as sent, name in a URL   */
    0x3002,                                         /* kind of address                     */
    0x3ff8, 0x3ffa,                                 /* who made and changed it             */
    0x4022, 0x4023, 0x4024, 0x4025, 0x4030, 0x4031, 0x4038, 0x4039, /* kinds and names of those */
    0x5d07, 0x5d08, 0x5d0a, 0x5d0b,                                 /* receivers' SMTP addresses           */
};

static const struct {
    ItemSet set;
    guint32 id;
    const char *label;
} lines[] = {
    {ITEM_SET_NONE, 0x3001, "Name"},
    {ITEM_SET_NONE, 0x3003, "E-mail"},
    {ITEM_SET_NONE, 0x39fe, "E-mail"},
    {ITEM_SET_NONE, 0x3a02, "Callback phone"},
    {ITEM_SET_NONE, 0x3a06, "Given name"},
    {ITEM_SET_NONE, 0x3a07, "Government ID number"},
    {ITEM_SET_NONE, 0x3a08, "Business phone"},
    {ITEM_SET_NONE, 0x3a09, "Home phone"},
    {ITEM_SET_NONE, 0x3a0a, "Initials"},
    {ITEM_SET_NONE, 0x3a10, "Customer ID"},
    {ITEM_SET_NONE, 0x3a11, "Surname"},
    {ITEM_SET_NONE, 0x3a15, "Postal address"},
    {ITEM_SET_NONE, 0x3a16, "Company"},
    {ITEM_SET_NONE, 0x3a17, "Title"},
    {ITEM_SET_NONE, 0x3a18, "Department"},
    {ITEM_SET_NONE, 0x3a19, "Office"},
    {ITEM_SET_NONE, 0x3a1a, "Primary phone"},
    {ITEM_SET_NONE, 0x3a1b, "Business phone"},
    {ITEM_SET_NONE, 0x3a1c, "Mobile phone"},
    {ITEM_SET_NONE, 0x3a1d, "Radio phone"},
    {ITEM_SET_NONE, 0x3a1e, "Car phone"},
    {ITEM_SET_NONE, 0x3a1f, "Other phone"},
    {ITEM_SET_NONE, 0x3a24, "Business fax"},
    {ITEM_SET_NONE, 0x3a25, "Home fax"},
    {ITEM_SET_NONE, 0x3a26, "Country"},
    {ITEM_SET_NONE, 0x3a27, "City"},
    {ITEM_SET_NONE, 0x3a28, "State"},
    {ITEM_SET_NONE, 0x3a29, "Street"},
    {ITEM_SET_NONE, 0x3a2a, "Postal code"},
    {ITEM_SET_NONE, 0x3a2f, "Home phone"},
    {ITEM_SET_NONE, 0x3a30, "Assistant"},
    {ITEM_SET_NONE, 0x3a41, "Wedding anniversary"},
    {ITEM_SET_NONE, 0x3a42, "Birthday"},
    {ITEM_SET_NONE, 0x3a44, "Middle name"},
    {ITEM_SET_NONE, 0x3a48, "Spouse"},
    {ITEM_SET_NONE, 0x3a4e, "Manager"},
    {ITEM_SET_NONE, 0x3a4f, "Nickname"},
    {ITEM_SET_NONE, 0x3a51, "Web page"},
    {ITEM_SET_NONE, 0x3a57, "Company phone"},
    {ITEM_SET_NONE, 0x3a58, "Children"},
    {ITEM_SET_NONE, 0x0060, "Start"},
    {ITEM_SET_NONE, 0x0061, "End"},
    {ITEM_SET_ADDRESS, 0x801a, "Home address"},
    {ITEM_SET_ADDRESS, 0x801b, "Business address"},
    {ITEM_SET_ADDRESS, 0x801c, "Other address"},
    {ITEM_SET_ADDRESS, 0x8083, "E-mail"},
    {ITEM_SET_ADDRESS, 0x8093, "E-mail"},
    {ITEM_SET_ADDRESS, 0x80a3, "E-mail"},
    {ITEM_SET_APPOINTMENT, 0x8208, "Location"},
    {ITEM_SET_APPOINTMENT, 0x820d, "Start"},
    {ITEM_SET_APPOINTMENT, 0x820e, "End"},
    {ITEM_SET_APPOINTMENT, 0x8232, "Recurrence"},
    {ITEM_SET_APPOINTMENT, 0x8238, "Attendees"},
    {ITEM_SET_TASK, 0x8104, "Start"},
    {ITEM_SET_TASK, 0x8105, "Due"},
    {ITEM_SET_TASK, 0x811f, "Owner"},
};

static gboolean is_in(const guint32 *list, gsize n, guint32 id)
{
    for (gsize i = 0; i < n; i++)
        if (list[i] == id)
            return TRUE;
    return FALSE;
}

static const char *listed(const ItemTag *tag)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
        if (lines[i].set == tag->set && lines[i].id == tag->id && !tag->name.p)
            return lines[i].label;
    return NULL;
}

static gboolean is_carried(const ItemTag *tag)
{
    return !tag->set && is_in(carried, G_N_ELEMENTS(carried), tag->id);
}

static gboolean is_line(const ItemProperty *property)
{
    const ItemTag *tag = &property->tag;
    if (is_carried(tag) || (!tag->set && is_in(machinery, G_N_ELEMENTS(machinery), tag->id)))
        return FALSE;
    if (property->type == ITEM_TIME)
        return listed(tag) != NULL;
    return property->type == ITEM_UNICODE && property->value.n > 0;
}

gboolean item_line(const ItemProperty *property, char *label, gsize n)
{
    const ItemTag *tag = &property->tag;
    const char *word = listed(tag);
    if (!is_line(property))
        return FALSE;
    if (word)
        g_strlcpy(label, word, n);
    else if (tag->name.p)
        g_snprintf(label, n, "%.*s", (int)MIN(tag->name.n, n - 1), tag->name.p);
    else
        g_snprintf(label, n, "Property %04x", tag->id);
    return TRUE;
}

Span item_html(const Item *item)
{
    Span html = item_bytes(&item->list, ITEM_HTML);
    return html.n ? html : item_text(&item->list, ITEM_HTML);
}

static int span_compare(Span a, Span b)
{
    int order = memcmp(a.n ? a.p : "", b.n ? b.p : "", MIN(a.n, b.n));
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* By what the property is; several values of one stay in their order, which says something. */
gint item_property_compare(gconstpointer a, gconstpointer b)
{
    const ItemProperty *one = *(const ItemProperty *const *)a, *other = *(const ItemProperty *const *)b;
    if (one->tag.set != other->tag.set)
        return one->tag.set < other->tag.set ? -1 : 1;
    if (one->tag.id != other->tag.id)
        return one->tag.id < other->tag.id ? -1 : 1;
    int order = span_compare(one->tag.name, other->tag.name);
    return order ? order : (one > other) - (one < other);
}

/* When it was made is said of what was never sent nor delivered; a body in RTF where there is none in HTML, of which
 * it is a copy. */
static gboolean says(const Item *item, const ItemProperty *property)
{
    const ItemTag *tag = &property->tag;
    if (!tag->set && tag->id == ITEM_RTF)
        return !item_html(item).n;
    if (!tag->set && tag->id == ITEM_CREATED)
        return item_time(&item->list, ITEM_SUBMITTED) == G_MININT64 &&
               item_time(&item->list, ITEM_DELIVERED) == G_MININT64;
    return is_carried(tag) || is_line(property);
}

GPtrArray *item_said(const Item *item)
{
    GPtrArray *said = g_ptr_array_new();
    const GArray *properties = item->list.properties;
    for (guint i = 0; i < properties->len; i++) {
        ItemProperty *property = &g_array_index(properties, ItemProperty, i);
        if (says(item, property))
            g_ptr_array_add(said, property);
    }
    g_ptr_array_sort(said, item_property_compare);
    return said;
}

gboolean item_recipient_says(const ItemProperty *property)
{
    static const guint32 said[] = {ITEM_RECIPIENT_TYPE, ITEM_NAME, ITEM_ADDRESS, ITEM_SMTP};
    return !property->tag.set && is_in(said, G_N_ELEMENTS(said), property->tag.id);
}

gboolean item_attachment_says(const ItemProperty *property)
{
    static const guint32 said[] = {ITEM_SHORT_FILENAME, ITEM_METHOD, ITEM_FILENAME, ITEM_MEDIA_TYPE,
                                   ITEM_CONTENT_ID};
    return !property->tag.set && is_in(said, G_N_ELEMENTS(said), property->tag.id);
}
