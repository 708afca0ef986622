/* handed.h - files that a library opens by name, handed to it from memory: a box opens nothing.
 *
 * Poppler asks fopen for the character maps of Chinese, Japanese and Korean fonts.  fopen of the programs that are
 * linked with this looks into memory between handed_begin and handed_end, and nowhere else (doc/decisions/0110). */
#pragma once
#include "lib/span.h"

/* Map every file below `dir` into memory; a folder that is not there has none. Once per process; outside of any box. */
void handed_load(const char *dir);
/* From here on only what was loaded can be opened. */
void handed_begin(void);
/* The file system is back. Whether something was asked for in between that is not there. */
gboolean handed_end(void);
