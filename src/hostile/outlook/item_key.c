/* item_key.c - the content key of an Outlook item: SHA-256 over what it says, in a fixed order. */
#include "hostile/outlook/item_mail.h"

#include "hostile/outlook/item_said.h"

static void add_number(EVP_MD_CTX *context, guint64 number)
{
    guint8 bytes[8];
    for (guint i = 0; i < 8; i++)
        bytes[i] = (guint8)(number >> 8 * i);
    EVP_DigestUpdate(context, bytes, sizeof bytes);
}

static void add_span(EVP_MD_CTX *context, Span value)
{
    add_number(context, value.n);
    EVP_DigestUpdate(context, value.n ? value.p : "", value.n);
}

static void add_property(EVP_MD_CTX *context, const ItemProperty *property)
{
    add_number(context, property->tag.set);
    add_number(context, property->tag.id);
    add_span(context, property->tag.name);
    add_number(context, property->type);
    add_span(context, property->value);
}

/* In the order of their numbers, whatever the container's. */
static void add_list(EVP_MD_CTX *context, const ItemList *list, gboolean (*says)(const ItemProperty *))
{
    g_autoptr(GPtrArray) said = g_ptr_array_new();
    for (guint i = 0; i < list->properties->len; i++)
        if (says(&g_array_index(list->properties, ItemProperty, i)))
            g_ptr_array_add(said, &g_array_index(list->properties, ItemProperty, i));
    g_ptr_array_sort(said, item_property_compare);
    add_number(context, said->len);
    for (guint i = 0; i < said->len; i++)
        add_property(context, said->pdata[i]);
}

static void add_item(EVP_MD_CTX *context, const Item *item);

static void add_attachment(EVP_MD_CTX *context, const ItemAttachment *attachment)
{
    add_list(context, &attachment->list, item_attachment_says);
    add_span(context, attachment->data);
    add_number(context, attachment->within != NULL);
    if (attachment->within)
        add_item(context, attachment->within);
}

static void add_item(EVP_MD_CTX *context, const Item *item)
{
    g_autoptr(GPtrArray) said = item_said(item);
    add_number(context, said->len);
    for (guint i = 0; i < said->len; i++)
        add_property(context, said->pdata[i]);
    add_number(context, item->recipients->len);
    for (guint i = 0; i < item->recipients->len; i++)
        add_list(context, item->recipients->pdata[i], item_recipient_says);
    add_number(context, item->attachments->len);
    for (guint i = 0; i < item->attachments->len; i++)
        add_attachment(context, item->attachments->pdata[i]);
}

void item_key(Hashing *hashing, const Item *item, guint8 key[DIGEST_BYTES], guint8 properties[DIGEST_BYTES])
{
    guint8 named[sizeof ITEM_FORM + DIGEST_BYTES];
    EVP_DigestInit_ex2(hashing->one, hashing->sha256, NULL);
    add_item(hashing->one, item);
    EVP_DigestFinal_ex(hashing->one, properties, NULL);
    memcpy(named, ITEM_FORM "\n", sizeof ITEM_FORM);
    memcpy(named + sizeof ITEM_FORM, properties, DIGEST_BYTES);
    hash_bytes(hashing, (Span){(const char *)named, sizeof named}, key);
}
