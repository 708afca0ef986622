/* pst_heap.c - a node's bytes as a heap, and the B-trees and properties in it. */
#include "hostile/outlook/pst_heap.h"

#include "hostile/limits.h"
#include "hostile/outlook/pst_tree.h"

#define HEAP_SIGNATURE 0xec
#define TYPE_OBJECT 0x000d
#define OF_TREE 0xb5
#define OF_PROPERTIES 0xbc

/* --- the heap ------------------------------------------------------------------------------------------------- */

static gboolean read_blocks(PstHeap *heap)
{
    guint count = heap->data.blocks->len;
    heap->bytes = g_try_malloc((gsize)heap->data.size + 1);
    if (!heap->bytes) {
        heap->file->damage = "no memory";
        return FALSE;
    }
    pst_data_copy(heap->file, &heap->data, heap->bytes);
    heap->starts = g_new0(gsize, count + 1);
    for (guint i = 0; i < count; i++)
        heap->starts[i + 1] = heap->starts[i] + g_array_index(heap->data.blocks, PstBlock, i).size;
    return TRUE;
}

gboolean pst_heap_open(PstHeap *heap, PstFile *file, const PstNode *node)
{
    *heap = (PstHeap){.file = file};
    heap->subnodes = pst_subnodes_read(file, node->subnodes);
    if (!pst_data_open(file, node->data, LIMIT_PST_HEAP_BYTES, &heap->data) || !read_blocks(heap))
        return FALSE;
    /* No record is smaller than two bytes. */
    heap->visits = (guint)heap->data.size;
    if (heap->data.size >= 12 && (guint8)heap->bytes[2] == HEAP_SIGNATURE)
        return TRUE;
    file->damage = "a node's bytes are no heap";
    return FALSE;
}

void pst_heap_clear(PstHeap *heap)
{
    pst_data_clear(&heap->data);
    g_clear_pointer(&heap->bytes, g_free);
    g_clear_pointer(&heap->starts, g_free);
    g_clear_pointer(&heap->subnodes, g_array_unref);
    scratch_clear(&heap->long_value);
}

/* An id is five bits of zero, the number of an allocation (from 1), and that of a block; blocks of 64 KiB have more
 * allocations. */
Span pst_heap_span(PstHeap *heap, guint32 id)
{
    guint bits = heap->file->form == PST_UNICODE_4K ? 14 : 11;
    guint32 index = id >> 5 & ((1U << bits) - 1), block = id >> (5 + bits);
    if (!id || id & 31 || !index || block >= heap->data.blocks->len)
        return SPAN_NONE;
    Span bytes = {heap->bytes + heap->starts[block], heap->starts[block + 1] - heap->starts[block]};
    gsize map = (gsize)pst_number(bytes, 0, 2), at = map + 4 + 2 * (gsize)(index - 1);
    if (index > pst_number(bytes, map, 2) || at + 4 > bytes.n)
        return SPAN_NONE;
    gsize start = (gsize)pst_number(bytes, at, 2), end = (gsize)pst_number(bytes, at + 2, 2);
    return start <= end && end <= bytes.n ? (Span){bytes.p + start, end - start} : SPAN_NONE;
}

/* A value in the heap itself; it counts against the budget, since many records may name the same. */
static Span short_value(PstHeap *heap, guint32 id)
{
    Span value = pst_heap_span(heap, id);
    return pst_file_spend(heap->file, value.n) ? value : SPAN_NONE;
}

Span pst_heap_value(PstHeap *heap, guint32 id, guint64 *lost)
{
    g_auto(PstData) data = {0};
    *lost = 0;
    if (!id)
        return SPAN_OF("");
    if (!(id & 31))
        return short_value(heap, id);
    const PstNode *node = pst_subnode(heap->subnodes, id);
    scratch_reset(&heap->long_value);
    if (!node || !pst_data_open(heap->file, node->data, LIMIT_MESSAGE_BYTES, &data) ||
        !scratch_reserve(&heap->long_value, (gsize)data.size + 1)) {
        *lost = data.size;
        if (!heap->file->damage)
            heap->file->damage = "a long value is not there";
        return SPAN_NONE;
    }
    *lost = pst_data_copy(heap->file, &data, heap->long_value.p);
    heap->long_value.n = (gsize)data.size;
    return scratch_span(&heap->long_value);
}

/* --- B-trees in it, [MS-PST] 2.3.2 ---------------------------------------------------------------------------- */

typedef struct {
    PstHeap *heap;
    gsize key, data; /* widths */
    PstRecordFound found;
    void *user;
} Tree;

static void each_record(Tree *tree, guint32 id, guint level)
{
    Span records = pst_heap_span(tree->heap, id);
    gsize width = tree->key + (level ? 4 : tree->data);
    for (gsize at = 0; at + width <= records.n; at += width) {
        if (!tree->heap->visits) {
            tree->heap->file->damage = "a tree has more records than its heap";
            return;
        }
        tree->heap->visits--;
        Span key = {records.p + at, tree->key}, data = {records.p + at + tree->key, width - tree->key};
        if (level)
            each_record(tree, (guint32)pst_number(data, 0, 4), level - 1);
        else
            tree->found(tree->user, key, data);
    }
}

gboolean pst_tree_each(PstHeap *heap, guint32 id, PstRecordFound found, void *user)
{
    Span head = pst_heap_span(heap, id);
    guint level = (guint)pst_number(head, 3, 1);
    Tree tree = {.heap = heap,
                 .key = (gsize)pst_number(head, 1, 1),
                 .data = (gsize)pst_number(head, 2, 1),
                 .found = found,
                 .user = user};
    if (head.n < 8 || (guint8)head.p[0] != OF_TREE || level > 8 || !tree.key || tree.key > 16 || !tree.data) {
        heap->file->damage = "a tree in a heap is none";
        return FALSE;
    }
    each_record(&tree, (guint32)pst_number(head, 4, 4), level);
    return TRUE;
}

/* --- properties ----------------------------------------------------------------------------------------------- */

typedef struct {
    PstHeap *heap;
    PstPropertyFound found;
    void *user;
} Properties;

/* How many bytes of a value of this type stand in the record itself; 0: its id does. */
static guint inline_bytes(guint16 type)
{
    switch (type) {
    case 0x0002:
        return 2;
    case 0x000b:
        return 1;
    case 0x0003:
    case 0x0004:
    case 0x000a:
        return 4;
    default:
        return 0;
    }
}

static void on_property(void *user, Span key, Span data)
{
    Properties *properties = user;
    guint16 id = (guint16)pst_number(key, 0, 2), type = (guint16)pst_number(data, 0, 2);
    guint n = inline_bytes(type);
    guint64 lost = 0;
    if (!n && id == properties->heap->as_node && (guint8)data.p[2] & 31) {
        properties->found(properties->user, id, TYPE_OBJECT, (Span){data.p + 2, 4}, 0);
        return;
    }
    Span value =
        n ? (Span){data.p + 2, n} : pst_heap_value(properties->heap, (guint32)pst_number(data, 2, 4), &lost);
    if (!value.p && !lost)
        properties->heap->file->damage = "a property's value is not there";
    properties->found(properties->user, id, type, value, lost);
}

gboolean pst_properties(PstHeap *heap, PstPropertyFound found, void *user)
{
    Properties properties = {heap, found, user};
    if ((guint8)heap->bytes[3] != OF_PROPERTIES) {
        heap->file->damage = "a node holds no properties";
        return FALSE;
    }
    return pst_tree_each(heap, (guint32)pst_number((Span){heap->bytes, 8}, 4, 4), on_property, &properties);
}
