/* ics.h - deadlines as a calendar (RFC 5545), for whoever keeps time with one. */
#pragma once
#include "report/regimes.h"
#include "store/store.h"

/* The whole calendar: an event for each duty at the moment it is due, with alarms a day and four hours before; one
 * that is filed is cancelled. Calendars travel: no customer is named, only how many there are. An event keeps its UID
 * from run to run, made of the case's public key and the duty, so that a later file moves it. Reads deadline, meta;
 * NULL with *error. g_string_free. */
GString *report_ics(Store *store, const Regimes *regimes, gint64 now, GError **error);
