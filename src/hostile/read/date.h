/* date.h - the Date of a message. */
#pragma once
#include "lib/moment.h"

/* RFC 5322 with its obsolete forms, and what mail has besides: asctime, ISO 8601, 12-hour clocks, dots for colons,
 * two-digit years, named zones, zones with a colon, comments. *zone is minutes east, 0 when not said or not known.
 * FALSE when no date can be made out; the outputs are then untouched. */
gboolean date_parse(Span value, gint64 *moment, gint64 *zone);
