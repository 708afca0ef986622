/* pst_make_heap.c - writes small PST files of any form: heaps, properties, tables, items, folders. */
#include "hostile/outlook/pst_made.h"

#define MOST_ALLOCATION 3580U
#define MOST_SHORT 3000U
#define NODE_OF_ROOT 0x122
#define NODE_OF_SUBTREE 0x8022

/* --- heaps ---------------------------------------------------------------------------------------------------- */

typedef struct {
    MadePst *made;
    GByteArray *all;   /* whole blocks that came before        */
    GByteArray *block; /* the one that is being filled         */
    GArray *ends;      /* guint16: ends of its allocations     */
    guint blocks;      /* before it                            */
    guint8 kind;
    guint32 root;
    GArray *subnodes; /* PstNode: long values                 */
} Heap;

static void begin_block(Heap *heap)
{
    guint head = heap->blocks == 0 ? 12 : heap->blocks % 128 == 8 ? 66 : 2;
    g_byte_array_set_size(heap->block, 0);
    made_put(heap->block, 0, 2);
    while (heap->block->len < head)
        made_put(heap->block, 0, 1);
    g_array_set_size(heap->ends, 0);
    guint16 end = (guint16)head;
    g_array_append_val(heap->ends, end);
}

/* Write the map of allocations, fill the block up, and put it behind the others. */
static void end_block(Heap *heap, gboolean is_last)
{
    guint map = (heap->block->len + 1) & ~1U;
    while (heap->block->len < map)
        made_put(heap->block, 0, 1);
    made_put(heap->block, heap->ends->len - 1, 2);
    made_put(heap->block, 0, 2);
    for (guint i = 0; i < heap->ends->len; i++)
        made_put(heap->block, g_array_index(heap->ends, guint16, i), 2);
    while (!is_last && heap->block->len < made_block_bytes(heap->made))
        made_put(heap->block, 0, 1);
    heap->block->data[0] = (guint8)map;
    heap->block->data[1] = (guint8)(map >> 8);
    g_byte_array_append(heap->all, heap->block->data, heap->block->len);
    heap->blocks++;
}

static void heap_begin(Heap *heap, MadePst *made, guint8 kind)
{
    *heap = (Heap){.made = made,
                   .all = g_byte_array_new(),
                   .block = g_byte_array_new(),
                   .ends = g_array_new(FALSE, FALSE, sizeof(guint16)),
                   .kind = kind,
                   .subnodes = g_array_new(FALSE, FALSE, sizeof(PstNode))};
    begin_block(heap);
}

static guint32 heap_put(Heap *heap, const void *bytes, gsize n)
{
    guint bits = heap->made->form == PST_UNICODE_4K ? 14 : 11;
    if (heap->block->len + n + 2 * (heap->ends->len + 8) > MIN(made_block_bytes(heap->made), 60000)) {
        end_block(heap, FALSE);
        begin_block(heap);
    }
    g_byte_array_append(heap->block, bytes, (guint)n);
    guint16 end = (guint16)heap->block->len;
    g_array_append_val(heap->ends, end);
    return (heap->ends->len - 1) << 5 | heap->blocks << (5 + bits);
}

/* The node's bytes and the list of its nodes. */
static PstNode heap_end(Heap *heap, guint64 id)
{
    end_block(heap, TRUE);
    guint8 head[] = {0xec,
                     heap->kind,
                     (guint8)heap->root,
                     (guint8)(heap->root >> 8),
                     (guint8)(heap->root >> 16),
                     (guint8)(heap->root >> 24)};
    memcpy(heap->all->data + 2, head, sizeof head);
    PstNode node = {.id = id,
                    .data = made_put_data(heap->made, heap->all->data, heap->all->len),
                    .subnodes = made_put_subnodes(heap->made, heap->subnodes)};
    g_byte_array_unref(heap->all);
    g_byte_array_unref(heap->block);
    g_array_unref(heap->ends);
    g_array_unref(heap->subnodes);
    return node;
}

/* A value of its own: short in the heap, long as a node. */
static guint32 heap_value(Heap *heap, const void *bytes, gsize n)
{
    if (n <= MOST_SHORT)
        return n ? heap_put(heap, bytes, n) : 0;
    PstNode node = {.id = (heap->subnodes->len + 1) << 5 | 0x1f, .data = made_put_data(heap->made, bytes, n)};
    g_array_append_val(heap->subnodes, node);
    return (guint32)node.id;
}

