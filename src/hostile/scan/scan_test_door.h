/* scan_test_door.h - what tests and the benchmark may ask of a scanner, and nobody else needs. */
#pragma once
#include "hostile/scan/scan.h"

/* Whether the pattern database came out of the cache. */
gboolean scanner_used_cache(const Scanner *scanner);
/* Take the plain path even where the processor has AVX2. */
void scanner_use_plain(Scanner *scanner);
