/* digest_rows.h - what of a table's row enters the table's digest: one function for each table.
 *
 * Whoever adds a row calls its function in the same transaction; `candor verify` calls the same ones over what the
 * tables hold.  A row enters as what it says, never as ids, runs, times of runs or readers; a message as its content
 * key; sealed values as their keyed fingerprint (seal.h): digests of two cases are comparable under one key file. */
#pragma once
#include "store/store.h"

void digest_source(Store *store, const char *name, const char *kind, const char *mailbox);
void digest_item(Store *store, const char *path, const char *kind, guint64 size);
void digest_unit(Store *store, const DoneRow *unit);
/* The message, whatever copy it was read from; and each of its copies. */
void digest_message(Store *store, const MessageRow *message);
/* Where a copy, or a gap of no content, is: access hangs on it. */
typedef struct {
    Span source, mailbox; /* as in its table          */
    Span item;            /* path of the file; absent */
} DigestPlace;
void digest_copy(Store *store, const DigestPlace *place, const MessageRow *copy);
/* What hangs on a content has its key; n is the order in the message. */
void digest_address(Store *store, const guint8 *key, guint64 n, const AddressRow *address);
void digest_part(Store *store, const guint8 *key, const PartRow *part);
void digest_attempt(Store *store, const guint8 *key, const PartRow *attempt);
void digest_mention(Store *store, const guint8 *key, guint64 n, const MentionRow *mention);
void digest_match(Store *store, const guint8 *key, const MatchRow *match);
/* A gap of a content has its key, and does not say in which of its copies it was met first; any other has its place. */
void digest_gap(Store *store, const guint8 *key, const DigestPlace *place, gboolean whole, const GapRow *gap);

/* A finding, by its identity and what is shown of it. */
typedef struct {
    const guint8 *key;  /* of the content, DIGEST_BYTES */
    const guint8 *part; /* DIGEST_BYTES                 */
    const char *type;
    const guint8 *fingerprint; /* FINGERPRINT_BYTES     */
    const char *masked;
    gint64 confidence, matches;
} DigestFinding;
void digest_finding(Store *store, const DigestFinding *finding);

/* Recompute the digest of every table above, and of every one that has a statement digest_of.TABLE, from its rows and
 * compare it with the one kept. DENIED with a sentence that names the first table that differs, and a sealed value that
 * does not open; CONFLICT while a run is writing. The store is open with keys. *rows: how many were read. */
gboolean store_verify_digests(Store *store, guint64 *rows, GError **error);
