/* pst_file.c - a PST's header and its two trees of pages. */
#include "hostile/outlook/pst_file.h"

#include <unistd.h>
#include "hostile/limits.h"

/* Pages that are kept, by their offset. */
#define KEPT_PAGES 256
#define MOST_PAGE_BYTES 4096
#define HEADER_BYTES 564
#define MOST_LEVELS 10

struct PstPages {
    guint64 offset[KEPT_PAGES]; /* 0: none; no page lies at the header */
    guint8 bytes[KEPT_PAGES][MOST_PAGE_BYTES];
};

guint64 pst_number(Span bytes, gsize at, guint width)
{
    guint64 number = 0;
    if (at > bytes.n || bytes.n - at < width)
        return 0;
    for (guint i = width; i-- > 0;)
        number = number << 8 | (guint8)bytes.p[at + i];
    return number;
}

gboolean pst_file_spend(PstFile *file, guint64 bytes)
{
    if (bytes > file->budget) {
        file->budget = 0;
        file->damage = "more than one item may hold";
        return FALSE;
    }
    file->budget -= bytes;
    return TRUE;
}

/* Width of ids and offsets. */
static guint wide(const PstFile *file)
{
    return file->form == PST_ANSI ? 4 : 8;
}

static gboolean read_all(int descriptor, char *to, gsize n, guint64 at)
{
    while (n) {
        gssize got = pread(descriptor, to, n, (off_t)at);
        if (got <= 0)
            return FALSE;
        to += got;
        at += (guint64)got;
        n -= (gsize)got;
    }
    return TRUE;
}

/* --- pages ---------------------------------------------------------------------------------------------------- */

/* What stands at the end of a page, [MS-PST] 2.2.2.7.1 and 2.2.2.7.7.1. */
static void read_page_end(const PstFile *file, PstPage *page)
{
    Span bytes = {(const char *)page->bytes, pst_page_bytes(file)};
    gboolean is_4k = file->form == PST_UNICODE_4K;
    gsize counts = is_4k ? 4056 : file->form == PST_ANSI ? 496 : 488;
    guint step = is_4k ? 2 : 1;
    gsize end = is_4k ? 4072 : file->form == PST_ANSI ? 500 : 496;
    page->count = (guint)pst_number(bytes, counts, step);
    page->width = (guint)pst_number(bytes, counts + 2 * step, 1);
    page->level = (guint8)pst_number(bytes, counts + 2 * step + 1, 1);
    page->kind = (guint8)bytes.p[end];
    guint32 sum = (guint32)pst_number(bytes, end + (file->form == PST_ANSI ? 8 : 4), 4);
    page->is_whole = bytes.p[end] == bytes.p[end + 1] && sum == pst_checksum(bytes.p, end);
    guint least = (page->level ? 3 : page->kind == PST_PAGE_NODES ? 4 : 3) * wide(file);
    if (page->width < least || page->level > MOST_LEVELS || page->count * (gsize)page->width > counts)
        page->count = 0;
}

gboolean pst_page_read(PstFile *file, guint64 offset, PstPage *page)
{
    guint n = pst_page_bytes(file);
    if (!offset || file->size < n || offset > file->size - n)
        return FALSE;
    gsize slot = (gsize)(offset / n % KEPT_PAGES);
    guint8 *bytes = file->pages->bytes[slot];
    if (file->pages->offset[slot] != offset) {
        file->pages->offset[slot] = 0;
        if (!read_all(file->descriptor, (char *)bytes, n, offset))
            return FALSE;
        file->pages->offset[slot] = offset;
    }
    page->bytes = bytes;
    read_page_end(file, page);
    return TRUE;
}

static Span entry_of(const PstPage *page, guint index)
{
    return (Span){(const char *)page->bytes + (gsize)index * page->width, page->width};
}

void pst_page_node(const PstFile *file, const PstPage *page, guint index, PstNode *node)
{
    Span entry = entry_of(page, index);
    guint n = wide(file);
    *node = (PstNode){.id = (guint32)pst_number(entry, 0, n),
                      .data = pst_number(entry, n, n),
                      .subnodes = pst_number(entry, 2 * n, n),
                      .parent = (guint32)pst_number(entry, 3 * n, 4)};
}

void pst_page_block(const PstFile *file, const PstPage *page, guint index, PstBlock *block)
{
    Span entry = entry_of(page, index);
    guint n = wide(file);
    *block = (PstBlock){.id = pst_number(entry, 0, n),
                        .offset = pst_number(entry, n, n),
                        .stored = (guint32)pst_number(entry, 2 * n, 2)};
    block->size = block->stored;
    if (file->form == PST_UNICODE_4K)
        block->size = (guint32)pst_number(entry, 2 * n + 2, 2);
}

/* --- trees ---------------------------------------------------------------------------------------------------- */

/* A page that may stand here; its damage is noted. */
static gboolean read_tree_page(PstFile *file, guint64 offset, guint8 kind, guint below, PstPage *page)
{
    if (!pst_page_read(file, offset, page) || page->kind != kind || page->level >= below) {
        file->damage = "a page of a tree is not there";
        return FALSE;
    }
    if (!page->is_whole)
        file->damage = "a page's checksum is wrong";
    return TRUE;
}

