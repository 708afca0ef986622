/* suite_openssl.c - AES-256-GCM, HMAC-SHA-256, ECDSA P-256, by OpenSSL 3 and whatever provider its thread uses. */
#include "lib/suite.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <sodium.h>
#include "lib/error.h"

#define NONCE_BYTES 12
#define TAG_BYTES 16
#define POINT_BYTES 65 /* uncompressed */

struct OpensslState {
    EVP_CIPHER *aes;
    EVP_CIPHER_CTX *cipher;
    EVP_MAC_CTX *mac; /* keyed with nonce_key */
    EVP_PKEY *pair;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_KDF_CTX, EVP_KDF_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EC_GROUP, EC_GROUP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EC_POINT, EC_POINT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIGNUM, BN_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OSSL_PARAM, OSSL_PARAM_free)

/* A subkey: HKDF-SHA-256 of the root, its name as info. */
static gboolean derive_key(const guint8 root[KEY_BYTES], const char *name, guint8 *out, gsize n)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    g_autoptr(EVP_KDF_CTX) context = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    EVP_KDF_free(kdf);
    const OSSL_PARAM how[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (guint8 *)root, KEY_BYTES),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (char *)name, strlen(name)),
        OSSL_PARAM_construct_end(),
    };
    return context && EVP_KDF_derive(context, out, n, how) == 1;
}

/* A P-256 key of a public point and, unless NULL, its secret scalar. */
static EVP_PKEY *make_key(const guint8 *point, gsize point_bytes, const BIGNUM *scalar)
{
    g_autoptr(OSSL_PARAM_BLD) builder = OSSL_PARAM_BLD_new();
    if (!builder || !OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) ||
        !OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, point_bytes) ||
        (scalar && !OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, scalar)))
        return NULL;
    g_autoptr(OSSL_PARAM) parameters = OSSL_PARAM_BLD_to_param(builder);
    g_autoptr(EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    EVP_PKEY *key = NULL;
    int selection = scalar ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, selection, parameters) != 1)
        return NULL;
    return key;
}

/* The scalar is 1 + (48 derived bytes mod (order - 1)): NIST FIPS 186-5, A.2.1, with the bits derived. */
static EVP_PKEY *derive_pair(SuiteKeys *keys, const guint8 root[KEY_BYTES])
{
    guint8 bits[48];
    g_autoptr(EC_GROUP) group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    g_autoptr(EC_POINT) point = group ? EC_POINT_new(group) : NULL;
    g_autoptr(BIGNUM) scalar = BN_secure_new();
    g_autoptr(BIGNUM) most = group ? BN_dup(EC_GROUP_get0_order(group)) : NULL;
    BN_CTX *work = BN_CTX_new();
    gboolean made = point && scalar && most && work && derive_key(root, "candor-1 sign", bits, sizeof bits) &&
                    BN_bin2bn(bits, sizeof bits, scalar) && BN_sub_word(most, 1) &&
                    BN_mod(scalar, scalar, most, work) && BN_add_word(scalar, 1) &&
                    EC_POINT_mul(group, point, scalar, NULL, NULL, work) &&
                    EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, keys->public_key,
                                       POINT_BYTES, work) == POINT_BYTES;
    BN_CTX_free(work);
    sodium_memzero(bits, sizeof bits);
    keys->public_bytes = POINT_BYTES;
    return made ? make_key(keys->public_key, POINT_BYTES, scalar) : NULL;
}

static EVP_MAC_CTX *make_mac(const guint8 key[KEY_BYTES])
{
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = hmac ? EVP_MAC_CTX_new(hmac) : NULL;
    EVP_MAC_free(hmac);
    const OSSL_PARAM how[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
                              OSSL_PARAM_construct_end()};
    if (context && EVP_MAC_init(context, key, KEY_BYTES, how) == 1)
        return context;
    EVP_MAC_CTX_free(context);
    return NULL;
}

static gboolean derive(SuiteKeys *keys, const guint8 root[KEY_BYTES], GError **error)
{
    struct OpensslState *state = g_new0(struct OpensslState, 1);
    keys->openssl = state;
    state->aes = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    state->cipher = EVP_CIPHER_CTX_new();
    state->pair = derive_pair(keys, root);
    if (state->aes && state->cipher && state->pair &&
        derive_key(root, "candor-1 seal", keys->secret->seal_key, KEY_BYTES) &&
        derive_key(root, "candor-1 nonce", keys->secret->nonce_key, KEY_BYTES) &&
        derive_key(root, "candor-1 fingerprint", keys->secret->fingerprint_key, KEY_BYTES) &&
        derive_key(root, "candor-1 branch", keys->secret->branch_key, KEY_BYTES) &&
        derive_key(root, "candor-1 check", keys->check, sizeof keys->check))
        state->mac = make_mac(keys->secret->nonce_key);
    return state->mac ? TRUE
                      : error_set(error, CANDOR_ERROR_IO,
                                  "OpenSSL refuses AES-256-GCM, HMAC, HKDF or P-256: see its openssl.cnf");
}

