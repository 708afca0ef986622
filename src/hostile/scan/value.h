/* value.h - what becomes of a value that was found: its normalised form, its mask, its fingerprint.
 *
 * The value itself goes no further than this. */
#pragma once
#include "lib/span.h"
#include "nouns/rule.h"

/* The longest value; a PEM block is cut at 16 kB, all else is shorter. */
#define VALUE_MAX_BYTES (20UL << 10)
/* Values with fewer characters show nothing. */
#define MASK_LEAST_CHARACTERS 12
#define MASK_SHOWN 4
/* "•••• " and four characters, or "•••@" and a domain. */
#define MASK_MAX_BYTES 300

/* How the type wants its values normalised; the names stand in types.yaml. */
typedef enum { NORMALISE_EXACT, NORMALISE_DIGITS, NORMALISE_ALNUM_UPPER, NORMALISE_LOWER } Normalisation;
Normalisation normalisation_of(const Type *type);

/* Normalise into out, which has room for value.n bytes; returns the length. */
gsize value_normalise(Normalisation how, Span value, char *out);
/* What may be shown, into out; returns the length. `plain` is the normalised value. */
gsize value_mask(const Type *type, Span value, Span plain, char out[MASK_MAX_BYTES]);
/* Keyed BLAKE2b-128 of type id ‖ NUL ‖ normalised value. */
void value_fingerprint(const guint8 key[32], const Type *type, Span plain, guint8 out[16]);
