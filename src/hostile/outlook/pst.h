/* pst.h - PST and OST files to items, [MS-PST]; by own code (doc/decisions says why), which gets a descriptor and
 * opens nothing.
 *
 * Each item has a place that stays: its node id for what the file lists; PST_RECOVERED and up for what was recovered
 * from trees that are no more.  Places rise, and a unit is a range of them.  A place can also stand for items that a
 * folder declares and that are not there: they are read as a gap. */
#pragma once
#include "hostile/outlook/item.h"

#define PST_RECOVERED PLACES_RECOVERED

typedef enum { PST_IN_FOLDER, PST_ORPHAN, PST_WAS_DELETED } PstState;

/* Where an item lies. */
typedef struct {
    guint64 place;
    guint32 folder;  /* index for pst_folder; of an item whose folder is not known 0 */
    guint32 missing; /* items of the folder which this place stands for; 0: it is an item */
    PstState state;
} PstPlace;

typedef struct Pst Pst;

/* The file behind `descriptor`, which must stay open; its folders and places are listed. NULL with *reason set to the
 * reason of a gap ("pst-damaged", "pst-not-supported", "pst-too-many-items"), never an error. `charsets` must live as
 * long as it. */
Pst *pst_open(int descriptor, guint64 size, Charsets *charsets, const char **reason);
void pst_close(Pst *pst);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pst, pst_close)

/* Go on with another descriptor of the same file. */
void pst_turn(Pst *pst, int descriptor);

/* All places (PstPlace), rising, those that were recovered only after pst_recover; and the items that the folders'
 * own counters declare. */
const GArray *pst_places(const Pst *pst);
guint64 pst_declared(const Pst *pst);
/* Look through the whole file for pages of trees that are no more, and add what they list and can still be read.
 * Their places lie below PST_RECOVERED + the file's size. */
void pst_recover(Pst *pst);
/* The place itself; NULL when there is none. */
const PstPlace *pst_place(const Pst *pst, guint64 place);
/* The path of a folder, "Inbox/2024", UTF-8, without the root above the mailbox's own folders; 0: "". */
const char *pst_folder(const Pst *pst, guint32 folder);
const char *pst_state_name(PstState state); /* "normal", "orphan", "deleted" */
/* Whether the file is under a password: said, no hindrance. */
gboolean pst_has_password(const Pst *pst);

/* The item at a place, ended; NULL with *reason when it cannot be opened ("pst-item-missing", "item-damaged"). */
Item *pst_read(Pst *pst, const PstPlace *place, const char **reason);
