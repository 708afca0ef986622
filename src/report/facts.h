/* facts.h - event-facts and filings as clocks see them: the newest of each. */
#pragma once
#include "store/store.h"

typedef struct {
    char *what, *whom; /* of a filing `what` is the duty; whom "" is the vendor's own */
    gint64 at;
    gint64 act;
} Happened;

/* Reads act_event_fact; Happened *, by (what, whom). */
GPtrArray *event_facts_read(Store *store, GError **error);
/* Reads act_filing. */
GPtrArray *filings_read(Store *store, GError **error);
/* NULL when it did not happen. */
const Happened *happened_find(const GPtrArray *all, const char *what, const char *whom);
