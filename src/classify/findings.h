/* findings.h - matches of one content to findings. */
#pragma once
#include "store/store.h"

/* All of them, from classify.matches into finding_new, inside the open transaction. */
gboolean findings_build(Store *store, GError **error);
