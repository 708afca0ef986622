/* pst_file.h - the lower layer of a PST or OST file: pages, blocks, nodes, [MS-PST] 2.2.
 *
 * A file is two B-trees of pages: nodes (what there is) and blocks (where its bytes lie). A node's bytes are a tree of
 * blocks; a node may have nodes of its own, which are listed in blocks too. Three forms: ANSI (32 bit), Unicode (64
 * bit), Unicode with pages of 4 KiB and deflated blocks (OST since 2013).
 *
 * Nothing in the file is believed: every offset is checked against the file's size, every level of a tree must be
 * lower than the one above, no tree may have more pages than the file, and all that is read counts against a budget
 * which is set for each item.  What did not hold is remembered as `damage`. */
#pragma once
#include "hostile/read/scratch.h"

typedef enum { PST_ANSI, PST_UNICODE, PST_UNICODE_4K } PstForm;

typedef struct {
    guint64 id, data, subnodes; /* ids of the node and of two blocks; 0: none */
    guint32 parent;             /* of a node of the file                      */
} PstNode;

typedef struct {
    guint64 id, offset;
    guint32 stored, size; /* bytes in the file; and once they are inflated */
} PstBlock;

typedef struct PstPages PstPages;

typedef struct {
    int descriptor;
    guint64 size;
    guint64 missing; /* bytes that the file should have behind its end */
    PstForm form;
    guint8 encoding;        /* bCryptMethod: 0 none, 1 permuted, 2 cyclic */
    guint64 nodes, blocks;  /* where the roots of both trees lie          */
    gboolean is_whole;      /* the header's checksum holds                */
    PstPages *pages;        /* read lately                                */
    GHashTable *old_blocks; /* id to PstBlock: of trees that are no more; NULL */
    gboolean is_old;        /* what is read was deleted: old blocks are its, too */
    char *stored;           /* one block as it lies in the file           */
    guint64 budget;         /* bytes that may still be read               */
    const char *damage;     /* what did not hold since it was last reset; NULL */
} PstFile;

/* A page of a tree, as it is read. */
typedef struct {
    const guint8 *bytes;
    guint8 kind, level; /* PST_PAGE_NODES or _BLOCKS; 0 for a leaf */
    guint count, width; /* entries, and the bytes of one           */
    gboolean is_whole;  /* its checksum holds                      */
    gboolean is_formed; /* its counts can be                       */
} PstPage;
#define PST_PAGE_BLOCKS 0x80
#define PST_PAGE_NODES 0x81
#define PST_MOST_PAGE_BYTES 4096

/* FALSE with *reason ("pst-damaged", "pst-not-supported"). Clear in either case. */
gboolean pst_file_open(PstFile *file, int descriptor, guint64 size, const char **reason);
void pst_file_clear(PstFile *file);

/* Take from the budget. FALSE when it is used up: a damage. */
gboolean pst_file_spend(PstFile *file, guint64 bytes);

/* Numbers as they lie in files; 0 behind the end. */
guint64 pst_number(Span bytes, gsize at, guint width);
static inline guint pst_page_bytes(const PstFile *file)
{
    return file->form == PST_UNICODE_4K ? 4096 : 512;
}

/* Where the bytes begin that say what a page is, twice its kind first, [MS-PST] 2.2.2.7.1. */
static inline gsize pst_page_end(const PstFile *file)
{
    return file->form == PST_UNICODE_4K ? 4072 : file->form == PST_ANSI ? 500 : 496;
}
/* Bytes of ids and offsets. */
static inline guint pst_wide(const PstFile *file)
{
    return file->form == PST_ANSI ? 4 : 8;
}
/* Fill n bytes from the file's `at`. FALSE when they are not there. */
gboolean pst_file_read(const PstFile *file, char *to, gsize n, guint64 at);

/* --- pages (pst_page.c) --------------------------------------------------------------------------------------- */
PstPages *pst_pages_new(void);
/* Bytes as a page, whatever they are. */
void pst_page_take(const PstFile *file, const guint8 *at, PstPage *page);
/* The page at an offset, good until the next page is read. FALSE when no page can be there. */
gboolean pst_page_read(PstFile *file, guint64 offset, PstPage *page);
void pst_page_node(const PstFile *file, const PstPage *page, guint index, PstNode *node);
void pst_page_block(const PstFile *file, const PstPage *page, guint index, PstBlock *block);
/* The id that an entry begins with; above the leaves, where its page is. */
guint64 pst_page_key(const PstFile *file, const PstPage *page, guint index);
guint64 pst_page_child(const PstFile *file, const PstPage *page, guint index);

/* --- trees ---------------------------------------------------------------------------------------------------- */
typedef struct {
    void (*node)(void *user, const PstNode *node);
    /* A page that is not there, or that is wrong (then its nodes are given as they stand): where it is, the least node
     * that it can hold, and what is wrong. May be NULL. */
    void (*page)(void *user, guint64 offset, guint32 first, const char *damage);
} PstWalkSink;
/* All nodes of [from, to), rising: those that pst_file_find_node finds. Pages that hold none of them are not read. */
void pst_file_walk(PstFile *file, guint64 from, guint64 to, const PstWalkSink *sink, void *user);
gboolean pst_file_find_node(PstFile *file, guint64 id, PstNode *node);
gboolean pst_file_find_block(PstFile *file, guint64 id, PstBlock *block);
/* Whether a page that was met at an offset is a leaf of one of the two trees. */
gboolean pst_file_is_leaf(PstFile *file, guint64 offset, const PstPage *page);

/* --- bytes of nodes (pst_block.c) ----------------------------------------------------------------------------- */
/* The blocks that a node's bytes lie in, in order. */
typedef struct {
    GArray *blocks; /* PstBlock */
    guint64 size;   /* of all   */
} PstData;

/* Look them up. FALSE when there are none or they are over `most` bytes together. Clear in either case. */
gboolean pst_data_open(PstFile *file, guint64 id, guint64 most, PstData *data);
void pst_data_clear(PstData *data);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PstData, pst_data_clear)
/* Fill size bytes at `to`. What cannot be read becomes zeros; returns how many bytes that were. */
guint64 pst_data_copy(PstFile *file, const PstData *data, char *to);
/* One of its blocks: its bytes (blocks[index].size of them) into `to`. FALSE when they cannot be read. */
gboolean pst_block_read(PstFile *file, const PstBlock *block, char *to);

/* The nodes below a node, by the id of their list; PstNode without parents, rising. Never NULL. */
GArray *pst_subnodes_read(PstFile *file, guint64 id);
/* The node of that id in such a list; NULL. */
const PstNode *pst_subnode(const GArray *subnodes, guint64 id);

/* --- encoding (pst_decode.c) ---------------------------------------------------------------------------------- */
/* Undo the encoding of a block's bytes, in place. */
void pst_decode(guint8 encoding, guint64 block, char *bytes, gsize n);
/* The checksum of [MS-PST] 5.3. */
guint32 pst_checksum(const void *bytes, gsize n);
