/* pst_tree.h - a B-tree within a heap, [MS-PST] 2.3.2; for pst_heap.c and pst_table.c. */
#pragma once
#include "hostile/outlook/pst_heap.h"

typedef void (*PstRecordFound)(void *user, Span key, Span data);
/* All records of the tree whose head has that id in the heap. FALSE when there is no such head. */
gboolean pst_tree_each(PstHeap *heap, guint32 id, PstRecordFound found, void *user);
