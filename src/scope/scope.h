/* scope.h - the second verb: how sure it is, for each copy of a mail, that the intruder had it.
 *
 * The question is never "what was read?" but "of which mail can we not say that it was not taken?"  So every rule
 * fails towards telling the customer, and each level has its reasons. */
#pragma once
#include "store/store.h"

/* Build the opinion of scope anew, in the shadow tables: how sure it is of each copy (access, access_reason), which
 * contents are one mail (twin), the highest level of each such class (class_access), to whom the intruder wrote
 * (intruder_contact), and what could not be turned into levels (scope_note).
 * Where no log was collected, every copy is presumed taken, reason `no-log` (policy no_log: possible lowers that).
 * Reads message, copy, item, source, address, email, part, content keys, act_policy. One transaction. */
gboolean scope(Store *store, Run *run, GError **error);

/* The tables that store_swap then puts in place; ended by NULL. */
extern const char *const scope_tables[];
