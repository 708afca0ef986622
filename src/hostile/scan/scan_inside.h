/* scan_inside.h - what the samples, the tests and the benchmark may ask of a scanner, and nobody else needs. */
#pragma once
#include "hostile/scan/scan.h"

/* Look for one rule alone, so that no other can beat it; NULL for all again. */
void scanner_only(Scanner *scanner, const Rule *rule);
/* Whether the pattern database came out of the cache. */
gboolean scanner_used_cache(const Scanner *scanner);
/* Take the plain path even where the processor has AVX2. */
void scanner_use_plain(Scanner *scanner);
