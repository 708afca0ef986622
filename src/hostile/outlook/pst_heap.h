/* pst_heap.h - the upper layer of a PST: a node's bytes as a heap, with properties or a table in it, [MS-PST] 2.3. */
#pragma once
#include "hostile/outlook/pst_file.h"

/* A node whose bytes are a heap. What it gives lives until the heap is cleared. */
typedef struct {
    PstFile *file;
    char *bytes;        /* of all its blocks */
    PstData data;       /* where they came from */
    gsize *starts;      /* of each block in bytes, and the end */
    GArray *subnodes;   /* PstNode: of the node */
    guint visits;       /* records that may still be visited */
    guint16 as_node;    /* a property which, where it is a node of its own, is given as an object; 0 */
    Scratch long_value; /* of the value asked for last, if it has a node of its own */
} PstHeap;

/* FALSE when the node holds no heap (what is wrong is the file's damage). Clear in either case. */
gboolean pst_heap_open(PstHeap *heap, PstFile *file, const PstNode *node);
void pst_heap_clear(PstHeap *heap);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PstHeap, pst_heap_clear)

/* What an id in the heap names; absent if nothing. */
Span pst_heap_span(PstHeap *heap, guint32 id);
/* The same of an id that may name a node below: its bytes, good until the next call. *lost: bytes that are missing. */
Span pst_heap_value(PstHeap *heap, guint32 id, guint64 *lost);

/* Properties, [MS-PST] 2.3.3: FALSE when the heap holds none. `value` is good during the call. A value of several is
 * given as it lies. Of an object (type 0x000d) the value is its 8 bytes: a node's number and a size. */
typedef void (*PstPropertyFound)(void *user, guint16 id, guint16 type, Span value, guint64 lost);
gboolean pst_properties(PstHeap *heap, PstPropertyFound found, void *user);

/* A table, [MS-PST] 2.3.4: rows in the order of their ids, and the cells of each. Either function may be NULL. */
typedef struct {
    void (*row)(void *user, guint32 id);
    PstPropertyFound cell;
} PstTableSink;
gboolean pst_table(PstHeap *heap, const PstTableSink *sink, void *user);
