/* fingerprint.c - what stands for a value where the value itself may not. */
#include "nouns/fingerprint.h"

#include <sodium.h>

void fingerprint_value(const guint8 key[32], const char *type, Span normalised, guint8 out[FINGERPRINT_BYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, 32, FINGERPRINT_BYTES);
    crypto_generichash_update(&state, (const guint8 *)type, strlen(type) + 1);
    crypto_generichash_update(&state, (const guint8 *)normalised.p, normalised.n);
    crypto_generichash_final(&state, out, FINGERPRINT_BYTES);
    sodium_memzero(&state, sizeof state);
}
