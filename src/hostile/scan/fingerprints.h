/* fingerprints.h - fingerprints of values, those that come again out of a table.
 *
 * The same addresses and numbers stand in message after message. The table holds the last few thousand short
 * values as they are, so it belongs where the mail itself is: in the box, and gone with it. */
#pragma once
#include "lib/span.h"
#include "nouns/rule.h"

typedef struct Fingerprints Fingerprints;

/* The key is copied. */
Fingerprints *fingerprints_new(const guint8 key[32]);
void fingerprints_free(Fingerprints *fingerprints);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fingerprints, fingerprints_free)
/* As value_fingerprint(). */
void fingerprint_of(Fingerprints *fingerprints, const Type *type, Span plain, guint8 out[16]);