/* A B-tree over sorted records. */
static guint32 heap_tree(Heap *heap, const GByteArray *records, guint key, guint data)
{
    guint level = 0, width = key + data;
    GByteArray *now = g_byte_array_new();
    guint32 root = 0;
    g_byte_array_append(now, records->data, records->len);
    for (; now->len; level++, width = key + 4) {
        GByteArray *above = g_byte_array_new();
        guint each = MOST_ALLOCATION / width * width;
        for (guint at = 0; at < now->len; at += each) {
            root = heap_put(heap, now->data + at, MIN(each, now->len - at));
            g_byte_array_append(above, now->data + at, key);
            made_put(above, root, 4);
        }
        gboolean is_root = above->len <= key + 4;
        g_byte_array_unref(now);
        now = above;
        if (is_root)
            break;
    }
    g_byte_array_unref(now);
    guint8 head[8] = {0xb5,         (guint8)key,         (guint8)data,         (guint8)level,
                      (guint8)root, (guint8)(root >> 8), (guint8)(root >> 16), (guint8)(root >> 24)};
    return heap_put(heap, head, sizeof head);
}

/* --- properties ----------------------------------------------------------------------------------------------- */

typedef struct {
    Heap heap;
    GByteArray *records;
} Properties;

static void properties_begin(Properties *properties, MadePst *made)
{
    heap_begin(&properties->heap, made, 0xbc);
    properties->records = g_byte_array_new();
}

static void put_record(Properties *properties, guint16 id, guint16 type, guint32 value)
{
    made_put(properties->records, id, 2);
    made_put(properties->records, type, 2);
    made_put(properties->records, value, 4);
}

static GByteArray *as_text(const MadePst *made, const char *text)
{
    GByteArray *bytes = g_byte_array_new();
    glong n = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    if (made->form == PST_ANSI)
        g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text));
    else
        for (glong i = 0; i < n; i++)
            made_put(bytes, wide[i], 2);
    return bytes;
}

static guint16 text_type(const MadePst *made)
{
    return made->form == PST_ANSI ? 0x001e : 0x001f;
}

static void put_text(Properties *properties, guint16 id, const char *text)
{
    if (!text)
        return;
    g_autoptr(GByteArray) bytes = as_text(properties->heap.made, text);
    put_record(properties, id, text_type(properties->heap.made),
               heap_value(&properties->heap, bytes->data, bytes->len));
}

static PstNode properties_end(Properties *properties, guint64 id)
{
    properties->heap.root = heap_tree(&properties->heap, properties->records, 2, 6);
    g_byte_array_unref(properties->records);
    return heap_end(&properties->heap, id);
}

/* --- tables --------------------------------------------------------------------------------------------------- */

/* Which row of a table lies at a place: rows stand in the order in which they were written, not in that of their ids,
 * which go back and forth between blocks. */
static guint row_at(guint place, guint count)
{
    guint half = count / 2;
    return place < half ? 2 * (half - 1 - place) + 1 : 2 * (place - half);
}

