/* fingerprint.h - what stands for a value where the value itself may not.
 *
 * The same value under the same key has the same fingerprint, and nobody without the key can try guesses. */
#pragma once
#include <glib.h>
#include "lib/span.h"

#define FINGERPRINT_BYTES 16

/* Keyed BLAKE2b-128 of type id ‖ NUL ‖ normalised value. */
void fingerprint_value(const guint8 key[32], const char *type, Span normalised,
                       guint8 out[FINGERPRINT_BYTES]);
