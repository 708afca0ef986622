/* seal.h - keys, seals, fingerprints and signatures, by two suites.
 *
 * Suite "sodium": XChaCha20-Poly1305, BLAKE2b, Ed25519 (libsodium).
 * Suite "openssl": AES-256-GCM, HMAC-SHA-256, ECDSA P-256 (OpenSSL 3; with the FIPS provider where it is
 * installed).  Both pass the same tests.  Every sealed object and every signed head names its suite by its
 * first byte ('s' or 'o').
 *
 * A seal is deterministic: its nonce is a keyed hash of context and plaintext, so equal values seal alike
 * under one case key and a digest over sealed columns is one over their content (doc/decisions).
 *
 * All derived keys live in sodium_malloc memory; the root key is wiped once they are derived.  The keys belong to one
 * thread at a time. */
#pragma once
#include <glib.h>
#include "lib/span.h"

typedef enum { SUITE_SODIUM = 's', SUITE_OPENSSL = 'o' } Suite;
#define KEY_BYTES 32
/* What a seal adds to its plaintext, at most. */
#define SEAL_OVERHEAD 48
#define SIGNATURE_MAX_BYTES 128
/* "sodium", "openssl". */
const char *suite_name(Suite suite);

/* The keys of one case, all derived from its root key by named contexts. */
typedef struct CaseKeys CaseKeys;

/* Make a root key file at `path`, mode 0600, never over an existing file, fsynced with its folder. */
gboolean case_keys_create(const char *path, Suite suite, GError **error);
/* Read one: refused (DENIED) when it is not a regular file or readable by others; MISSING and FORMAT name the
 * file. */
CaseKeys *case_keys_open(const char *path, GError **error);
void case_keys_free(CaseKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CaseKeys, case_keys_free)
Suite case_keys_suite(const CaseKeys *keys);
/* Where the key file is, absolute. Owned by the keys. */
const char *case_keys_path(const CaseKeys *keys);
/* 16 bytes that tell whether two key files are the same, without telling the key. */
void case_keys_check_value(const CaseKeys *keys, guint8 out[16]);
/* The one key that a worker gets. */
const guint8 *case_keys_fingerprint_key(const CaseKeys *keys);

/* Keys of somebody's own, beneath those of the case: derived from `name` ("customer alpha"), one way; whoever has them
 * can find neither the case's nor another's. NULL with *error; case_keys_free. */
CaseKeys *case_keys_branch(const CaseKeys *keys, const char *name, GError **error);
/* Write the key file of that branch, as case_keys_create does: mode 0600, never over an existing file. */
gboolean case_keys_branch_create(const CaseKeys *keys, const char *name, const char *path, GError **error);

/* Seal `plain` for `context` ("subject", …: a wrong context does not open) into out, which has room for
 * plain.n + SEAL_OVERHEAD; returns the sealed length. About 1 µs a short value. */
gsize seal(const CaseKeys *keys, const char *context, Span plain, guint8 *out);
/* Open into out (room for sealed.n); returns the length, or -1 with DENIED: wrong key, wrong context, changed. */
gssize unseal(const CaseKeys *keys, const char *context, Span sealed, guint8 *out, GError **error);
/* What a seal of these keys adds to its plaintext: the same for all. */
gsize seal_overhead(const CaseKeys *keys);

/* What stands for a sealed value in a digest: a keyed hash of context and plaintext, so that equal values have equal
 * ones under one key file, and nobody without it can try guesses. */
#define FINGERPRINT_OF_SEAL_BYTES 16
void case_keys_fingerprint(const CaseKeys *keys, const char *context, Span plain,
                           guint8 out[FINGERPRINT_OF_SEAL_BYTES]);

/* Sign, verify. The public key is what `candor verify` needs; it is stored in the case. */
GBytes *case_keys_public(const CaseKeys *keys);
gsize sign_bytes(const CaseKeys *keys, Span message, guint8 signature[SIGNATURE_MAX_BYTES]);
gboolean signature_verifies(Suite suite, GBytes *public_key, Span message, Span signature);
