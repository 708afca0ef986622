/* pst_recover.c - items that were deleted: what pages of trees that are no more still list.
 *
 * A PST writes changed pages to new places and frees the old ones, which keep their bytes until they are used again. A
 * leaf of an old tree of nodes names nodes as they were; leaves of old trees of blocks say where their bytes lay. A
 * node that the present tree does not have, and whose properties are still whole (every block has a checksum), was
 * deleted. Its place is PST_RECOVERED, plus the page's offset, plus the entry's number in the page. */
#include "hostile/limits.h"
#include "hostile/outlook/pst_heap.h"
#include "hostile/outlook/pst_list.h"

#define KIND_MESSAGE 0x04

typedef struct {
    PstFile *file;
    PstList *list;
    GHashTable *best; /* node id to Deleted */
} Recovery;

typedef struct {
    guint64 place, data; /* of an item that was changed the newest version: ids of blocks rise */
    PstNode node;
} Deleted;

static void keep_block(Recovery *recovery, const PstBlock *block)
{
    PstBlock live;
    GHashTable *old = recovery->file->old_blocks;
    guint64 id = block->id & ~1ULL;
    if (!block->stored || g_hash_table_size(old) >= LIMIT_PST_OLD_BLOCKS || g_hash_table_contains(old, &id) ||
        pst_file_find_block(recovery->file, id, &live))
        return;
    PstBlock *kept = g_memdup2(block, sizeof *block);
    kept->id = id | (block->id & 2);
    g_hash_table_insert(old, g_memdup2(&id, sizeof id), kept);
}

static void keep_node(Recovery *recovery, const PstNode *node, guint64 place)
{
    PstNode live;
    if ((node->id & 31) != KIND_MESSAGE || !node->data || pst_file_find_node(recovery->file, node->id, &live))
        return;
    const Deleted *known = g_hash_table_lookup(recovery->best, &node->id);
    if ((known && known->data >= node->data) || g_hash_table_size(recovery->best) >= LIMIT_PST_PLACES)
        return;
    Deleted *deleted = g_new(Deleted, 1);
    *deleted = (Deleted){.place = place, .data = node->data, .node = *node};
    g_hash_table_insert(recovery->best, g_memdup2(&node->id, sizeof node->id), deleted);
}

/* Copies: looking for a live node reads other pages. */
static void take_page(Recovery *recovery, guint64 offset, const PstPage *page)
{
    guint8 bytes[4096];
    PstPage copy = *page;
    memcpy(bytes, page->bytes, pst_page_bytes(recovery->file));
    copy.bytes = bytes;
    for (guint i = 0; i < copy.count; i++) {
        PstBlock block;
        PstNode node;
        if (copy.kind == PST_PAGE_BLOCKS) {
            pst_page_block(recovery->file, &copy, i, &block);
            keep_block(recovery, &block);
        } else {
            pst_page_node(recovery->file, &copy, i, &node);
            keep_node(recovery, &node, PST_RECOVERED + offset + i);
        }
    }
}

static void each_leaf(Recovery *recovery, guint8 kind)
{
    PstFile *file = recovery->file;
    guint step = pst_page_bytes(file);
    for (guint64 at = step; at + step <= file->size; at += step) {
        PstPage page;
        if (pst_page_read(file, at, &page) && page.kind == kind && page.is_whole && !page.level)
            take_page(recovery, at, &page);
    }
}

static void add_readable(Recovery *recovery, const Deleted *deleted)
{
    g_auto(PstHeap) heap = {0};
    PstFile *file = recovery->file;
    file->budget = LIMIT_PST_ITEM_BYTES;
    file->damage = NULL;
    if (!pst_heap_open(&heap, file, &deleted->node) || file->damage)
        return;
    PstPlace place = {.place = deleted->place,
                      .folder = pst_list_folder(recovery->list, deleted->node.parent),
                      .state = PST_WAS_DELETED};
    g_array_append_val(recovery->list->places, place);
}

static int by_place(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const PstPlace *)a)->place, other = ((const PstPlace *)b)->place;
    return one < other ? -1 : one > other;
}

void pst_list_recover(PstList *list, PstFile *file)
{
    Recovery recovery = {.file = file, .list = list};
    if (file->old_blocks)
        return;
    file->old_blocks = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    recovery.best = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    each_leaf(&recovery, PST_PAGE_BLOCKS);
    each_leaf(&recovery, PST_PAGE_NODES);
    GHashTableIter each;
    gpointer deleted;
    g_hash_table_iter_init(&each, recovery.best);
    while (g_hash_table_iter_next(&each, NULL, &deleted))
        add_readable(&recovery, deleted);
    g_hash_table_unref(recovery.best);
    g_array_sort(list->places, by_place);
}
