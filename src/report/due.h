/* due.h - from the moment that begins a clock to the last moment that is in time. */
#pragma once
#include "report/regimes.h"

/* Reckon when a duty is due whose clock began at `began` (microseconds UTC). Hours are absolute; days and months are
 * counted in the duty's zone, the day of the event not counted, and end at its `ends`. Each step is appended to
 * `steps`, a line each, unless that is NULL. LIMIT: the calendar does not reach so far. */
gboolean due_reckon(const Duty *duty, gint64 began, gint64 *due, GString *steps, GError **error);
/* "30 d", "6 d 4 h", "31 h", "-5 h" once it is over: how far `due` is from `now`; g_free. */
char *due_left(gint64 due, gint64 now);
