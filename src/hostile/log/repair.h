/* repair.h - JSON that was cut off, closed where it last made sense. */
#pragma once
#include "lib/span.h"

/* `text` up to the last place where a value had ended or an object had begun, and whatever closes what stands open
 * there; NULL when there is no such place or it is nested too deep. A spreadsheet cuts a cell at 32,767 characters. */
GString *json_close(Span text);
