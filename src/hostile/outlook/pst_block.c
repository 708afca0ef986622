/* pst_block.c - the bytes of a PST's nodes: blocks, trees of blocks, lists of nodes below a node. */
#include "hostile/outlook/pst_file.h"

#include <unistd.h>
#include <zlib.h>
#include "hostile/limits.h"

#define BLOCK_BYTES (G_MAXUINT16 + 1)
/* What reading a block costs at least, and looking one up: a list may name the same one again and again. */
#define LEAST_COST 4096
#define LOOK_UP_COST 256
#define LIST_OF_BLOCKS 1
#define LIST_OF_NODES 2

/* An id that is odd in its second bit names a block of the file's own, which is never encoded. */
static gboolean is_internal(guint64 id)
{
    return id & 2;
}

/* Where a block's end stands, [MS-PST] 2.2.2.8.1: behind its bytes, at the end of whole units. */
static gboolean block_is_whole(const PstFile *file, const PstBlock *block, const char *end)
{
    gboolean ansi = file->form == PST_ANSI;
    Span bytes = {end, ansi ? 12 : 16};
    guint64 id = pst_number(bytes, ansi ? 4 : 8, ansi ? 4 : 8);
    guint32 sum = (guint32)pst_number(bytes, ansi ? 8 : 4, 4);
    return pst_number(bytes, 0, 2) == block->stored && (id & ~1ULL) == (block->id & ~1ULL) &&
           sum == pst_checksum(file->stored, block->stored);
}

static gboolean read_stored(PstFile *file, const PstBlock *block)
{
    char end[24];
    gsize trailer = file->form == PST_ANSI ? 12 : file->form == PST_UNICODE ? 16 : 24;
    gsize unit = file->form == PST_UNICODE_4K ? 512 : 64;
    gsize whole = (block->stored + trailer + unit - 1) / unit * unit;
    if (!block->stored || block->offset > file->size || file->size - block->offset < block->stored ||
        pread(file->descriptor, file->stored, block->stored, (off_t)block->offset) != (gssize)block->stored)
        return FALSE;
    gboolean ended =
        pread(file->descriptor, end, trailer, (off_t)(block->offset + whole - trailer)) == (gssize)trailer;
    if (ended && block_is_whole(file, block, end))
        return TRUE;
    file->damage = "a block's checksum is wrong";
    /* What belongs to a tree that is no more is believed only when it is whole: its place may have been used again. */
    guint64 id = block->id & ~1ULL;
    return !file->is_old || !g_hash_table_contains(file->old_blocks, &id);
}

static gboolean inflate_block(const PstFile *file, const PstBlock *block, char *to)
{
    uLongf n = block->size;
    return uncompress((Bytef *)to, &n, (const Bytef *)file->stored, block->stored) == Z_OK &&
           n == block->size;
}

gboolean pst_block_read(PstFile *file, const PstBlock *block, char *to)
{
    if (!pst_file_spend(file, MAX(block->size, LEAST_COST)))
        return FALSE;
    if (!read_stored(file, block)) {
        file->damage = "a block cannot be read";
        return FALSE;
    }
    if (!is_internal(block->id))
        pst_decode(file->encoding, block->id, file->stored, block->stored);
    if (block->size == block->stored) {
        memcpy(to, file->stored, block->stored);
        return TRUE;
    }
    if (inflate_block(file, block, to))
        return TRUE;
    file->damage = "a deflated block is broken";
    return FALSE;
}

/* --- trees of blocks ------------------------------------------------------------------------------------------ */

static gboolean add_leaf(PstData *data, const PstBlock *block, guint64 most)
{
    g_array_append_val(data->blocks, *block);
    data->size += block->size;
    return data->size <= most && data->blocks->len <= LIMIT_PST_BLOCKS;
}

static gboolean add_tree(PstFile *file, const PstBlock *block, guint below, guint64 most, PstData *data);

