/* mailbox.h - the copies of one mailbox, and the reasons that are found for them. */
#pragma once
#include "scope/events.h"

typedef struct {
    gint64 item, start, content, size;
    gint64 since; /* when it was received; MOMENT_OPEN_FROM: not known, so it was there all the time     */
    const char *
        message_id; /* ""                                                                                    */
    guint folder;  /* index in mailbox->folders                                                             */
    guint reasons; /* bits of enum SetReason that it has                                                    */
} Copy;

/* Reasons that hold for a set of copies: each copy keeps the earliest record of each. */
typedef enum {
    REASON_SYNC_FOLDER,
    REASON_SYNC_TAIL,
    REASON_SYNC_MAILBOX,
    REASON_SYNC_UNRESOLVED_FOLDER,
    REASON_OTHER_FOLDER_SYNC,
    REASON_THROTTLED,
    REASON_LOG_GAP,
    REASON_TRUNCATED_RECORD,
    REASON_UNRESOLVED_ITEM,
    REASON_OPCOUNT_EXCESS,
    REASON_NO_LOG,
    REASON_NO_INTRUDER,
    SET_REASON_COUNT
} SetReason;

/* A mail folder, by its path as collected. */
typedef struct {
    char *normal;   /* "": the collection does not say in which folder the mail lay        */
    GArray *copies; /* guint, indexes in the order of `since`                              */
    guint synced;   /* how many of them have a reason from a Sync of this folder           */
} Folder;

typedef struct {
    char *name;
    GArray
        *copies; /* Copy, once indexed in the order of `since`                                            */
    GPtrArray
        *folders; /* Folder *                                                                              */
    GHashTable *
        folder_of; /* path -> index + 1                                                                     */
    guint given
        [SET_REASON_COUNT]; /* how many of the copies mailbox_give_all has passed                            */
    GHashTable
        *by_id; /* message id -> GArray of indexes of copies; made by mailbox_index                      */
    GStringChunk *texts;
    Store *store;
} Mailbox;

Mailbox *mailbox_new(Store *store, const char *name);
void mailbox_free(Mailbox *mailbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailbox, mailbox_free)
/* Take the copy in the present row of scope.copies; then, once all are there, index them. */
void mailbox_take(Mailbox *mailbox, Query *query);
void mailbox_index(Mailbox *mailbox);

/* Indexes of the copies with this Message-ID; NULL when there is none. */
const GArray *mailbox_with_id(const Mailbox *mailbox, const char *message_id);

/* Give one copy a reason with its record. */
gboolean mailbox_give(Mailbox *mailbox, const Copy *copy, const char *reason, gint64 level,
                      const char *record, gint64 at, GError **error);
/* Give a copy a reason of a set, unless it has that reason. */
gboolean mailbox_give_set(Mailbox *mailbox, Copy *copy, SetReason reason, gint64 level, const char *record,
                          gint64 at, GError **error);
/* Give it to all that were there by `by`, but for those in the folder `except` (its index, or FOLDER_NONE).
 * Called in the order of `by`: a copy is looked at once for each reason, however many records there are. */
#define FOLDER_NONE G_MAXUINT
gboolean mailbox_give_all(Mailbox *mailbox, SetReason reason, gint64 level, const char *record, gint64 at,
                          gint64 by, guint except, GError **error);
/* A record names a message that the mailbox has not, or has no more. */
gboolean mailbox_miss(Mailbox *mailbox, const char *message_id, const char *record, gint64 at,
                      GError **error);
/* Write a line about the mailbox. */
gboolean mailbox_note(Mailbox *mailbox, const char *kind, const Interval *when, const char *record,
                      gint64 count, GError **error);
