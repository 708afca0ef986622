/* samples.h - do the rules find what their samples say? */
#pragma once
#include "hostile/scan/scan.h"

/* Scan each rule's `hit` samples (the rule must match, at the place between « and » if they stand in it) and
 * its `miss` samples (it must not). Adds one sentence per failure to `failures` (char *, freed by the
 * array's free function); it names rule and sample by number, and the sample, which is made up. TRUE when
 * there was none. */
gboolean rules_test(const Rules *rules, Scanner *scanner, GPtrArray *failures);
