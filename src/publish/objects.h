/* objects.h - one message as the customer may see it: asked of a worker, and put into the release. */
#pragma once
#include "nouns/release.h"
#include "pool/pool.h"
#include "publish/visible.h"

/* A release while it is made. */
typedef struct {
    Store *store;
    Pool *pool;
    ReleaseWriter *writer;
    GString *manifest;
    guint64 asked, objects; /* requests; objects written */
} Building;

/* Add the bytes of what may be seen of a message, and rows O to `rows`. A message that no worker can read again
 * becomes SHOW_UNREADABLE; *away when it may be read later (its source is not there, or has changed). */
gboolean objects_add(Building *building, Shown *shown, GString *rows, gboolean *away, GError **error);
