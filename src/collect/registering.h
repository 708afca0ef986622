/* registering.h - what the files that register a source share. */
#pragma once
#include "collect/collect.h"
#include "collect/list.h"

/* What is known of a file that is to be read. */
typedef struct {
    const ListedFile *file;
    char *kind;       /* as in item.kind; NULL until a worker looked, or when it could not         */
    char *looks;      /* what an `other` looks like, or an archive                                 */
    GArray *ranges;   /* guint64 pairs: where an mbox or PST is cut                                */
    const char *gap;  /* why the file could not be looked into                                     */
    gboolean retryable; /* a clock, or a reader that was killed: it is looked at again next time     */
    gboolean changed; /* a file of this name was collected before, with another size or time       */
} Planned;

typedef struct {
    Store *store;
    Run *run;
    const Listing *listing;
    const char *path; /* of the source, absolute                           */
    gint64 source;    /* its id; 0: it is new                              */
    char *name, *mailbox;
    GPtrArray *planned; /* Planned *, members of archives behind the others  */
    GPtrArray *members; /* ListedFile *: members of archives                 */
    GHashTable *listed; /* their paths                                       */
    GHashTable *known;  /* path -> size and time, of what was collected      */
    guint asked_from;   /* the first of `planned` in the request that is out */
    gint64 last_item, last_unit, last_gap;
} Registering;

/* Put new and changed files into it->planned, in order. What lies in a Maildir is mail. */
gboolean choose_files(Registering *it, GError **error);
/* Have workers look at those whose kind is not known, and at what lies in archives among them, which is appended. */
gboolean plan_files(Registering *it, GError **error);
void planned_free(gpointer planned);
