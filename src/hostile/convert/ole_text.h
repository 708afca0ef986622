/* ole_text.h - characters as old Office files keep them. */
#pragma once
#include "hostile/cfb/little.h"
#include "hostile/convert/made.h"

/* Characters of UTF-16, or of one byte each that are Latin-1 (`wide` FALSE), as UTF-8. Marks of paragraphs, cells
 * and pages become line ends and tabs, other control characters nothing. */
void ole_put(Made *made, Span characters, gboolean wide);
/* The same of windows-1252, in which Word keeps what fits into it. */
void ole_put_windows(Made *made, Span characters);

/* Runs of printable characters, in one byte or two, each on a line. */
void ole_put_strings(Made *made, Span bytes);
