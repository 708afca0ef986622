/* reading_list.c - our reading of a message as lists. */
#include "hostile/read/reading_list.h"

static void leaf_free(gpointer data)
{
    ListedLeaf *leaf = data;
    g_free(leaf->type);
    g_free(leaf->filename);
    g_free(leaf->charset);
    g_free(leaf);
}

ReadingList *reading_list_new(void)
{
    ReadingList *list = g_new0(ReadingList, 1);
    list->leaves = g_ptr_array_new_with_free_func(leaf_free);
    list->addresses = g_ptr_array_new_with_free_func(g_free);
    return list;
}

void reading_list_free(ReadingList *list)
{
    if (!list)
        return;
    g_ptr_array_unref(list->leaves);
    g_ptr_array_unref(list->addresses);
    g_free(list->subject);
    g_free(list->message_id);
    g_free(list);
}

void reading_list_add_address(ReadingList *list, Role role, const char *name, const char *address)
{
    char *line = g_strdup_printf("%s %s|%s", role_name(role), name ? name : "", address ? address : "");
    g_ptr_array_add(list->addresses, line);
}

static void on_address(void *user, const AddressRow *row)
{
    g_autofree char *name = span_dup(row->name), *address = span_dup(row->address);
    if (row->role <= ROLE_BCC)
        reading_list_add_address(user, row->role, name, address);
}

static void on_part(void *user, const PartRow *row)
{
    if (row->kind != PART_LEAF)
        return;
    ListedLeaf *leaf = g_new0(ListedLeaf, 1);
    leaf->type = span_dup(row->media_type);
    leaf->filename = row->filename.p ? span_dup(row->filename) : NULL;
    leaf->charset = row->charset.p ? span_dup(row->charset) : NULL;
    memcpy(leaf->sha256, row->sha256, DIGEST_BYTES);
    leaf->size = row->read;
    leaf->uuencoded = span_equals(row->encoding, "x-uuencode") && memchr(row->path.p, '.', row->path.n);
    g_ptr_array_add(((ReadingList *)user)->leaves, leaf);
}

ReadingList *reading_list_of(Reader *reader, Span mail)
{
    static const ReaderSink sink = {.address = on_address, .part = on_part};
    ReadingList *list = reading_list_new();
    MessageRow head = {0};
    reader_read(reader, mail, &sink, list, &head);
    list->subject = head.subject.p ? span_dup(head.subject) : NULL;
    list->message_id = head.message_id.p ? span_dup(head.message_id) : NULL;
    list->defects = head.defects;
    return list;
}
