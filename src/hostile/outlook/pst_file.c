/* pst_file.c - a PST's header and its two trees of pages. */
#include "hostile/outlook/pst_file.h"

#include "hostile/limits.h"

#define HEADER_BYTES 564
#define SUMMED_BYTES 471 /* of the header, from 8 on; the checksum stands before them, [MS-PST] 2.2.2.6 */
#define MOST_LEVELS 10
#define ALL_NODES (1ULL << 32)

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

typedef struct {
    PstFile *file;
    guint64 from, to; /* nodes that are asked for             */
    const PstWalkSink *sink;
    void *user;
    guint64 pages; /* that may still be visited            */
    gboolean ended;
} Walk;

/* Where a page stands: what its nodes may be, and below which level. */
typedef struct {
    guint64 offset, low, high;
    guint below;
} Branch;

static void damaged(const Walk *walking, const Branch *branch, const char *what)
{
    if (walking->sink->page)
        walking->sink->page(walking->user, branch->offset, (guint32)branch->low, what);
}

/* Nodes that stand where nothing looks for them are passed over, and said. */
static void walk_leaf(const Walk *walking, const Branch *branch, const PstPage *page)
{
    gboolean in_order = TRUE;
    for (guint i = 0; i < page->count; i++) {
        PstNode node;
        pst_page_node(walking->file, page, i, &node);
        gboolean found = node.id >= branch->low && node.id < branch->high &&
                         (i + 1 == page->count || pst_page_key(walking->file, page, i + 1) > node.id);
        in_order = in_order && found;
        if (found && node.id >= walking->from && node.id < walking->to)
            walking->sink->node(walking->user, &node);
    }
    if (!in_order)
        damaged(walking, branch, "its nodes are out of order");
}

static void walk(Walk *walking, const Branch *branch)
{
    PstFile *file = walking->file;
    PstPage page;
    guint8 bytes[PST_MOST_PAGE_BYTES];
    if (walking->ended)
        return;
    file->damage = NULL;
    walking->ended = !walking->pages;
    if (walking->ended)
        file->damage = "the tree has more pages than the file";
    gboolean there =
        !walking->ended && read_tree_page(file, branch->offset, PST_PAGE_NODES, branch->below, &page);
    if (file->damage)
        damaged(walking, branch, file->damage);
    if (!there)
        return;
    walking->pages--;
    if (!page.level) {
        walk_leaf(walking, branch, &page);
        return;
    }
    memcpy(bytes, page.bytes,
           pst_page_bytes(file)); /* its place among the kept pages may be taken meanwhile */
    page.bytes = bytes;
    for (guint i = 0; i < page.count; i++) {
        guint64 low = pst_page_key(file, &page, i);
        guint64 high = i + 1 < page.count ? pst_page_key(file, &page, i + 1) : branch->high;
        Branch child = {pst_page_child(file, &page, i), MAX(low, branch->low), MIN(high, branch->high),
                        page.level};
        if (child.low >= child.high)
            damaged(walking, &child, "its pages are out of order");
        else if (child.low < walking->to && child.high > walking->from)
            walk(walking, &child);
    }
}

void pst_file_walk(PstFile *file, guint64 from, guint64 to, const PstWalkSink *sink, void *user)
{
    Walk walking = {.file = file,
                    .from = from,
                    .to = to,
                    .sink = sink,
                    .user = user,
                    .pages = file->size / pst_page_bytes(file) + 1};
    Branch root = {file->nodes, 0, ALL_NODES, MOST_LEVELS + 1};
    walk(&walking, &root);
}

/* The leaf that may hold the id, and where in it; FALSE when it does not. */
static gboolean find_entry(PstFile *file, guint8 kind, guint64 id, guint64 *leaf, PstPage *page, guint *index)
{
    guint64 offset = kind == PST_PAGE_NODES ? file->nodes : file->blocks;
    guint below = MOST_LEVELS + 1;
    while (read_tree_page(file, offset, kind, below, page)) {
        *leaf = offset;
        guint at = page->count;
        guint64 key = 0;
        while (at > 0 && (key = pst_page_key(file, page, at - 1)) > id)
            at--;
        if (!at)
            return FALSE;
        *index = at - 1;
        if (!page->level)
            return key == id;
        offset = pst_page_child(file, page, *index);
        below = page->level;
    }
    return FALSE;
}

gboolean pst_file_find_node(PstFile *file, guint64 id, PstNode *node)
{
    PstPage page;
    guint64 leaf;
    guint index;
    if (!find_entry(file, PST_PAGE_NODES, id, &leaf, &page, &index))
        return FALSE;
    pst_page_node(file, &page, index, node);
    return TRUE;
}

gboolean pst_file_find_block(PstFile *file, guint64 id, PstBlock *block)
{
    PstPage page;
    guint64 leaf;
    guint index;
    id &= ~1ULL;
    if (find_entry(file, PST_PAGE_BLOCKS, id, &leaf, &page, &index)) {
        pst_page_block(file, &page, index, block);
        return TRUE;
    }
    const PstBlock *old = file->is_old ? g_hash_table_lookup(file->old_blocks, &id) : NULL;
    if (old)
        *block = *old;
    return old != NULL;
}

gboolean pst_file_is_leaf(PstFile *file, guint64 offset, const PstPage *page)
{
    PstPage found;
    guint64 leaf;
    guint index;
    return page->count && find_entry(file, page->kind, pst_page_key(file, page, 0), &leaf, &found, &index) &&
           leaf == offset;
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
    file->nodes = pst_number(header, ansi ? 188 : 224, pst_wide(file));
    file->blocks = pst_number(header, ansi ? 196 : 240, pst_wide(file));
    guint64 declared = pst_number(header, ansi ? 168 : 184, pst_wide(file));
    file->missing = declared > file->size ? declared - file->size : 0;
    file->is_whole = pst_number(header, 4, 4) == pst_checksum(header.p + 8, SUMMED_BYTES);
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
                      .pages = pst_pages_new(),
                      .stored = g_malloc(G_MAXUINT16 + 1),
                      .budget = LIMIT_PST_ITEM_BYTES};
    *reason = "pst-damaged";
    if (!pst_file_read(file, header, sizeof header, 0) || memcmp(header, "!BDN", 4) != 0)
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
