/* pst_list.h - the places of a PST: items, what is not there, what was deleted; for pst.c. */
#pragma once
#include "hostile/outlook/pst.h"
#include "hostile/outlook/pst_folder.h"

#define PST_NODES_END (1ULL << 32)

/* Add the items among the nodes of [from, to), rising. FALSE when they are too many. */
gboolean pst_list_items(PstFolders *folders, guint64 from, guint64 to, GArray *places);
/* Add only their node ids (guint32); the like. */
gboolean pst_list_numbers(PstFile *file, GArray *numbers);
/* Add what the file says to have, and has not: places of [PLACES_LOST, PLACES_RECOVERED), in no order. FALSE when
 * there is too much of it. */
gboolean pst_list_lost(PstFolders *folders, GArray *lost);
/* Look through the whole file for pages of trees that are no more, and add what they list and can still be read, and
 * places for what was too much or cannot be read, in no order (pst_recover.c). The file's old blocks are known from
 * then on. */
void pst_list_recovered(PstFile *file, GArray *places);
