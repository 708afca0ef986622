/* logs.h - what is known of a log as a file: how much it holds, and for which time it is complete. */
#pragma once
#include "collect/registering.h"

/* "audit-log" or "signin-log". */
gboolean is_log_kind(const char *kind);
/* Write log_file for every log that has been read whole by now. One transaction. */
gboolean record_logs(Store *store, GError **error);
/* State for the logs of the source for which time they are complete, inside the open transaction. FORMAT when it has
 * none. */
gboolean state_logs(Registering *it, const SourceGiven *given, GError **error);
