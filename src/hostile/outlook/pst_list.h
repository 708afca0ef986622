/* pst_list.h - what a PST lists: folders, their paths and counters, and the places of items; for pst.c. */
#pragma once
#include "hostile/outlook/pst.h"
#include "hostile/outlook/pst_file.h"

typedef struct {
    guint32 id, parent; /* nodes                                                    */
    char *name;         /* display name                                             */
    char *path;         /* made when all folders are known                          */
    guint32 declared;   /* by its counter                                           */
    guint32 listed;     /* rows of its table                                        */
    gboolean has_table; /* it could be read: what is not in it is no longer in the folder */
} PstFolder;

typedef struct {
    GArray *folders; /* PstFolder, by node; the first is none */
    GArray *places;  /* PstPlace, rising                      */
    guint64 declared;
    gboolean has_password, too_many;
} PstList;

/* Never fails: what cannot be read leaves places that stand for it. */
void pst_list_fill(PstList *list, PstFile *file, Charsets *charsets);
void pst_list_clear(PstList *list);
/* Index of the folder with that node; 0. */
guint pst_list_folder(const PstList *list, guint64 node);
/* Add places of deleted items (pst_recover.c). */
void pst_list_recover(PstList *list, PstFile *file);
