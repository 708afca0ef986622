/* sha256.h - SHA-256 of a few pieces, for hashing many small things.
 *
 * OpenSSL looks an algorithm up by name on each one-shot call, which costs more than hashing a row does.  Here the
 * algorithm is fetched once a process and the context kept, once a thread.  What is streamed uses OpenSSL itself. */
#pragma once
#include <glib.h>
#include "lib/span.h"

#define SHA256_BYTES 32

/* The hash of the pieces, one after the other, into `out`. */
void sha256_pieces(const Span *pieces, guint n, guint8 out[SHA256_BYTES]);

/* The hash of one run of bytes. */
static inline void sha256_bytes(gconstpointer bytes, gsize n, guint8 out[SHA256_BYTES])
{
    sha256_pieces(&(Span){bytes, n}, 1, out);
}