/* A table with the rows' ids and, if there are any, one text in each. */
static PstNode put_table(MadePst *made, guint64 id, const guint32 *ids, guint count, guint16 column,
                         const char *const *texts)
{
    Heap heap;
    heap_begin(&heap, made, 0x7c);
    g_autoptr(GByteArray) rows = g_byte_array_new(), index = g_byte_array_new(), head = g_byte_array_new();
    guint width = texts ? 13 : 9, columns = texts ? 3 : 2;
    guint each = made_block_bytes(made) / width;
    g_autofree guint32 *places = g_new0(guint32, count + 1);
    for (guint place = 0; place < count; place++) {
        guint row = row_at(place, count);
        places[row] = place;
        if (place && place % each == 0)
            while (rows->len % made_block_bytes(made))
                made_put(rows, 0, 1);
        made_put(rows, ids[row], 4);
        made_put(rows, 1, 4);
        if (texts) {
            g_autoptr(GByteArray) text = as_text(made, texts[row]);
            made_put(rows, heap_value(&heap, text->data, text->len), 4);
        }
        made_put(rows, texts ? 0xe0 : 0xc0, 1);
    }
    for (guint i = 0; i < count; i++) {
        made_put(index, ids[i], 4);
        made_put(index, places[i], made->form == PST_ANSI ? 2 : 4);
    }
    guint32 matrix = heap_value(&heap, rows->data, rows->len);
    guint32 tree = heap_tree(&heap, index, 4, made->form == PST_ANSI ? 2 : 4);
    made_put(head, 0x7c, 1);
    made_put(head, columns, 1);
    for (guint i = 0; i < 3; i++)
        made_put(head, width - 1, 2);
    made_put(head, width, 2);
    made_put(head, tree, 4);
    made_put(head, matrix, 4);
    made_put(head, 0, 4);
    guint32 tags[] = {0x67f20003, 0x67f30003, (guint32)column << 16 | text_type(made)};
    for (guint i = 0; i < columns; i++) {
        made_put(head, tags[i], 4);
        made_put(head, 4 * (guint64)i, 2);
        made_put(head, 4, 1);
        made_put(head, i, 1);
    }
    heap.root = heap_put(&heap, head->data, head->len);
    return heap_end(&heap, id);
}

/* --- items ---------------------------------------------------------------------------------------------------- */

static PstNode put_item(MadePst *made, guint64 id, const MadeItem *item);

static PstNode put_attachment(MadePst *made, guint64 id, const MadeAttachment *attachment)
{
    Properties properties;
    properties_begin(&properties, made);
    if (attachment->within) {
        PstNode within = put_item(made, 0x200024, attachment->within);
        g_array_append_val(properties.heap.subnodes, within);
        guint8 object[8] = {0x24, 0x00, 0x20, 0x00, 1};
        put_record(&properties, 0x3701, 0x000d, heap_put(&properties.heap, object, sizeof object));
    } else if (attachment->bytes.p) {
        put_record(&properties, 0x3701, 0x0102,
                   heap_value(&properties.heap, attachment->bytes.p, attachment->bytes.n));
    }
    put_record(&properties, 0x3705, 0x0003, attachment->method);
    put_text(&properties, 0x3707, attachment->name);
    return properties_end(&properties, id);
}

static void put_attachments(MadePst *made, const MadeItem *item, GArray *subnodes)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint i = 0; i < item->attachment_count; i++) {
        guint32 id = (0x400 + i) << 5 | 5;
        PstNode node = put_attachment(made, id, &item->attachments[i]);
        g_array_append_val(subnodes, node);
        g_array_append_val(ids, id);
    }
    PstNode table = put_table(made, 0x671, (const guint32 *)(gpointer)ids->data, ids->len, 0, NULL);
    g_array_append_val(subnodes, table);
}

static int by_id(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const PstNode *)a)->id, other = ((const PstNode *)b)->id;
    return one < other ? -1 : one > other;
}

static PstNode put_item(MadePst *made, guint64 id, const MadeItem *item)
{
    Properties properties;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint32));
    properties_begin(&properties, made);
    put_text(&properties, 0x001a, item->message_class ? item->message_class : "IPM.Note");
    put_text(&properties, 0x0037, item->subject);
    put_text(&properties, 0x007d, item->headers);
    put_text(&properties, 0x1000, item->body);
    if (item->settings)
        put_record(&properties, 0x7c08, 0x0102,
                   heap_value(&properties.heap, (const guint8 *)item->settings, strlen(item->settings)));
    put_text(&properties, 0x8000, item->named);
    put_text(&properties, 0x8001, item->keywords);
    for (guint i = 0; i < item->recipient_count; i++)
        g_array_append_val(ids, i);
    PstNode table =
        put_table(made, 0x692, (const guint32 *)(gpointer)ids->data, ids->len, 0x3001, item->recipients);
    g_array_append_val(properties.heap.subnodes, table);
    put_attachments(made, item, properties.heap.subnodes);
    g_array_sort(properties.heap.subnodes, by_id);
    return properties_end(&properties, id);
}

static MadeFolder *folder_of(MadePst *made, guint32 node)
{
    for (guint i = 0; i < made->folders->len; i++)
        if (g_array_index(made->folders, MadeFolder, i).node == node)
            return &g_array_index(made->folders, MadeFolder, i);
    return NULL;
}

