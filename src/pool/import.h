/* import.h - the rows of one unit into the store: the importer.
 *
 * The only writer of evidence that workers answered.  A unit is one transaction: all of it, or nothing. */
#pragma once
#include "pool/pool.h"

typedef struct Importer Importer;

/* `store` is open in the importer's role and outlives the importer. `again`: units that were read before are read by a
 * newer reader; their messages are known, and what is new of them stands beside the old. */
Importer *importer_new(Store *store, Run *run, const WorkerHello *worker, gboolean again, GError **error);
gint64 importer_reader(const Importer *importer); /* id of the worker's reader in the store */
void importer_free(Importer *importer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Importer, importer_free)

/* Which unit of the case an answer belongs to. */
typedef struct {
    gint64 unit, source, first_item;
    const char *name, *mailbox; /* of the source                */
    const GPtrArray *paths;     /* char *, of its items, in order */
} ImportUnit;

/* Store one answer. Messages whose content is known get a copy only; a unit read again must have the hash that it
 * had, or it is left as it was, with the gap "source-changed". Adds to run->new_gaps and retryable_gaps.
 * A dead answer becomes one retryable gap and leaves the unit open; so does one that the check before let through, and
 * that is refused by its tables (a row twice, or malformed): one message costs its unit, not the run. Errors are the
 * store's. */
gboolean import_answer(Importer *importer, const ImportUnit *unit, PoolAnswer *answer, GError **error);

/* Messages and bytes stored so far, for progress. */
guint64 importer_messages(const Importer *importer);
guint64 importer_bytes(const Importer *importer);
