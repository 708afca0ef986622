/* counts.h - sums over every part and every finding of a case, kept, so that status need not add them up again. */
#pragma once
#include "store/store.h"

typedef struct {
    gint64 read, scanned, unscanned; /* bytes of parts, of the best attempt at each */
    gint64 findings, messages_with_findings;
} Counts;

/* Whether what was kept was counted of what is there now. */
gboolean counts_are_kept(Store *store, gboolean *kept, GError **error);
/* Count and keep in meta. The role writes meta and reads all (role_counts). */
gboolean counts_keep(Store *store, GError **error);
/* What was kept, if it was counted of what is there now; else counted. */
gboolean counts_read(Store *store, Counts *counts, GError **error);
