/* fromline.h - the mbox envelope line: "From sender date".
 *
 * Prose begins lines with "From " too, so only a line with a date behind it is taken for an envelope:
 * asctime ("Tue Jan  7 12:09:16 2003", seconds and zone optional, the zone before or behind the year), RFC 5322
 * ("Sun, 11 Nov 2007 06:58:35 +0200"), and anything behind the year ("remote from host").  The sender may hold
 * blanks (list archives write "user at host.example"). */
#pragma once
#include "lib/span.h"

/* A line longer than this is no envelope line. */
#define FROM_LINE_BYTES 1000

/* Whether `line` (without its end) is an envelope line. *sender: what stands before the date, trimmed; empty
 * when there is nothing. */
gboolean from_line_read(Span line, Span *sender);
