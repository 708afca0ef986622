/* pst_make.c - writes small PST files of any form: blocks, trees, header. The heaps are in pst_make_heap.c. */
#include "hostile/outlook/pst_make.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include "hostile/outlook/pst_made.h"

#define FIRST_BYTES 0x400

guint made_wide(const MadePst *made)
{
    return made->form == PST_ANSI ? 4 : 8;
}

guint made_block_bytes(const MadePst *made)
{
    return made->form == PST_ANSI ? 8180 : made->form == PST_UNICODE ? 8176 : 65512;
}

void made_put(GByteArray *to, guint64 number, guint width)
{
    for (guint i = 0; i < width; i++) {
        guint8 byte = (guint8)(number >> (8 * i));
        g_byte_array_append(to, &byte, 1);
    }
}

static void set(GByteArray *in, gsize at, guint64 number, guint width)
{
    for (guint i = 0; i < width; i++)
        in->data[at + i] = (guint8)(number >> (8 * i));
}

static void pad(GByteArray *to, gsize length)
{
    static const guint8 zeros[4096];
    while (to->len < length)
        g_byte_array_append(to, zeros, (guint)MIN(sizeof zeros, length - to->len));
}

static void align(GByteArray *to, gsize unit)
{
    pad(to, (to->len + unit - 1) / unit * unit);
}

/* --- blocks --------------------------------------------------------------------------------------------------- */

/* Both encodings undo themselves: the cyclic one by applying it again, the other by its table turned round. */
static void encode(const MadePst *made, guint64 id, guint8 *bytes, gsize n)
{
    char back[256];
    guint8 there[256];
    if (made->encoding == 2)
        pst_decode(2, id, (char *)bytes, n);
    for (guint i = 0; i < 256; i++)
        back[i] = (char)i;
    pst_decode(1, id, back, sizeof back);
    for (guint i = 0; i < 256; i++)
        there[(guint8)back[i]] = (guint8)i;
    for (gsize i = 0; made->encoding == 1 && i < n; i++)
        bytes[i] = there[bytes[i]];
}

static void put_block_end(MadePst *made, const MadeBlock *block, gsize start)
{
    GByteArray *file = made->file;
    guint trailer = made->form == PST_ANSI ? 12 : made->form == PST_UNICODE ? 16 : 24;
    guint unit = made->form == PST_UNICODE_4K ? 512 : 64;
    guint32 sum = pst_checksum(file->data + start, block->stored);
    pad(file, start + (block->stored + trailer + unit - 1) / unit * unit - trailer);
    made_put(file, block->stored, 2);
    made_put(file, 0, 2);
    if (made->form == PST_ANSI)
        made_put(file, block->id, 4);
    made_put(file, sum, 4);
    if (made->form != PST_ANSI)
        made_put(file, block->id, 8);
    if (made->form == PST_UNICODE_4K) {
        made_put(file, 0, 2);
        made_put(file, block->size, 2);
        made_put(file, 0, 4);
    }
}

static guint64 put_block(MadePst *made, const guint8 *bytes, gsize n, gboolean internal)
{
    align(made->file, made->form == PST_UNICODE_4K ? 512 : 64);
    MadeBlock block = {.id = made->next_block | (internal ? 2 : 0),
                       .offset = made->file->len,
                       .stored = (guint32)n,
                       .size = (guint32)n,
                       .deleted = made->deleting};
    made->next_block += 4;
    g_autofree guint8 *copy = g_memdup2(bytes, MAX(n, 1));
    uLongf smaller = (uLongf)n;
    g_autofree guint8 *deflated = g_malloc(n + 64);
    if (made->form == PST_UNICODE_4K && n > 200 && compress(deflated, &smaller, bytes, n) == Z_OK &&
        smaller < n) {
        block.stored = (guint32)smaller;
        memcpy(copy, deflated, smaller);
    }
    if (!internal)
        encode(made, block.id, copy, block.stored);
    g_byte_array_append(made->file, copy, block.stored);
    put_block_end(made, &block, block.offset);
    g_array_append_val(made->blocks, block);
    return block.id;
}

static guint64 put_block_list(MadePst *made, const guint64 *ids, gsize count, guint level, gsize total)
{
    g_autoptr(GByteArray) list = g_byte_array_new();
    made_put(list, 1, 1);
    made_put(list, level, 1);
    made_put(list, count, 2);
    made_put(list, total, 4);
    for (gsize i = 0; i < count; i++)
        made_put(list, ids[i], made_wide(made));
    return put_block(made, list->data, list->len, TRUE);
}

