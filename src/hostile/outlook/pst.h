/* pst.h - PST and OST files to items, [MS-PST]; by own code (doc/decisions says why), which gets a descriptor and
 * opens nothing.
 *
 * Each item has a place that stays: its node id for what the file lists; PLACES_RECOVERED and up for what was
 * recovered from trees that are no more. What is not there has a place of its own, from PLACES_LOST on: items that a
 * folder lists or counts, pages, folders. It is read as a gap. Places rise, and a unit is a range of them: opening a
 * file and reading one range of items costs what is in the range, so that all ranges together cost what the file is.
 * Only places from PLACES_LOST on make it look through the whole file. */
#pragma once
#include "hostile/outlook/item.h"
#include "nouns/evidence.h"

typedef enum {
    PST_IN_FOLDER,
    PST_ORPHAN,      /* no folder lists it                               */
    PST_HIDDEN,      /* of a folder's hidden contents                    */
    PST_WAS_DELETED, /* recovered                                        */
    PST_MISSING,     /* `count` items that `folder` lists or counts      */
    PST_LOST_HEADER, /* its checksum is wrong: the trees may be others   */
    PST_LOST_PAGE,   /* page `count` of the file, of the tree of nodes   */
    PST_LOST_FOLDER, /* its name, counter or list; and `count` items     */
    PST_LOST_NAMES,  /* which properties have names                      */
    PST_LOST_STORE,  /* the store's own properties                       */
    PST_LOST_PAST,   /* `count` deleted items that were not looked into  */
    PST_LOST_UNREAD  /* `count` pages that were not searched for them    */
} PstState;

/* What lies at a place. */
typedef struct {
    guint64 place;
    guint32 folder; /* its node, for pst_folder; 0: not known */
    guint32 count;
    PstState state;
} PstPlace;

typedef struct Pst Pst;

/* The file behind `descriptor`, which must stay open. NULL with *reason set to the reason of a gap ("pst-damaged",
 * "pst-not-supported"), never an error. `charsets` must live as long as it. */
Pst *pst_open(int descriptor, guint64 size, Charsets *charsets, const char **reason);
void pst_close(Pst *pst);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pst, pst_close)

/* Go on with another descriptor of the same file. */
void pst_turn(Pst *pst, int descriptor);

/* All places (PstPlace) of [from, to), rising; to be freed with g_array_unref. The last ends at PLACES_RECOVERED + the
 * file's size. NULL with *reason "pst-too-many-items". */
GArray *pst_places(Pst *pst, guint64 from, guint64 to, const char **reason);
/* The numbers (guint32) of all places that hold items which were not deleted, rising, without what is known of each;
 * the like. */
GArray *pst_numbers(Pst *pst, const char **reason);

/* The path of a folder, "Inbox/2024", UTF-8, without the root above the mailbox's own folders; 0: "". Good until the
 * next is asked for. */
const char *pst_folder(Pst *pst, guint32 folder);
const char *
pst_state_name(PstState state); /* "normal", "orphan", "hidden", "deleted"; of what is no item "lost" */
/* Bytes that the file says it has behind its end: it was cut off. */
guint64 pst_missing(const Pst *pst);
/* Whether the file is under a password: said, no hindrance. */
gboolean pst_has_password(const Pst *pst);

/* The item at a place, ended; NULL with *reason when it cannot be opened ("pst-item-missing", "item-damaged"), or when
 * the place stands for what is not there ("pst-item-missing", "pst-damaged", "pst-too-many-items", "unreadable"). Of
 * `place` only the number need be known. */
Item *pst_read(Pst *pst, const PstPlace *place, const char **reason);
/* What more there is to say of a place that has no item, or NULL; g_free. */
char *pst_place_detail(const Pst *pst, const PstPlace *place);
