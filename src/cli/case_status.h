/* case_status.h - the state of a case in figures: what candor status prints. */
#pragma once
#include "store/store.h"

/* whole = one + other, or something was lost. */
typedef struct {
    guint64 whole, one, other;
} Sum;

static inline gboolean sum_adds_up(const Sum *sum)
{
    return sum->whole == sum->one + sum->other;
}

typedef struct {
    char *stage;
    const char *state;   /* running, broken off, done, incomplete */
    gint64 began, ended; /* ended 0: it did not                 */
} RunLine;

typedef struct {
    char *table, *hex;
} DigestLine;

typedef struct {
    char *vendor;
    Sum messages; /* declared = read + gaps          */
    Sum bytes;    /* read = scanned + unscanned      */
    guint64 contents, part_gaps, retryable_gaps, findings, messages_with_findings;
    guint64 sources, units_open;
    gint64 confirmed, presumed, possible, mails;     /* twin classes by level; mails 0: no scope yet */
    gint64 covered_from, covered_to, logs, unparsed; /* of all logs; logs 0: none                    */
    gint64 uncovered, holes;                         /* microseconds of an intruder's stay, intervals */
    gint64 customers, persons, owed, told, pending, held, delayed;
    gint64 alerts,
        alerts_valid;        /* sign-ins with what was stolen, from unknown places; with what still opens */
    GPtrArray *missing;      /* char *: paths where a source should be   */
    GPtrArray *stale;        /* char *: stages that have not seen all that is there */
    GString *outdated;       /* those of them that ran before, commas between       */
    GPtrArray *contradicted; /* char *: statements that the case contradicts   */
    GPtrArray *runs;         /* RunLine *, newest first, a screen's worth */
    GPtrArray *digests;      /* DigestLine *, by name                    */
} CaseStatus;

/* What is counted over all parts and findings is kept after each collect and classify (counts.h); else it is counted.
 * Reads meta, run, source, unit_done, copy, message, gap, reading_attempt, finding, digest, and asks of
 * each source's path whether something is there. */
CaseStatus *case_status_read(Store *store, GError **error);
void case_status_free(CaseStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CaseStatus, case_status_free)
/* Both sums add up, no whole message is a gap, no source is missing, nothing is unread. */
gboolean case_status_is_well(const CaseStatus *status);
/* Read the digests of all tables too, which takes a moment more. */
gboolean case_status_read_digests(CaseStatus *status, Store *store, GError **error);
