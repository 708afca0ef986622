/* suite_sodium.c - XChaCha20-Poly1305, keyed BLAKE2b, Ed25519, by libsodium. */
#include "lib/suite.h"

#include <sodium.h>

/* A subkey: BLAKE2b of its name, keyed with the root. */
static void derive_key(const guint8 root[KEY_BYTES], const char *name, guint8 *out, gsize n)
{
    crypto_generichash(out, n, (const guint8 *)name, strlen(name), root, KEY_BYTES);
}

static gboolean derive(SuiteKeys *keys, const guint8 root[KEY_BYTES], GError **error)
{
    (void)error;
    guint8 seed[crypto_sign_SEEDBYTES];
    derive_key(root, "candor-1 seal", keys->secret->seal_key, KEY_BYTES);
    derive_key(root, "candor-1 nonce", keys->secret->nonce_key, KEY_BYTES);
    derive_key(root, "candor-1 fingerprint", keys->secret->fingerprint_key, KEY_BYTES);
    derive_key(root, "candor-1 branch", keys->secret->branch_key, KEY_BYTES);
    derive_key(root, "candor-1 check", keys->check, sizeof keys->check);
    derive_key(root, "candor-1 sign", seed, sizeof seed);
    crypto_sign_seed_keypair(keys->public_key, keys->secret->sign_key, seed);
    keys->public_bytes = crypto_sign_PUBLICKEYBYTES;
    sodium_memzero(seed, sizeof seed);
    return TRUE;
}

static void clear(SuiteKeys *keys)
{
    (void)keys;
}

static void branch(const SuiteKeys *keys, const char *name, guint8 root[KEY_BYTES])
{
    derive_key(keys->secret->branch_key, name, root, KEY_BYTES);
}

/* Context and plaintext are parted by the context's terminating NUL. */
static void hash(const SuiteKeys *keys, const char *context, Span plain, guint8 out[SUITE_HASH_BYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, keys->secret->nonce_key, KEY_BYTES, SUITE_HASH_BYTES);
    crypto_generichash_update(&state, (const guint8 *)context, strlen(context) + 1);
    crypto_generichash_update(&state, (const guint8 *)plain.p, plain.n);
    crypto_generichash_final(&state, out, SUITE_HASH_BYTES);
}

static void encrypt(const SuiteKeys *keys, const char *context, Span plain, const guint8 *nonce,
                    guint8 *cipher)
{
    crypto_aead_xchacha20poly1305_ietf_encrypt(cipher, NULL, (const guint8 *)plain.p, plain.n,
                                               (const guint8 *)context, strlen(context), NULL, nonce,
                                               keys->secret->seal_key);
}

static gboolean decrypt(const SuiteKeys *keys, const char *context, Span cipher, const guint8 *nonce,
                        guint8 *plain)
{
    return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, (const guint8 *)cipher.p, cipher.n,
                                                      (const guint8 *)context, strlen(context), nonce,
                                                      keys->secret->seal_key) == 0;
}

static gsize sign(const SuiteKeys *keys, Span message, guint8 signature[SIGNATURE_MAX_BYTES])
{
    crypto_sign_detached(signature, NULL, (const guint8 *)message.p, message.n, keys->secret->sign_key);
    return crypto_sign_BYTES;
}

static gboolean verify(Span public_key, Span message, Span signature)
{
    return public_key.n == crypto_sign_PUBLICKEYBYTES && signature.n == crypto_sign_BYTES &&
           crypto_sign_verify_detached((const guint8 *)signature.p, (const guint8 *)message.p, message.n,
                                       (const guint8 *)public_key.p) == 0;
}

const SuiteOperations suite_sodium = {
    .name = "sodium",
    .nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    .tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    .derive = derive,
    .clear = clear,
    .branch = branch,
    .hash = hash,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .sign = sign,
    .verify = verify,
};
