/* pst_names.c - which named property a number at 0x8000 or above stands for in this file. */
#include "hostile/outlook/pst_names.h"

#include "hostile/outlook/pst_heap.h"

#define NODE_OF_NAMES 0x61
#define GUIDS 0x0002
#define ENTRIES 0x0003
#define STRINGS 0x0004
#define FIRST_NAMED 0x8000U
#define MOST_NAMED 0x8000U
#define MOST_STREAM_BYTES (8U << 20)
#define ENTRY_BYTES 8
#define GUID_BYTES 16
/* Indexes of GUIDs that are not in the list. */
#define SET_OF_STRINGS 2
#define FIRST_LISTED 3

struct PstNames {
    ItemTag tags[MOST_NAMED];
    GStringChunk *text;
    gboolean is_damaged;
};

/* The streams of the map, copied: each value is good for one call only. */
typedef struct {
    GByteArray *guids, *entries, *strings;
    gboolean is_cut;
} Streams;

static void on_stream(void *user, guint16 id, guint16 type, Span value, guint64 lost)
{
    Streams *streams = user;
    GByteArray *to = id == GUIDS     ? streams->guids
                     : id == ENTRIES ? streams->entries
                     : id == STRINGS ? streams->strings
                                     : NULL;
    (void)type;
    (void)lost;
    if (to && value.n >= MOST_STREAM_BYTES)
        streams->is_cut = TRUE;
    else if (to && value.n)
        g_byte_array_append(to, (const guint8 *)value.p, (guint)value.n);
}

static Span span_of_array(const GByteArray *array)
{
    return (Span){(const char *)array->data, array->len};
}

static ItemSet set_of(const Streams *streams, guint index)
{
    gsize at = (gsize)(index - FIRST_LISTED) * GUID_BYTES;
    if (index == SET_OF_STRINGS)
        return ITEM_SET_STRINGS;
    if (index < FIRST_LISTED || at + GUID_BYTES > streams->guids->len)
        return ITEM_SET_OTHER;
    return item_set_of_guid(streams->guids->data + at);
}

static Span name_at(PstNames *names, const Streams *streams, guint32 at)
{
    Span strings = span_of_array(streams->strings);
    gsize n = (gsize)pst_number(strings, at, 4);
    if (n < 2 || at > strings.n || strings.n - at < 4 || strings.n - at - 4 < n)
        return SPAN_NONE;
    g_autofree gunichar2 *wide = g_new(gunichar2, n / 2);
    for (gsize i = 0; i < n / 2; i++)
        wide[i] = (gunichar2)pst_number(strings, at + 4 + 2 * i, 2);
    g_autofree char *text = g_utf16_to_utf8(wide, (glong)(n / 2), NULL, NULL, NULL);
    return span_of_string(text ? g_string_chunk_insert(names->text, text) : NULL);
}

static void read_entries(PstNames *names, const Streams *streams)
{
    Span entries = span_of_array(streams->entries);
    for (gsize at = 0; at + ENTRY_BYTES <= entries.n; at += ENTRY_BYTES) {
        guint32 id = (guint32)pst_number(entries, at, 4);
        guint set = (guint)pst_number(entries, at + 4, 2), number = (guint)pst_number(entries, at + 6, 2);
        if (number >= MOST_NAMED)
            continue;
        ItemTag *tag = &names->tags[number];
        *tag = (ItemTag){.set = set_of(streams, set >> 1), .id = id};
        if (set & 1)
            *tag = (ItemTag){.set = tag->set, .name = name_at(names, streams, id)};
    }
}

PstNames *pst_names_new(PstFile *file)
{
    PstNames *names = g_new0(PstNames, 1);
    names->text = g_string_chunk_new(4096);
    Streams streams = {g_byte_array_new(), g_byte_array_new(), g_byte_array_new(), FALSE};
    g_auto(PstHeap) heap = {0};
    PstNode node;
    file->damage = NULL;
    if (pst_file_find_node(file, NODE_OF_NAMES, &node) && pst_heap_open(&heap, file, &node) &&
        pst_properties(&heap, on_stream, &streams))
        read_entries(names, &streams);
    names->is_damaged = file->damage || streams.is_cut;
    g_byte_array_unref(streams.guids);
    g_byte_array_unref(streams.entries);
    g_byte_array_unref(streams.strings);
    return names;
}

void pst_names_free(PstNames *names)
{
    if (!names)
        return;
    g_string_chunk_free(names->text);
    g_free(names);
}

gboolean pst_names_are_damaged(const PstNames *names)
{
    return names->is_damaged;
}

ItemTag pst_names_tag(const PstNames *names, guint16 id)
{
    if (id < FIRST_NAMED)
        return (ItemTag){.id = id};
    ItemTag tag = names->tags[id - FIRST_NAMED];
    return tag.set == ITEM_SET_NONE ? (ItemTag){.set = ITEM_SET_OTHER, .id = id} : tag;
}