guint64 made_put_data(MadePst *made, const guint8 *bytes, gsize n)
{
    gsize each = made_block_bytes(made), most = each / 8 - 1;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (gsize at = 0; at < n || !at; at += each) {
        guint64 id = put_block(made, bytes + at, MIN(each, n - at), FALSE);
        g_array_append_val(ids, id);
    }
    for (guint level = 1; ids->len > 1; level++) {
        GArray *above = g_array_new(FALSE, FALSE, sizeof(guint64));
        for (guint at = 0; at < ids->len; at += (guint)most) {
            guint64 id =
                put_block_list(made, &g_array_index(ids, guint64, at), MIN(most, ids->len - at), level, n);
            g_array_append_val(above, id);
        }
        g_array_unref(ids);
        ids = above;
    }
    return g_array_index(ids, guint64, 0);
}

static guint64 put_node_list(MadePst *made, const GArray *nodes, guint from, guint to)
{
    g_autoptr(GByteArray) list = g_byte_array_new();
    made_put(list, 2, 2);
    made_put(list, to - from, 2);
    made_put(list, 0, made_wide(made) - 4);
    for (guint i = from; i < to; i++) {
        const PstNode *node = &g_array_index(nodes, PstNode, i);
        made_put(list, node->id, made_wide(made));
        made_put(list, node->data, made_wide(made));
        made_put(list, node->subnodes, made_wide(made));
    }
    return put_block(made, list->data, list->len, TRUE);
}

guint64 made_put_subnodes(MadePst *made, const GArray *nodes)
{
    guint most = 300;
    if (!nodes->len)
        return 0;
    if (nodes->len <= most)
        return put_node_list(made, nodes, 0, nodes->len);
    g_autoptr(GByteArray) list = g_byte_array_new();
    made_put(list, 0x0102, 2);
    made_put(list, (nodes->len + most - 1) / most, 2);
    made_put(list, 0, made_wide(made) - 4);
    for (guint at = 0; at < nodes->len; at += most) {
        made_put(list, g_array_index(nodes, PstNode, at).id, made_wide(made));
        made_put(list, put_node_list(made, nodes, at, MIN(at + most, nodes->len)), made_wide(made));
    }
    return put_block(made, list->data, list->len, TRUE);
}

/* --- pages ---------------------------------------------------------------------------------------------------- */

static guint64 put_page(MadePst *made, const GByteArray *entries, guint width, guint8 kind, guint level)
{
    GByteArray *file = made->file;
    gboolean is_4k = made->form == PST_UNICODE_4K, ansi = made->form == PST_ANSI;
    guint bytes = is_4k ? 4096 : 512, counts = is_4k ? 4056 : ansi ? 496 : 488, step = is_4k ? 2 : 1;
    guint end = is_4k ? 4072 : ansi ? 500 : 496;
    align(file, bytes);
    gsize start = file->len;
    g_byte_array_append(file, entries->data, entries->len);
    pad(file, start + bytes);
    set(file, start + counts, entries->len / width, step);
    set(file, start + counts + step, counts / width, step);
    set(file, start + counts + 2 * step, width, 1);
    set(file, start + counts + 2 * step + 1, level, 1);
    set(file, start + end, kind, 1);
    set(file, start + end + 1, kind, 1);
    set(file, start + end + (ansi ? 8 : 4), pst_checksum(file->data + start, end), 4);
    return start;
}

/* A tree over entries of that width, each of which begins with its key. Its root's offset. */
static guint64 put_tree(MadePst *made, const GByteArray *entries, guint width, guint8 kind)
{
    guint counts = made->form == PST_UNICODE_4K ? 4056 : made->form == PST_ANSI ? 496 : 488;
    guint wide = made_wide(made), level = 0;
    GByteArray *now = g_byte_array_new();
    g_byte_array_append(now, entries->data, entries->len);
    for (;; level++, width = 3 * wide) {
        GByteArray *above = g_byte_array_new();
        guint each = counts / width * width;
        guint64 page = 0;
        for (guint at = 0; at < now->len || !at; at += each) {
            g_autoptr(GByteArray) some = g_byte_array_new();
            g_byte_array_append(some, now->data + at, MIN(each, now->len - at));
            page = put_page(made, some, width, kind, level);
            g_byte_array_append(above, now->data + at, wide);
            made_put(above, 0, wide);
            made_put(above, page, wide);
        }
        gboolean is_root = above->len <= 3 * wide;
        g_byte_array_unref(now);
        now = above;
        if (is_root) {
            g_byte_array_unref(now);
            return page;
        }
    }
}