void made_pst_row(MadePst *made, guint32 folder, guint32 node)
{
    g_array_append_val(folder_of(made, folder)->rows, node);
}

void made_pst_item(MadePst *made, guint32 node, guint32 folder, const MadeItem *item, MadeHow how)
{
    made->deleting = how == MADE_DELETED;
    MadeNode put = {.node = put_item(made, node, item), .deleted = how == MADE_DELETED};
    made->deleting = FALSE;
    put.node.parent = folder;
    g_array_append_val(made->nodes, put);
    if (how == MADE_LISTED)
        made_pst_row(made, folder, node);
}

/* --- folders -------------------------------------------------------------------------------------------------- */

void made_pst_folder(MadePst *made, guint32 node, guint32 parent, const char *name, guint32 declared)
{
    MadeFolder folder = {node, parent, declared, name, g_array_new(FALSE, FALSE, sizeof(guint32))};
    g_array_append_val(made->folders, folder);
}

static void add_node(MadePst *made, PstNode node, guint32 parent)
{
    node.parent = parent;
    MadeNode put = {.node = node};
    g_array_append_val(made->nodes, put);
}

/* The table of contents of one of the two kinds: what it lists are items of that kind. */
static void put_contents(MadePst *made, const MadeFolder *folder, guint32 table, guint32 kind)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint i = 0; i < folder->rows->len; i++)
        if ((g_array_index(folder->rows, guint32, i) & 31) == kind)
            g_array_append_val(rows, g_array_index(folder->rows, guint32, i));
    add_node(made,
             put_table(made, (folder->node & ~31U) | table, (const guint32 *)(gpointer)rows->data, rows->len,
                       0, NULL),
             0);
}

static void put_folder(MadePst *made, const MadeFolder *folder)
{
    Properties properties;
    properties_begin(&properties, made);
    put_text(&properties, 0x3001, folder->name);
    put_record(&properties, 0x3602, 0x0003, folder->declared);
    add_node(made, properties_end(&properties, folder->node), folder->parent);
    put_contents(made, folder, 0x0e, 0x04);
    put_contents(made, folder, 0x0f, 0x08);
}

static void put_store(MadePst *made)
{
    Properties properties;
    guint8 entry[24] = {[20] = NODE_OF_SUBTREE & 0xff, [21] = NODE_OF_SUBTREE >> 8};
    properties_begin(&properties, made);
    put_record(&properties, 0x35e0, 0x0102, heap_put(&properties.heap, entry, sizeof entry));
    add_node(made, properties_end(&properties, 0x21), 0);
}

/* Two names: number 0x8208 of PSETID_Appointment is 0x8000 here, "Keywords" of PS_PUBLIC_STRINGS is 0x8001. */
static void put_names(MadePst *made)
{
    static const guint8 appointment[16] = {0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};
    static const guint8 entries[16] = {0x08, 0x82, 0, 0, 3 << 1, 0, 0, 0, 0, 0, 0, 0, 2 << 1 | 1, 0, 1, 0};
    static const guint8 strings[20] = {16,  0, 0,   0, 'K', 0, 'e', 0, 'y', 0,
                                       'w', 0, 'o', 0, 'r', 0, 'd', 0, 's', 0};
    Properties properties;
    properties_begin(&properties, made);
    put_record(&properties, 0x0002, 0x0102, heap_put(&properties.heap, appointment, sizeof appointment));
    put_record(&properties, 0x0003, 0x0102, heap_put(&properties.heap, entries, sizeof entries));
    put_record(&properties, 0x0004, 0x0102, heap_put(&properties.heap, strings, sizeof strings));
    add_node(made, properties_end(&properties, 0x61), 0);
}

void made_put_folders(MadePst *made)
{
    put_store(made);
    put_names(made);
    made_pst_folder(made, NODE_OF_ROOT, NODE_OF_ROOT, "", 0);
    made_pst_folder(made, NODE_OF_SUBTREE, NODE_OF_ROOT, "Top of Outlook data file", 0);
    for (guint i = 0; i < made->folders->len; i++)
        put_folder(made, &g_array_index(made->folders, MadeFolder, i));
}
