/* classify.h - the third verb: matches become findings, raw strings get views that may be shown. */
#pragma once
#include "store/store.h"

/* Rebuild findings and masked views from the current matches, in the shadow tables.
 * A finding is (content, part, type, fingerprint): however many matches and rules saw it, it is one; the most confident
 * match is what is shown of it.  A view is a subject or file name with every match in it replaced by its mask.
 * Reads match, message, part, content_key; writes finding_new, message_view_new, part_view_new.  One transaction. */
gboolean classify(Store *store, Run *run, GError **error);

/* Put the finished shadows in the place of the tables; `store` is open in the role of the swap. */
gboolean classify_swap(Store *store, GError **error);
