/* plan_acts.h - rulings and holds as the plan joins them: contents by id, by the names that things have now. */
#pragma once
#include "store/store.h"

/* Fill plan_rename from types.yaml in data_dir; NULL: nothing was renamed. */
gboolean plan_renames(Store *store, const char *data_dir, GError **error);
/* Fill plan_ruling from act_ruling. Wants plan_rename and plan_heir. A ruling about a content that is not in this case
 * says nothing. */
gboolean plan_rulings(Store *store, GError **error);
/* Fill plan_hold from act_hold. Wants plan_heir. */
gboolean plan_holds(Store *store, GError **error);
/* Add to plan_read the parts without bytes of their own that were told as unread and have been read since. */
gboolean plan_reads_unhashed(Store *store, GError **error);
