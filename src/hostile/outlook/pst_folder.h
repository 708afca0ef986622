/* pst_folder.h - the folders of a PST: paths, counters, and what their tables list; each is read when it is asked for
 * first, so that a range of items costs what its own folders cost. For pst.c. */
#pragma once
#include "hostile/outlook/pst_file.h"
#include "hostile/read/charset.h"

/* Kinds of nodes, [MS-PST] 2.2.2.1. */
#define PST_KIND(id) ((id)&31)
#define PST_KIND_FOLDER 0x02
#define PST_KIND_ITEM 0x04
#define PST_KIND_HIDDEN_ITEM 0x08 /* "associated": settings, views, templates of replies */

typedef struct {
    guint32 id, parent;  /* nodes                                                                     */
    char *name, *path;   /* display name, or NULL; the path once it was asked for, or NULL            */
    guint32 declared;    /* items by its own counter                                                  */
    GArray *rows;        /* guint32, rising: items that its tables list; NULL until it was asked for  */
    gboolean has_rows;   /* both tables could be read: what is not in them is no longer in the folder */
    gboolean is_damaged; /* something of it could not be read                                        */
} PstFolder;

typedef struct {
    PstFile *file;
    Charsets *charsets;
    GHashTable *known; /* node to PstFolder                            */
    guint64 rows;      /* of all of them, at most                      */
    guint32 subtree;   /* node above all that the mailbox's owner sees */
    gboolean has_password;
    gboolean is_damaged; /* the store's own properties could not be read: paths may begin too high */
} PstFolders;

void pst_folders_init(PstFolders *folders, PstFile *file, Charsets *charsets);
void pst_folders_clear(PstFolders *folders);

/* The folder, good until the next is asked for; NULL when the tree has no such node. */
PstFolder *pst_folder_find(PstFolders *folders, guint32 node);
/* See that `rows` are there. */
void pst_folder_list(PstFolders *folders, PstFolder *folder);
gboolean pst_folder_lists(const PstFolder *folder, guint32 item);
/* "Inbox/2024", UTF-8, without the root above the mailbox's own folders, good until the next folder is asked for; "" of
 * a folder that is not there. */
const char *pst_folder_path(PstFolders *folders, guint32 node);
