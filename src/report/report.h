/* report.h - the door of the stage: which duty is due when. */
#pragma once
#include "report/regimes.h"
#include "store/store.h"

/* Reckon every deadline anew. Reads customer, exposure, act_event_fact, act_filing, act_delay; fills deadline_new,
 * which the caller swaps in. run->now says what is overdue. */
gboolean report(Store *store, Run *run, const Regimes *regimes, GError **error);
/* The tables that the swap puts in place. */
extern const char *const report_tables[];
