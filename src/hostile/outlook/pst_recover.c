/* pst_recover.c - items that were deleted: what pages of trees that are no more still list.
 *
 * A PST writes changed pages to new places and frees the old ones, which keep their bytes until they are used again. A
 * leaf of an old tree of nodes names nodes as they were; leaves of old trees of blocks say where their bytes lay. A
 * node that the present tree does not have, and whose properties are still whole (every block has a checksum), was
 * deleted. Its place is PLACES_RECOVERED, plus the page's offset, plus the entry's number in the page. */
#include "hostile/limits.h"
#include "hostile/outlook/pst_heap.h"
#include "hostile/outlook/pst_list.h"

/* Read at a time: whole pages of each form. */
#define CHUNK_BYTES (1UL << 20)
/* Numbers of the places that stand for what was too much, and for what could not be read; no node has them. */
#define NUMBER_OF_PAST 0x3f
#define NUMBER_OF_UNREAD 0x5f

typedef struct {
    PstFile *file;
    GHashTable *best; /* node id to Deleted                       */
    guint past;       /* blocks and items that were not looked at */
    guint unread;     /* pages of the file that cannot be read    */
} Recovery;

typedef struct {
    guint64 place;
    PstNode node; /* of an item that was changed the newest version: ids of blocks rise */
} Deleted;

/* --- pages ---------------------------------------------------------------------------------------------------- */

static void keep_block(Recovery *recovery, const PstBlock *block)
{
    PstBlock live;
    GHashTable *old = recovery->file->old_blocks;
    guint64 id = block->id & ~1ULL;
    if (!block->stored || g_hash_table_contains(old, &id) || pst_file_find_block(recovery->file, id, &live))
        return;
    if (g_hash_table_size(old) >= LIMIT_PST_OLD_BLOCKS) {
        recovery->past++;
        return;
    }
    PstBlock *kept = g_memdup2(block, sizeof *block);
    kept->id = id | (block->id & 2);
    g_hash_table_insert(old, g_memdup2(&id, sizeof id), kept);
}

static void keep_node(Recovery *recovery, const PstNode *node, guint64 place)
{
    PstNode live;
    if (PST_KIND(node->id) != PST_KIND_ITEM || !node->data ||
        pst_file_find_node(recovery->file, node->id, &live))
        return;
    const Deleted *known = g_hash_table_lookup(recovery->best, &node->id);
    if (known && known->node.data >= node->data)
        return;
    if (!known && g_hash_table_size(recovery->best) >= LIMIT_PST_PLACES) {
        recovery->past++;
        return;
    }
    Deleted *deleted = g_new(Deleted, 1);
    *deleted = (Deleted){.place = place, .node = *node};
    g_hash_table_insert(recovery->best, g_memdup2(&node->id, sizeof node->id), deleted);
}

static void take_page(Recovery *recovery, guint64 offset, const PstPage *page)
{
    for (guint i = 0; i < page->count; i++) {
        PstBlock block;
        PstNode node;
        if (page->kind == PST_PAGE_BLOCKS) {
            pst_page_block(recovery->file, page, i, &block);
            keep_block(recovery, &block);
        } else {
            pst_page_node(recovery->file, page, i, &node);
            keep_node(recovery, &node, PLACES_RECOVERED + offset + i);
        }
    }
}

/* Nearly all that lies there is no page: its kind, which stands there twice, says so first. */
static void look_at(Recovery *recovery, guint64 offset, const guint8 *bytes)
{
    PstPage page;
    gsize end = pst_page_end(recovery->file);
    if ((bytes[end] != PST_PAGE_BLOCKS && bytes[end] != PST_PAGE_NODES) || bytes[end] != bytes[end + 1])
        return;
    pst_page_take(recovery->file, bytes, &page);
    if (page.is_formed && page.is_whole && !page.level && !pst_file_is_leaf(recovery->file, offset, &page))
        take_page(recovery, offset, &page);
}

static void look_through(Recovery *recovery)
{
    PstFile *file = recovery->file;
    gsize step = pst_page_bytes(file);
    g_autofree guint8 *chunk = g_malloc(CHUNK_BYTES);
    for (guint64 at = 0; at + step <= file->size; at += CHUNK_BYTES) {
        gsize n = (gsize)MIN(file->size - at, CHUNK_BYTES) / step * step;
        gboolean is_read = pst_file_read(file, (char *)chunk, n, at);
        for (gsize in = at ? 0 : step; in < n; in += step)
            if (is_read || pst_file_read(file, (char *)chunk + in, step, at + in))
                look_at(recovery, at + in, chunk + in);
            else
                recovery->unread++;
    }
}

/* --- items ---------------------------------------------------------------------------------------------------- */

/* All their heaps together are less than the file, however often one is named; deflated blocks are larger. */
static guint64 budget_of(const PstFile *file)
{
    return LIMIT_PST_ITEM_BYTES + 2 * file->size;
}

static void add_readable(Recovery *recovery, const Deleted *deleted, GArray *places)
{
    g_auto(PstHeap) heap = {0};
    PstFile *file = recovery->file;
    file->damage = NULL;
    gboolean is_readable = pst_heap_open(&heap, file, &deleted->node) && !file->damage;
    recovery->past += !file->budget;
    if (!is_readable)
        return;
    PstPlace place = {.place = deleted->place, .folder = deleted->node.parent, .state = PST_WAS_DELETED};
    g_array_append_val(places, place);
}

void pst_list_recovered(PstFile *file, GArray *places)
{
    Recovery recovery = {.file = file};
    GHashTableIter each;
    gpointer deleted;
    g_clear_pointer(&file->old_blocks, g_hash_table_unref);
    file->old_blocks = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    recovery.best = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    look_through(&recovery);
    gboolean was_old = file->is_old;
    file->is_old = TRUE;
    file->budget = budget_of(file);
    g_hash_table_iter_init(&each, recovery.best);
    while (g_hash_table_iter_next(&each, NULL, &deleted))
        add_readable(&recovery, deleted, places);
    file->is_old = was_old;
    g_hash_table_unref(recovery.best);
    PstPlace past = {.place = PLACES_LOST + NUMBER_OF_PAST, .state = PST_LOST_PAST, .count = recovery.past};
    PstPlace unread = {
        .place = PLACES_LOST + NUMBER_OF_UNREAD, .state = PST_LOST_UNREAD, .count = recovery.unread};
    if (past.count)
        g_array_append_val(places, past);
    if (unread.count)
        g_array_append_val(places, unread);
}
