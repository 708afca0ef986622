/* holds.h - content that is held back: privilege, a marking. Its facts are told all the same. */
#pragma once
#include "store/store.h"

typedef struct {
    GHashTable *classes; /* gint64 *: twin classes whose content is held */
    gboolean all;        /* all of this customer's content is held       */
} Holds;

/* What holds for this customer now. Reads act_hold, twin, content_key. */
gboolean holds_read(Store *store, const char *customer, Holds *holds, GError **error);
void holds_clear(Holds *holds);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Holds, holds_clear)
gboolean holds_have(const Holds *holds, gint64 class);
