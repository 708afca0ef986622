/* explain.h - how a deadline came about, step by step, so that anybody can reckon it again. */
#pragma once
#include "report/regimes.h"
#include "store/store.h"

/* The duty, its source, what began its clock, each step of the count, and for whom it stands how. Plain text. Reads
 * deadline, act_event_fact, act_filing, act_delay. NULL with *error; MISSING for a duty that is none. */
GString *report_explain(Store *store, const Regimes *regimes, const char *duty, gint64 now, GError **error);