static GByteArray *block_entries(const MadePst *made, gboolean deleted)
{
    GByteArray *entries = g_byte_array_new();
    for (guint i = 0; i < made->blocks->len; i++) {
        const MadeBlock *block = &g_array_index(made->blocks, MadeBlock, i);
        if (block->deleted != deleted)
            continue;
        made_put(entries, block->id, made_wide(made));
        made_put(entries, block->offset, made_wide(made));
        made_put(entries, block->stored, 2);
        if (made->form == PST_UNICODE_4K)
            made_put(entries, block->size, 2);
        made_put(entries, 2, 2);
        if (made->form != PST_ANSI)
            made_put(entries, 0, made->form == PST_UNICODE ? 4 : 2);
    }
    return entries;
}

static int by_node(gconstpointer a, gconstpointer b)
{
    guint64 one = ((const MadeNode *)a)->node.id, other = ((const MadeNode *)b)->node.id;
    return one < other ? -1 : one > other;
}

static GByteArray *node_entries(const MadePst *made, gboolean deleted)
{
    GByteArray *entries = g_byte_array_new();
    g_array_sort(made->nodes, by_node);
    for (guint i = 0; i < made->nodes->len; i++) {
        const MadeNode *node = &g_array_index(made->nodes, MadeNode, i);
        if (node->deleted != deleted)
            continue;
        made_put(entries, node->node.id, made_wide(made));
        made_put(entries, node->node.data, made_wide(made));
        made_put(entries, node->node.subnodes, made_wide(made));
        made_put(entries, node->node.parent, 4);
        if (made->form != PST_ANSI)
            made_put(entries, 0, 4);
    }
    return entries;
}

static void put_header(MadePst *made, guint64 nodes, guint64 blocks)
{
    GByteArray *file = made->file;
    gboolean ansi = made->form == PST_ANSI;
    guint wide = made_wide(made);
    memcpy(file->data, "!BDN", 4);
    memcpy(file->data + 8, "SM", 2);
    set(file, 10, ansi ? 14 : made->form == PST_UNICODE ? 23 : 36, 2);
    set(file, 12, 19, 2);
    set(file, 14, 0x0101, 2);
    set(file, ansi ? 164 + 4 : 180 + 4, file->len, wide);
    set(file, ansi ? 188 : 224, nodes, wide);
    set(file, ansi ? 196 : 240, blocks, wide);
    set(file, ansi ? 460 : 512, 0x80, 1);
    set(file, ansi ? 461 : 513, made->encoding, 1);
    set(file, 4, pst_checksum(file->data + 8, 471), 4);
    if (!ansi)
        set(file, 524, pst_checksum(file->data + 8, 516), 4);
}

MadePst *made_pst_new(PstForm form, guint8 encoding)
{
    MadePst *made = g_new0(MadePst, 1);
    *made = (MadePst){.form = form,
                      .encoding = encoding,
                      .file = g_byte_array_new(),
                      .blocks = g_array_new(FALSE, FALSE, sizeof(MadeBlock)),
                      .nodes = g_array_new(FALSE, FALSE, sizeof(MadeNode)),
                      .folders = g_array_new(FALSE, FALSE, sizeof(MadeFolder)),
                      .next_block = 4};
    pad(made->file, FIRST_BYTES);
    return made;
}

GByteArray *made_pst_end(MadePst *made)
{
    guint node = 4 * made_wide(made), block = made->form == PST_ANSI ? 12 : 24;
    made_put_folders(made);
    g_autoptr(GByteArray) old_nodes = node_entries(made, TRUE);
    g_autoptr(GByteArray) old_blocks = block_entries(made, TRUE);
    g_autoptr(GByteArray) nodes = node_entries(made, FALSE);
    g_autoptr(GByteArray) blocks = block_entries(made, FALSE);
    if (old_nodes->len) {
        put_tree(made, old_nodes, node, PST_PAGE_NODES);
        put_tree(made, old_blocks, block, PST_PAGE_BLOCKS);
    }
    guint64 node_root = put_tree(made, nodes, node, PST_PAGE_NODES);
    guint64 block_root = put_tree(made, blocks, block, PST_PAGE_BLOCKS);
    put_header(made, node_root, block_root);
    GByteArray *file = made->file;
    for (guint i = 0; i < made->folders->len; i++)
        g_array_unref(g_array_index(made->folders, MadeFolder, i).rows);
    g_array_unref(made->blocks);
    g_array_unref(made->nodes);
    g_array_unref(made->folders);
    g_free(made);
    return file;
}

int made_pst_descriptor(const GByteArray *bytes)
{
    int file = memfd_create("pst", MFD_CLOEXEC);
    for (gsize at = 0; at < bytes->len;) {
        gssize written = write(file, bytes->data + at, bytes->len - at);
        at += written > 0 ? (gsize)written : 0;
    }
    return file;
}
