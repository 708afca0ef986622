/* pst_made.h - a PST file while it is made; for pst_make.c and pst_make_heap.c. */
#pragma once
#include "hostile/outlook/pst_make.h"

typedef struct {
    guint64 id, offset;
    guint32 stored, size;
    gboolean deleted;
} MadeBlock;

typedef struct {
    PstNode node;
    gboolean deleted;
} MadeNode;

typedef struct {
    guint32 node, parent, declared;
    const char *name;
    GArray *rows; /* guint32: nodes of items */
} MadeFolder;

struct MadePst {
    PstForm form;
    guint8 encoding;
    GByteArray *file;
    GArray *blocks, *nodes, *folders;
    guint64 next_block;
    gboolean deleting; /* blocks that are written now belong to a deleted item */
};

guint made_wide(const MadePst *made);
guint made_block_bytes(const MadePst *made);
void made_put(GByteArray *to, guint64 number, guint width);
/* Blocks of those bytes; the id of the first, or of their list. */
guint64 made_put_data(MadePst *made, const guint8 *bytes, gsize n);
/* The list of nodes (PstNode) below a node; 0 for none. */
guint64 made_put_subnodes(MadePst *made, const GArray *nodes);
/* Nodes of the store, the map of names, and the folders with their tables. */
void made_put_folders(MadePst *made);
