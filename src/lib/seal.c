/* seal.c - seals, fingerprints and signatures under the keys of a case. */
#include "lib/seal.h"

#include <sodium.h>
#include <string.h>
#include "lib/case_keys.h"
#include "lib/error.h"

static const SuiteOperations *operations_of(Suite suite)
{
    return suite == SUITE_OPENSSL ? &suite_openssl : &suite_sodium;
}

const char *suite_name(Suite suite)
{
    return operations_of(suite)->name;
}

/* The secrets' memory is exactly as long as they are, against a guard page, locked where the system lets us. */
CaseKeys *case_keys_derive(Suite suite, const guint8 root[KEY_BYTES], const char *path, GError **error)
{
    SuiteSecrets *secret = sodium_init() < 0 ? NULL : sodium_malloc(sizeof *secret);
    if (!secret) {
        error_set(error, CANDOR_ERROR_MEMORY, "no guarded memory for the keys of a case");
        return NULL;
    }
    CaseKeys *keys = g_new0(CaseKeys, 1);
    *keys = (CaseKeys){.suite = suite, .operations = operations_of(suite), .path = g_strdup(path)};
    keys->made.secret = secret;
    if (!keys->operations->derive(&keys->made, root, error)) {
        case_keys_free(keys);
        return NULL;
    }
    sodium_mprotect_readonly(secret);
    return keys;
}

void case_keys_free(CaseKeys *keys)
{
    if (!keys)
        return;
    keys->operations->clear(&keys->made);
    sodium_free(keys->made.secret);
    g_free(keys->path);
    g_free(keys);
}

CaseKeys *case_keys_branch(const CaseKeys *keys, const char *name, GError **error)
{
    guint8 root[KEY_BYTES];
    keys->operations->branch(&keys->made, name, root);
    CaseKeys *branch = case_keys_derive(keys->suite, root, keys->path, error);
    sodium_memzero(root, sizeof root);
    return branch;
}

Suite case_keys_suite(const CaseKeys *keys)
{
    return keys->suite;
}

const char *case_keys_path(const CaseKeys *keys)
{
    return keys->path;
}

void case_keys_check_value(const CaseKeys *keys, guint8 out[16])
{
    memcpy(out, keys->made.check, SUITE_CHECK_BYTES);
}

const guint8 *case_keys_fingerprint_key(const CaseKeys *keys)
{
    return keys->made.secret->fingerprint_key;
}

void case_keys_fingerprint(const CaseKeys *keys, const char *context, Span plain,
                           guint8 out[FINGERPRINT_OF_SEAL_BYTES])
{
    guint8 hash[SUITE_HASH_BYTES];
    keys->operations->hash(&keys->made, context, plain, hash);
    memcpy(out, hash, FINGERPRINT_OF_SEAL_BYTES);
}

/* Suite, nonce, cipher text, tag. */
gsize seal(const CaseKeys *keys, const char *context, Span plain, guint8 *out)
{
    const SuiteOperations *suite = keys->operations;
    guint8 hash[SUITE_HASH_BYTES];
    suite->hash(&keys->made, context, plain, hash);
    out[0] = (guint8)keys->suite;
    memcpy(out + 1, hash, suite->nonce_bytes);
    suite->encrypt(&keys->made, context, plain, out + 1, out + 1 + suite->nonce_bytes);
    return 1 + suite->nonce_bytes + plain.n + suite->tag_bytes;
}

gssize unseal(const CaseKeys *keys, const char *context, Span sealed, guint8 *out, GError **error)
{
    const SuiteOperations *suite = keys->operations;
    gsize head = 1 + suite->nonce_bytes;
    if (sealed.n < head + suite->tag_bytes || sealed.p[0] != (char)keys->suite ||
        !suite->decrypt(&keys->made, context, (Span){sealed.p + head, sealed.n - head},
                        (const guint8 *)sealed.p + 1, out)) {
        error_set(error, CANDOR_ERROR_DENIED,
                  "a sealed %s does not open: it was changed, or this is not its key", context);
        return -1;
    }
    return (gssize)(sealed.n - head - suite->tag_bytes);
}

GBytes *case_keys_public(const CaseKeys *keys)
{
    return g_bytes_new(keys->made.public_key, keys->made.public_bytes);
}

gsize sign_bytes(const CaseKeys *keys, Span message, guint8 signature[SIGNATURE_MAX_BYTES])
{
    return keys->operations->sign(&keys->made, message, signature);
}

gboolean signature_verifies(Suite suite, GBytes *public_key, Span message, Span signature)
{
    gsize n;
    const char *bytes = g_bytes_get_data(public_key, &n);
    return operations_of(suite)->verify((Span){bytes, n}, message, signature);
}

gsize seal_overhead(const CaseKeys *keys)
{
    return 1 + keys->operations->nonce_bytes + keys->operations->tag_bytes;
}
