/* intruders.h - who broke in, as far as it is known, and how to decide where logs cannot say: the newest acts. */
#pragma once
#include "store/store.h"

/* How levels are given where no record says: LEVEL_NONE gives none (policy ignore). */
typedef struct {
    gint64 gap_level, no_log_level;
    gboolean sync_mailbox;                  /* a Sync presumes the whole mailbox                            */
    gint64 tolerance, sync_tail, throttled; /* microseconds                                                 */
    GHashTable *mailbox_ids;                /* mailbox as records name it -> mailbox as collected           */
} Policy;
gboolean policy_load(Store *store, Policy *policy, GError **error);
void policy_clear(Policy *policy);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Policy, policy_clear)

/* A time from `from` up to `to`; MOMENT_OPEN_* where it is open. */
typedef struct {
    gint64 from, to;
} Interval;
#define MOMENT_OPEN_FROM G_MININT64
#define MOMENT_OPEN_TO G_MAXINT64

typedef struct Intruders Intruders;
Intruders *intruders_load(Store *store, const Policy *policy, GError **error);
void intruders_free(Intruders *intruders);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Intruders, intruders_free)
gboolean intruders_are_named(const Intruders *intruders);

/* What a record says of who made it; `at` is MOMENT_NONE when it has no time, which then excludes nothing. */
typedef struct {
    gint64 at;
    Span address, session, token, app, actor, client;
} Context;
/* Whether some intruder made it: one of the things known of one holds, at a time at which that one was there. */
gboolean intruders_made(const Intruders *intruders, const Context *context);

/* Whether some intruder could reach the mailbox: unless mailboxes are named, all. */
gboolean intruders_reach(const Intruders *intruders, const char *mailbox);
/* When the intruders who reach it may have been in: Interval, merged and sorted. Of one whose window is not
 * stated it is the time from its first record to its last, which intruders_made has seen. */
GArray *intruders_windows(const Intruders *intruders, const char *mailbox);

/* Sort intervals and join those that touch. */
void intervals_merge(GArray *intervals);
/* What of `wanted` (merged) none of `covered` (merged) covers. */
GArray *intervals_without(const GArray *wanted, const GArray *covered);
