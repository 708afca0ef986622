/* conversions.h - what workers made of parts, into the store: verdicts, matches and gaps into their tables, texts
 * sealed into the case's cache.  The conductor decodes the rows, and does not look into the texts. */
#pragma once
#include "pool/pool.h"

typedef struct Conversions Conversions;

/* `store` is open in the importer's role and outlives it. The converters of the worker that are new get their row. */
Conversions *conversions_new(Store *store, Run *run, const WorkerHello *worker, GError **error);
void conversions_free(Conversions *conversions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Conversions, conversions_free)

/* Whether this is the version of the converter in use. */
gboolean conversions_is_in_use(const Conversions *conversions, Span converter, Span version);

/* One part of a request, and what came of it. */
typedef struct {
    guint8 sha256[DIGEST_BYTES];
    char *converter, *version; /* of a text that is scanned again; else NULL */
    gint64 before;             /* its converter's row then                   */
    gboolean answered;         /* set: it is in the answer, read or not      */
} ConvertPart;

/* Store one answer, in one transaction; `parts` (ConvertPart *) are those of the request in order. A dead answer is a
 * retryable gap of each. Adds to the run's gaps. Errors are the store's. */
gboolean conversions_import(Conversions *conversions, PoolAnswer *answer, GPtrArray *parts, GError **error);
/* Bytes of parts converted so far, for progress. */
guint64 conversions_bytes(const Conversions *conversions);
