/* fresh.h - whether the stages before an acting one have seen all that is there. */
#pragma once
#include "store/store.h"

/* The sentence that names the first of `stages` (ended by NULL) that never ran or has not seen what its tables hold
 * now, and how to go on; *sentence is NULL when all have. g_free. FALSE only with *error. */
gboolean stages_are_fresh(Store *store, const StoreRole *const *stages, char **sentence, GError **error);

/* TRUE when scope, classify and attribute have seen all that is there; else DENIED with "`path`: `nothing`: …" and what
 * to run; `nothing` as "nothing can be approved". What was thought before newer evidence, or a ruling, came in must not
 * be acted on. */
gboolean stages_allow(Store *store, const char *path, const char *nothing, GError **error);
