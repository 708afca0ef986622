/* pst_page.c - the pages that a PST's trees are made of, [MS-PST] 2.2.2.7. */
#include "hostile/outlook/pst_file.h"

#include <unistd.h>

/* Pages that are kept, by their offset. */
#define KEPT_PAGES 256
#define MOST_LEVELS 10

struct PstPages {
    guint64 offset[KEPT_PAGES]; /* 0: none; no page lies at the header */
    guint8 bytes[KEPT_PAGES][PST_MOST_PAGE_BYTES];
};

PstPages *pst_pages_new(void)
{
    return g_new0(PstPages, 1);
}

gboolean pst_file_read(const PstFile *file, char *to, gsize n, guint64 at)
{
    while (n) {
        gssize got = pread(file->descriptor, to, n, (off_t)at);
        if (got <= 0)
            return FALSE;
        to += got;
        at += (guint64)got;
        n -= (gsize)got;
    }
    return TRUE;
}

void pst_page_take(const PstFile *file, const guint8 *at, PstPage *page)
{
    Span bytes = {(const char *)at, pst_page_bytes(file)};
    gboolean is_4k = file->form == PST_UNICODE_4K;
    gsize counts = is_4k ? 4056 : file->form == PST_ANSI ? 496 : 488;
    guint step = is_4k ? 2 : 1;
    gsize end = pst_page_end(file);
    *page = (PstPage){.bytes = at,
                      .count = (guint)pst_number(bytes, counts, step),
                      .width = (guint)pst_number(bytes, counts + 2 * step, 1),
                      .level = (guint8)pst_number(bytes, counts + 2 * step + 1, 1),
                      .kind = (guint8)bytes.p[end]};
    guint32 sum = (guint32)pst_number(bytes, end + (file->form == PST_ANSI ? 8 : 4), 4);
    page->is_whole = bytes.p[end] == bytes.p[end + 1] && sum == pst_checksum(bytes.p, end);
    guint least = (page->level ? 3 : page->kind == PST_PAGE_NODES ? 4 : 3) * pst_wide(file);
    page->is_formed =
        page->width >= least && page->level <= MOST_LEVELS && page->count * (gsize)page->width <= counts;
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
        if (!pst_file_read(file, (char *)bytes, n, offset))
            return FALSE;
        file->pages->offset[slot] = offset;
    }
    pst_page_take(file, bytes, page);
    return page->is_formed;
}

/* --- entries -------------------------------------------------------------------------------------------------- */

static Span entry_of(const PstPage *page, guint index)
{
    return (Span){(const char *)page->bytes + (gsize)index * page->width, page->width};
}

guint64 pst_page_key(const PstFile *file, const PstPage *page, guint index)
{
    guint64 key = pst_number(entry_of(page, index), 0, pst_wide(file));
    return page->kind == PST_PAGE_NODES ? (guint32)key : key & ~1ULL;
}

guint64 pst_page_child(const PstFile *file, const PstPage *page, guint index)
{
    return pst_number(entry_of(page, index), 2 * pst_wide(file), pst_wide(file));
}

void pst_page_node(const PstFile *file, const PstPage *page, guint index, PstNode *node)
{
    Span entry = entry_of(page, index);
    guint n = pst_wide(file);
    *node = (PstNode){.id = (guint32)pst_number(entry, 0, n),
                      .data = pst_number(entry, n, n),
                      .subnodes = pst_number(entry, 2 * n, n),
                      .parent = (guint32)pst_number(entry, 3 * n, 4)};
}

void pst_page_block(const PstFile *file, const PstPage *page, guint index, PstBlock *block)
{
    Span entry = entry_of(page, index);
    guint n = pst_wide(file);
    *block = (PstBlock){.id = pst_number(entry, 0, n),
                        .offset = pst_number(entry, n, n),
                        .stored = (guint32)pst_number(entry, 2 * n, 2)};
    block->size = block->stored;
    if (file->form == PST_UNICODE_4K)
        block->size = (guint32)pst_number(entry, 2 * n + 2, 2);
}
