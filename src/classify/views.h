/* views.h - raw strings to strings that may be shown. */
#pragma once
#include "store/store.h"

/* Subjects into message_view_new, file names into part_view_new, inside the open transaction. */
gboolean views_build(Store *store, GError **error);
