/* canon.h - the canonical bytes of a message (nouns/evidence.h) and the hashes of both forms.
 *
 * Nearly all mail already is canonical but for its trailing newlines: then nothing is copied, and one pass of
 * SHA-256 serves both hashes.  Only mail with carriage returns, `>From ` quoting or an envelope line inside is
 * rewritten, in place, since the canonical form is never longer than the found one but for its last LF.
 *
 * Line ends: LF and CR…CR LF become LF; a lone CR becomes LF when the message has no LF at all (old Mac), and
 * stays otherwise.  Canonical bytes made canonical again stay as they are. */
#pragma once
#include <openssl/evp.h>
#include "nouns/evidence.h"

/* What hashing needs; fetched once, outside the box. */
typedef struct {
    EVP_MD *sha256;
    EVP_MD_CTX *one, *other;
} Hashing;

/* FALSE with BUG when OpenSSL has no SHA-256. */
gboolean hashing_init(Hashing *hashing, GError **error);
void hashing_clear(Hashing *hashing);
void hash_bytes(Hashing *hashing, Span bytes, guint8 digest[DIGEST_BYTES]);

typedef struct {
    guint8 found_sha256[DIGEST_BYTES]; /* of the bytes as found                                 */
    guint8 key[DIGEST_BYTES];          /* content key                                           */
    Span canonical;                    /* lies over the found bytes and the one byte behind     */
    guint64 size;                      /* canonical bytes                                       */
    guint64 defects;                   /* DEFECT_MIXED_LINE_ENDS or 0                           */
    char *spare, saved;                /* the byte behind, and what it was                      */
} Canon;

/* `found` of `n` bytes may be rewritten, and the one byte behind it is borrowed until canon_done.
 * `quoted`: whether a line that begins with '>' and "From " may be in it (TRUE is always right). */
void canon_make(Hashing *hashing, char *found, gsize n, gboolean quoted, Canon *canon);
void canon_done(Canon *canon);

/* Only make the canonical form, hash nothing: the head of a message that was hashed by a CanonStream. */
void canon_rewrite(char *found, gsize n, Canon *canon);

/* --- messages too long to hold: hashed as above, in pieces ------------------------------------------------- */
typedef struct CanonStream CanonStream;
/* `lone_cr_ends_line`: the message has no LF (as far as it is known). The first piece must hold the first line.
 * NULL without memory. `hashing` is in use until canon_stream_end. */
CanonStream *canon_stream_new(Hashing *hashing, gboolean lone_cr_ends_line);
void canon_stream_feed(CanonStream *stream, Span piece);
/* Fill found_sha256, key, size and defects, and free the stream. */
void canon_stream_end(CanonStream *stream, Canon *canon);
