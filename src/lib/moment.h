/* moment.h - points in time: microseconds since 1970-01-01T00:00:00Z, with the offset they were written in. */
#pragma once
#include <glib.h>
#include "lib/span.h"

#define MOMENT_NONE G_MININT64

/* Days since 1970 of a proleptic Gregorian date; no checks. */
gint64 moment_days(gint64 year, guint month, guint day);
/* Microseconds of a civil time at `zone` minutes east; MOMENT_NONE when a field is out of range
 * (second 60 counts as 59). Years 0 to 9999. */
gint64 moment_from_civil(gint64 year, guint month, guint day, guint hour, guint minute, guint second,
                         gint64 zone);
/* RFC 3339 in UTC, "2026-01-02T03:04:05Z", with micros only when not zero; "" for MOMENT_NONE. g_free. */
char *moment_format(gint64 moment);
/* RFC 3339, date alone, or date and time with a blank; no zone means UTC. */
gboolean moment_parse(Span text, gint64 *moment);
/* Two of them with a slash between, the second not before the first. */
gboolean moment_parse_range(Span text, gint64 *from, gint64 *to);
/* The system clock, for run->now alone. */
gint64 moment_now(void);
