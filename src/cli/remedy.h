/* remedy.h - what a person can do about a gap. */
#pragma once
#include <stdio.h>
#include "store/store.h"

/* A sentence for a reason of limits.h, collect or a worker ("kind-not-read" with what it looks like); a
 * general one for a reason not known. */
const char *remedy_of(const char *reason);
/* Each reason that stands in the case, how often, and its remedy. Reads gap. */
gboolean remedies_print(Store *store, FILE *out, GError **error);
