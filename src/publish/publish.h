/* publish.h - the door of the stage: a sealed release for each customer, of what it may see and nothing else. */
#pragma once
#include "store/store.h"

/* What became of a run. */
typedef struct {
    guint published, unchanged;
    guint left; /* customers without a new release since mail could not be read again now */
} Published;

/* Write CASE/releases/ID-N.release for each of `customers` (ids ended by NULL; NULL: all with exposure), and an act
 * `release`, unless the newest release of that customer has the same content. A customer whose mail cannot be read
 * again for now (its source is away or has changed) gets none: what it had stays, and run->tools->say says why.
 *
 * Reads exposure, customer, message_link, finding_link, email_whom, finding, twin, messages with parts and addresses,
 * where their sources are, act_hold, act_release; writes act_release. The mail itself is read by a worker.
 * MISSING for a customer without exposure; also when the rules are others than those that classify saw. */
gboolean publish(Store *store, Run *run, const char *const *customers, Published *published, GError **error);
