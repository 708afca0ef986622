/* item_named.c - which recipients of an Outlook item its transport headers name. */
#include "hostile/outlook/item_named.h"

#include "hostile/outlook/item_said.h"
#include "hostile/read/address.h"
#include "hostile/read/header.h"
#include "hostile/read/seek.h"

/* Who stands in the fields and was not yet found among the recipients. Keys are in lower case. */
typedef struct {
    GHashTable *addresses; /* address -> its name, NULL for none       */
    GHashTable *names;     /* name -> how many stand there with it     */
    Words words;
} Named;

ItemPerson item_recipient(const ItemList *list)
{
    Span smtp = item_text(list, ITEM_SMTP);
    return (ItemPerson){item_text(list, ITEM_NAME), smtp.n ? smtp : item_text(list, ITEM_ADDRESS)};
}

static char *fold(Span text)
{
    g_autofree char *copy = span_dup(text.n ? span_trim(text) : text);
    return g_ascii_strdown(copy, -1);
}

static gboolean is_address(Span text)
{
    return text.n && memchr(text.p, '@', text.n);
}

static void count(Named *named, const char *name, gint step)
{
    gint n = GPOINTER_TO_INT(g_hash_table_lookup(named->names, name)) + step;
    g_hash_table_insert(named->names, g_strdup(name), GINT_TO_POINTER(n));
}

static void add_field(Named *named, Span value)
{
    AddressCursor cursor = {.value = value, .words = &named->words};
    for (Address address; address_next(&cursor, &address);) {
        char *name = address.name.n ? fold(address.name) : NULL;
        if (name)
            count(named, name, 1);
        if (address.address.n)
            g_hash_table_insert(named->addresses, fold(address.address), name);
        else
            g_free(name);
    }
    arena_reset(named->words.arena);
}

static void add_header(Named *named, Span header)
{
    HeaderCursor cursor = {.bytes = header};
    for (Field field; header_next(&cursor, &field) == HEADER_FIELD;)
        if (field.id == FIELD_TO || field.id == FIELD_CC || field.id == FIELD_BCC)
            add_field(named, field.value);
}

/* By address; the name beside it stands for nobody else then. */
static gboolean take_address(Named *named, Span address)
{
    g_autofree char *key = fold(address);
    gpointer name;
    if (!g_hash_table_lookup_extended(named->addresses, key, NULL, &name))
        return FALSE;
    if (name) {
        count(named, name, -1);
        g_hash_table_insert(named->addresses, g_steal_pointer(&key), NULL);
    }
    return TRUE;
}

static gboolean take_name(Named *named, Span name)
{
    g_autofree char *key = fold(name);
    if (GPOINTER_TO_INT(g_hash_table_lookup(named->names, key)) <= 0)
        return FALSE;
    count(named, key, -1);
    return TRUE;
}

/* Those with an address first: what is left of the names is for the others. */
static GArray *find(Named *named, const GPtrArray *recipients)
{
    GArray *found = g_array_sized_new(FALSE, TRUE, sizeof(gboolean), recipients->len);
    g_array_set_size(found, recipients->len);
    for (guint by_name = 0; by_name < 2; by_name++)
        for (guint i = 0; i < recipients->len; i++) {
            ItemPerson it = item_recipient(recipients->pdata[i]);
            Span address = is_address(it.address) ? it.address : is_address(it.name) ? it.name : SPAN_NONE;
            if (!by_name && address.n)
                g_array_index(found, gboolean, i) = take_address(named, address);
            else if (by_name && !address.n)
                g_array_index(found, gboolean, i) = take_name(named, it.name);
        }
    return found;
}

GArray *item_named(const Item *item, Span header, Charsets *charsets)
{
    Arena arena = {0};
    g_autoptr(GHashTable) addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Named named = {addresses, names, {.charsets = charsets, .arena = &arena}};
    add_header(&named, header);
    GArray *found = find(&named, item->recipients);
    words_clear(&named.words);
    arena_clear(&arena);
    return found;
}
