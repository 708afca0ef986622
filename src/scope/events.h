/* events.h - the records that concern scope: those that intruders made, and those that say that records are missing. */
#pragma once
#include "scope/intruders.h"

/* What a record names; texts belong to the events. "" for what it does not say. */
typedef struct {
    const char *folder, *folder_ref, *message_id, *item_ref, *recipient;
    gint64 size;
} Named;

typedef struct {
    gint64 at; /* MOMENT_NONE: it says no time                                              */
    const char *record, *operation, *access;
    const char *mailbox;  /* as collected, where case.yaml maps it                                     */
    gboolean by_intruder; /* else it is here since it says that records were throttled                 */
    gboolean throttled, cut, failed;
    gint64 operations;
    GPtrArray *items; /* Named *, each once                                                        */
} Event;

/* A log that covers a mailbox, since a person says so of it, or since it has records of it. */
typedef struct {
    Interval when;
    gboolean stated;
    GHashTable *mailboxes; /* it has records of                                                         */
} Log;

typedef struct {
    GPtrArray *events; /* Event *, by mailbox, then time (those without one last), then record          */
    GPtrArray *logs;   /* Log *, audit logs                                                             */
    GStringChunk *texts;
} Events;

/* Read the audit logs of the case. One record in several places is one event, with all that any of them names. */
gboolean events_load(Store *store, const Policy *policy, const Intruders *intruders, Events *events,
                     GError **error);
void events_clear(Events *events);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Events, events_clear)

/* The events of a mailbox: [*from, *to) of events->events. */
void events_of(const Events *events, const char *mailbox, guint *from, guint *to);
/* When the logs cover the mailbox: Interval, merged. *has_records: whether any log has a record of it. */
GArray *events_coverage(const Events *events, const char *mailbox, gboolean *has_records);