static void clear(SuiteKeys *keys)
{
    struct OpensslState *state = keys->openssl;
    if (!state)
        return;
    EVP_CIPHER_free(state->aes);
    EVP_CIPHER_CTX_free(state->cipher);
    EVP_MAC_CTX_free(state->mac);
    EVP_PKEY_free(state->pair);
    g_free(state);
}

/* Once the keys are made, OpenSSL can fail only for want of memory, which ends a GLib process anyhow. */
static void must(gboolean done)
{
    if (G_UNLIKELY(!done))
        g_error("OpenSSL failed: out of memory, or its provider was unloaded");
}

static void branch(const SuiteKeys *keys, const char *name, guint8 root[KEY_BYTES])
{
    must(derive_key(keys->secret->branch_key, name, root, KEY_BYTES));
}

/* Context and plaintext are parted by the context's terminating NUL. */
static void hash(const SuiteKeys *keys, const char *context, Span plain, guint8 out[SUITE_HASH_BYTES])
{
    EVP_MAC_CTX *mac = keys->openssl->mac;
    gsize n;
    must(EVP_MAC_init(mac, NULL, 0, NULL) == 1 &&
         EVP_MAC_update(mac, (const guint8 *)context, strlen(context) + 1) == 1 &&
         EVP_MAC_update(mac, (const guint8 *)plain.p, plain.n) == 1 &&
         EVP_MAC_final(mac, out, &n, SUITE_HASH_BYTES) == 1);
}

static void encrypt(const SuiteKeys *keys, const char *context, Span plain, const guint8 *nonce,
                    guint8 *cipher)
{
    EVP_CIPHER_CTX *aes = keys->openssl->cipher;
    int n, rest;
    must(plain.n <= G_MAXINT &&
         EVP_EncryptInit_ex2(aes, keys->openssl->aes, keys->secret->seal_key, nonce, NULL) == 1 &&
         EVP_EncryptUpdate(aes, NULL, &n, (const guint8 *)context, (int)strlen(context)) == 1 &&
         EVP_EncryptUpdate(aes, cipher, &n, (const guint8 *)plain.p, (int)plain.n) == 1 &&
         EVP_EncryptFinal_ex(aes, cipher + n, &rest) == 1 &&
         EVP_CIPHER_CTX_ctrl(aes, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, cipher + plain.n) == 1);
}

static gboolean decrypt(const SuiteKeys *keys, const char *context, Span cipher, const guint8 *nonce,
                        guint8 *plain)
{
    EVP_CIPHER_CTX *aes = keys->openssl->cipher;
    int n, rest;
    gsize size = cipher.n - TAG_BYTES;
    guint8 tag[TAG_BYTES];
    if (size > G_MAXINT)
        return FALSE;
    memcpy(tag, cipher.p + size, TAG_BYTES);
    return EVP_DecryptInit_ex2(aes, keys->openssl->aes, keys->secret->seal_key, nonce, NULL) == 1 &&
           EVP_DecryptUpdate(aes, NULL, &n, (const guint8 *)context, (int)strlen(context)) == 1 &&
           EVP_DecryptUpdate(aes, plain, &n, (const guint8 *)cipher.p, (int)size) == 1 &&
           EVP_CIPHER_CTX_ctrl(aes, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) == 1 &&
           EVP_DecryptFinal_ex(aes, plain + n, &rest) == 1;
}

static gsize sign(const SuiteKeys *keys, Span message, guint8 signature[SIGNATURE_MAX_BYTES])
{
    gsize n = SIGNATURE_MAX_BYTES;
    g_autoptr(EVP_MD_CTX) context = EVP_MD_CTX_new();
    must(EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, keys->openssl->pair, NULL) == 1 &&
         EVP_DigestSign(context, signature, &n, (const guint8 *)message.p, message.n) == 1);
    return n;
}

static gboolean verify(Span public_key, Span message, Span signature)
{
    g_autoptr(EVP_PKEY) key = make_key((const guint8 *)public_key.p, public_key.n, NULL);
    g_autoptr(EVP_MD_CTX) context = EVP_MD_CTX_new();
    return key && context && EVP_DigestVerifyInit_ex(context, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
           EVP_DigestVerify(context, (const guint8 *)signature.p, signature.n, (const guint8 *)message.p,
                            message.n) == 1;
}

const SuiteOperations suite_openssl = {
    .name = "openssl",
    .nonce_bytes = NONCE_BYTES,
    .tag_bytes = TAG_BYTES,
    .derive = derive,
    .clear = clear,
    .branch = branch,
    .hash = hash,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .sign = sign,
    .verify = verify,
};