static guint64 child_of(const PstFile *file, const PstPage *page, guint index)
{
    return pst_number(entry_of(page, index), 2 * wide(file), wide(file));
}

typedef struct {
    PstFile *file;
    void (*found)(void *user, const PstNode *node);
    void *user;
    guint64 pages; /* that may still be visited */
} Walk;

static void walk(Walk *walking, guint64 offset, guint below)
{
    PstPage page;
    guint8 bytes[MOST_PAGE_BYTES];
    if (!walking->pages || !read_tree_page(walking->file, offset, PST_PAGE_NODES, below, &page)) {
        if (!walking->pages)
            walking->file->damage = "a tree has more pages than the file";
        return;
    }
    walking->pages--;
    if (page.level) { /* its place among the kept pages may be taken meanwhile */
        memcpy(bytes, page.bytes, pst_page_bytes(walking->file));
        page.bytes = bytes;
    }
    for (guint i = 0; i < page.count; i++) {
        PstNode node;
        if (page.level) {
            walk(walking, child_of(walking->file, &page, i), page.level);
            continue;
        }
        pst_page_node(walking->file, &page, i, &node);
        walking->found(walking->user, &node);
    }
}

void pst_file_each_node(PstFile *file, void (*found)(void *user, const PstNode *node), void *user)
{
    Walk walking = {
        .file = file, .found = found, .user = user, .pages = file->size / pst_page_bytes(file) + 1};
    walk(&walking, file->nodes, MOST_LEVELS + 1);
}

/* The leaf that holds the id, and where in it. */
static gboolean find_entry(PstFile *file, guint8 kind, guint64 offset, guint64 id, PstPage *page,
                           guint *index)
{
    guint below = MOST_LEVELS + 1;
    while (read_tree_page(file, offset, kind, below, page)) {
        guint at = page->count;
        guint64 key = 0;
        while (at > 0) {
            key = pst_number(entry_of(page, at - 1), 0, wide(file));
            key = kind == PST_PAGE_NODES ? (guint32)key : key & ~1ULL;
            if (key <= id)
                break;
            at--;
        }
        if (!at)
            return FALSE;
        *index = at - 1;
        if (!page->level)
            return key == id;
        offset = child_of(file, page, *index);
        below = page->level;
    }
    return FALSE;
}

gboolean pst_file_find_node(PstFile *file, guint64 id, PstNode *node)
{
    PstPage page;
    guint index;
    if (!find_entry(file, PST_PAGE_NODES, file->nodes, id, &page, &index))
        return FALSE;
    pst_page_node(file, &page, index, node);
    return TRUE;
}

gboolean pst_file_find_block(PstFile *file, guint64 id, PstBlock *block)
{
    PstPage page;
    guint index;
    id &= ~1ULL;
    if (find_entry(file, PST_PAGE_BLOCKS, file->blocks, id, &page, &index)) {
        pst_page_block(file, &page, index, block);
        return TRUE;
    }
    const PstBlock *old = file->old_blocks ? g_hash_table_lookup(file->old_blocks, &id) : NULL;
    if (old)
        *block = *old;
    return old != NULL;
}

/* --- header --------------------------------------------------------------------------------------------------- */

static gboolean read_header(PstFile *file, Span header, const char **reason)
{
    guint version = (guint)pst_number(header, 10, 2);
    *reason = "pst-not-supported";
    if (version == 14 || version == 15)
        file->form = PST_ANSI;
    else if (version >= 20 && version < 64)
        file->form = version >= 36 ? PST_UNICODE_4K : PST_UNICODE;
    else
        return FALSE;
    gboolean ansi = file->form == PST_ANSI;
    file->encoding = (guint8)header.p[ansi ? 461 : 513];
    file->nodes = pst_number(header, ansi ? 188 : 224, wide(file));
    file->blocks = pst_number(header, ansi ? 196 : 240, wide(file));
    if (file->encoding > 2) /* 0x10: Windows Information Protection, whose key is not in the file */
        return FALSE;
    *reason = "pst-damaged";
    return TRUE;
}

gboolean pst_file_open(PstFile *file, int descriptor, guint64 size, const char **reason)
{
    char header[HEADER_BYTES];
    PstPage page;
    *file = (PstFile){.descriptor = descriptor,
                      .size = size,
                      .pages = g_new0(PstPages, 1),
                      .stored = g_malloc(G_MAXUINT16 + 1),
                      .budget = LIMIT_PST_ITEM_BYTES};
    *reason = "pst-damaged";
    if (!read_all(descriptor, header, sizeof header, 0) || memcmp(header, "!BDN", 4) != 0)
        return FALSE;
    return read_header(file, (Span){header, sizeof header}, reason) &&
           read_tree_page(file, file->nodes, PST_PAGE_NODES, MOST_LEVELS + 1, &page) &&
           read_tree_page(file, file->blocks, PST_PAGE_BLOCKS, MOST_LEVELS + 1, &page);
}

void pst_file_clear(PstFile *file)
{
    g_clear_pointer(&file->pages, g_free);
    g_clear_pointer(&file->stored, g_free);
    g_clear_pointer(&file->old_blocks, g_hash_table_unref);
}
