/* paragraph.h - sentences in lines that fit a mail or a terminal. */
#pragma once
#include <glib.h>

#define PARAGRAPH_COLUMNS 78

/* Append `text`, broken at blanks; the first line begins where the caller left off (`used` columns), the others at
 * `indent`. Ends with a newline. Counts characters, not their widths. */
void paragraph_append(GString *out, const char *text, guint used, guint indent);
