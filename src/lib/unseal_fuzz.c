/* unseal_fuzz.c - whatever stands in a sealed column: it opens only if it was sealed so, and nothing else is read. */
#include <stdlib.h>
#include "lib/case_keys.h"
#include "lib/seal.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t n);

static CaseKeys *keys_of(Suite suite)
{
    static CaseKeys *made[2];
    CaseKeys **keys = &made[suite == SUITE_OPENSSL];
    const guint8 root[KEY_BYTES] = {1};
    if (!*keys)
        *keys = case_keys_derive(suite, root, "fuzz", NULL);
    return *keys;
}

/* An opened value, sealed again, must be the very bytes: seals are deterministic. */
int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t n)
{
    if (n == 0)
        return 0;
    const CaseKeys *keys = keys_of(bytes[0] & 1 ? SUITE_OPENSSL : SUITE_SODIUM);
    guint8 *opened = g_malloc(n), *sealed = g_malloc(n + SEAL_OVERHEAD);
    Span given = {(const char *)bytes + 1, n - 1};
    gssize plain = unseal(keys, "subject", given, opened, NULL);
    if (plain >= 0) {
        gsize again = seal(keys, "subject", (Span){(char *)opened, (gsize)plain}, sealed);
        if (again != given.n || memcmp(sealed, given.p, again) != 0)
            abort();
    }
    g_free(opened);
    g_free(sealed);
    return 0;
}
