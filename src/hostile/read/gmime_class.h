/* gmime_class.h - the classes of differences between our reading and GMime's. For tests. */
#pragma once
#include "hostile/read/reading_list.h"

/* One message read twice. */
typedef struct {
    Span mail;
    const ReadingList *ours, *theirs;
    const ListedLeaf *our_leaf, *their_leaf; /* of a difference in a leaf */
} Pair;

typedef enum {
    ABOUT_PARTS,
    ABOUT_TYPE,
    ABOUT_BYTES,
    ABOUT_FILENAME,
    ABOUT_SUBJECT,
    ABOUT_ID,
    ABOUT_ADDRESSES
} About;

typedef struct {
    const char *name;
    About about;
    gboolean (*explains)(const Pair *pair);
    guint count;
} DifferenceClass;

/* Ended by one without a name. What each shows is in doc/mail-in-the-wild.md. */
extern DifferenceClass difference_classes[];
