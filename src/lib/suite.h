/* suite.h - what a suite of algorithms does for lib/seal.c, which alone includes this.
 *
 * Secrets lie in sodium_malloc memory, read-only once they are made.  The OpenSSL contexts are changed by use: keys
 * belong to one thread at a time. */
#pragma once
#include <glib.h>
#include "lib/seal.h"

#define SUITE_CHECK_BYTES 16
#define SUITE_PUBLIC_MAX_BYTES 65
/* A keyed hash of context and plaintext; a nonce is its beginning. */
#define SUITE_HASH_BYTES 32

typedef struct {
    guint8 seal_key[KEY_BYTES];
    guint8 nonce_key[KEY_BYTES];
    guint8 fingerprint_key[KEY_BYTES];
    guint8 branch_key[KEY_BYTES];
    guint8 sign_key[64]; /* of Ed25519; that of P-256 is in OpenSSL's own memory */
} SuiteSecrets;

typedef struct {
    SuiteSecrets *secret;
    guint8 check[SUITE_CHECK_BYTES];
    guint8 public_key[SUITE_PUBLIC_MAX_BYTES];
    gsize public_bytes;
    struct OpensslState *openssl; /* of that suite alone, else NULL */
} SuiteKeys;

typedef struct {
    const char *name;
    gsize nonce_bytes, tag_bytes;
    /* Fill in keys from the root; IO when the library refuses. */
    gboolean (*derive)(SuiteKeys *keys, const guint8 root[KEY_BYTES], GError **error);
    void (*clear)(SuiteKeys *keys);
    /* The root key of a branch of that name. */
    void (*branch)(const SuiteKeys *keys, const char *name, guint8 root[KEY_BYTES]);
    void (*hash)(const SuiteKeys *keys, const char *context, Span plain, guint8 out[SUITE_HASH_BYTES]);
    /* cipher has room for plain.n + tag_bytes. */
    void (*encrypt)(const SuiteKeys *keys, const char *context, Span plain, const guint8 *nonce,
                    guint8 *cipher);
    /* plain has room for cipher.n - tag_bytes; FALSE when the tag does not fit. */
    gboolean (*decrypt)(const SuiteKeys *keys, const char *context, Span cipher, const guint8 *nonce,
                        guint8 *plain);
    gsize (*sign)(const SuiteKeys *keys, Span message, guint8 signature[SIGNATURE_MAX_BYTES]);
    gboolean (*verify)(Span public_key, Span message, Span signature);
} SuiteOperations;

extern const SuiteOperations suite_sodium, suite_openssl;
