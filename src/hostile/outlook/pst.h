/* pst.h - PST and OST files to items, [MS-PST]; by libpff, which gets a descriptor and opens nothing.
 *
 * Each item has a place that stays: its node id for items in folders and orphans; PST_RECOVERED and up for what was
 * recovered from unused space.  Places rise, and a unit is a range of them. */
#pragma once
#include "hostile/outlook/item.h"

#define PST_RECOVERED (1ULL << 32)

typedef enum { PST_IN_FOLDER, PST_ORPHAN, PST_WAS_DELETED } PstState;

/* Where an item lies. */
typedef struct {
    guint64 place;
    guint32 folder; /* index for pst_folder; of an orphan 0 */
    PstState state;
} PstPlace;

typedef struct Pst Pst;

/* The file behind `descriptor`, which must stay open; its folders and places are listed. NULL with *reason set to the
 * reason of a gap ("pst-damaged", "pst-not-supported"), never an error. */
Pst *pst_open(int descriptor, guint64 size, const char **reason);
void pst_close(Pst *pst);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pst, pst_close)

/* All places, rising, and the items that the folders' own counters declare. */
const GArray *pst_places(const Pst *pst);
guint64 pst_declared(const Pst *pst);
/* The path of a folder, "Inbox/2024", UTF-8, without the root above the mailbox's own folders. */
const char *pst_folder(const Pst *pst, guint32 folder);
/* Whether the file is under a password: said, no hindrance. */
gboolean pst_has_password(const Pst *pst);

/* The item at a place, ended; NULL with *reason when it cannot be opened at all. */
Item *pst_read(Pst *pst, const PstPlace *place, Charsets *charsets, const char **reason);
/* Run once outside of any box. */
void pst_warm_up(void);