static gboolean add_block(PstFile *file, guint64 id, guint below, guint64 most, PstData *data)
{
    PstBlock block;
    if (!pst_file_spend(file, LOOK_UP_COST))
        return FALSE;
    if (!pst_file_find_block(file, id, &block)) {
        file->damage = "a block is not in the file's list";
        /* Its size is not known: what follows would stand in the wrong place. */
        return FALSE;
    }
    return is_internal(id) ? add_tree(file, &block, below, most, data) : add_leaf(data, &block, most);
}

static gboolean add_tree(PstFile *file, const PstBlock *block, guint below, guint64 most, PstData *data)
{
    g_autofree char *bytes = g_malloc(BLOCK_BYTES);
    if (!pst_block_read(file, block, bytes))
        return FALSE;
    Span list = {bytes, block->size};
    guint width = file->form == PST_ANSI ? 4 : 8, level = (guint8)pst_number(list, 1, 1);
    guint count = (guint)pst_number(list, 2, 2);
    if (bytes[0] != LIST_OF_BLOCKS || level >= below || !level) {
        file->damage = "a list of blocks is none";
        return FALSE;
    }
    for (guint i = 0; i < count; i++)
        if (!add_block(file, pst_number(list, 8 + (gsize)i * width, width), level, most, data))
            return FALSE;
    return TRUE;
}

gboolean pst_data_open(PstFile *file, guint64 id, guint64 most, PstData *data)
{
    *data = (PstData){.blocks = g_array_new(FALSE, FALSE, sizeof(PstBlock))};
    return id != 0 && add_block(file, id, 3, most, data);
}

void pst_data_clear(PstData *data)
{
    g_clear_pointer(&data->blocks, g_array_unref);
}

guint64 pst_data_copy(PstFile *file, const PstData *data, char *to)
{
    guint64 lost = 0;
    for (guint i = 0; i < data->blocks->len; i++) {
        const PstBlock *block = &g_array_index(data->blocks, PstBlock, i);
        if (!pst_block_read(file, block, to)) {
            memset(to, 0, block->size);
            lost += block->size;
        }
        to += block->size;
    }
    return lost;
}

/* --- nodes below a node --------------------------------------------------------------------------------------- */

static void add_subnodes(PstFile *file, guint64 id, guint below, GArray *found)
{
    PstBlock block;
    g_autofree char *bytes = g_malloc(BLOCK_BYTES);
    if (!pst_file_find_block(file, id, &block) || !pst_block_read(file, &block, bytes)) {
        file->damage = "a list of nodes cannot be read";
        return;
    }
    Span list = {bytes, block.size};
    guint width = file->form == PST_ANSI ? 4 : 8, level = (guint8)pst_number(list, 1, 1);
    guint count = (guint)pst_number(list, 2, 2);
    gsize step = (level ? 2 : 3) * width, from = file->form == PST_ANSI ? 4 : 8;
    if (bytes[0] != LIST_OF_NODES || level >= below) {
        file->damage = "a list of nodes is none";
        return;
    }
    for (guint i = 0; i < count && from + (i + 1) * step <= list.n; i++) {
        gsize at = from + i * step;
        if (found->len >= LIMIT_PST_SUBNODES) {
            file->damage = "more nodes than one item may hold";
            return;
        }
        if (level) {
            add_subnodes(file, pst_number(list, at + width, width), level, found);
            continue;
        }
        PstNode node = {.id = (guint32)pst_number(list, at, width),
                        .data = pst_number(list, at + width, width),
                        .subnodes = pst_number(list, at + 2 * width, width)};
        g_array_append_val(found, node);
    }
}

static int by_id(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const PstNode *)a)->id, other = ((const PstNode *)b)->id;
    return one < other ? -1 : one > other;
}

GArray *pst_subnodes_read(PstFile *file, guint64 id)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(PstNode));
    if (id)
        add_subnodes(file, id, 2, found);
    g_array_sort(found, by_id);
    return found;
}

const PstNode *pst_subnode(const GArray *subnodes, guint64 id)
{
    for (guint low = 0, high = subnodes->len; low < high;) {
        guint middle = low + (high - low) / 2;
        const PstNode *node = &g_array_index(subnodes, PstNode, middle);
        if (node->id == id)
            return node;
        if (node->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
