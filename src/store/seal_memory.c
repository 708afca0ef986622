/* seal_memory.c - seals of values that come again and again. */
#include "store/seal_memory.h"

#include <sodium.h>

/* Longer values do not repeat. */
#define PLAIN_MOST 96
/* Values that are remembered: about 20 MB. */
#define VALUES_MOST 65536

struct SealMemory {
    GHashTable *values; /* "C" and plain text -> SealedValue; C is the context's first letter */
};

static void forget_key(gpointer key)
{
    sodium_memzero(key, strlen(key));
    g_free(key);
}

static SealMemory *seal_memory_new(void)
{
    SealMemory *memory = g_new0(SealMemory, 1);
    memory->values = g_hash_table_new_full(g_str_hash, g_str_equal, forget_key, g_free);
    return memory;
}

void seal_memory_free(SealMemory *memory)
{
    if (!memory)
        return;
    g_hash_table_unref(memory->values);
    g_free(memory);
}

static SealedValue *seal_value(const CaseKeys *keys, const char *context, Span plain)
{
    SealedValue *value = g_malloc(sizeof *value + plain.n + SEAL_OVERHEAD);
    value->n = seal(keys, context, plain, value->sealed);
    case_keys_fingerprint(keys, context, plain, value->fingerprint);
    return value;
}

const SealedValue *seal_memory_get(SealMemory **memory, const CaseKeys *keys, const char *context, Span plain)
{
    gboolean repeats = strcmp(context, "name") == 0 || strcmp(context, "filename") == 0;
    if (!repeats || plain.n > PLAIN_MOST || memchr(plain.p, 0, plain.n))
        return NULL;
    if (!*memory)
        *memory = seal_memory_new();
    char key[PLAIN_MOST + 2] = {context[0]};
    memcpy(key + 1, plain.p, plain.n);
    SealedValue *value = g_hash_table_lookup((*memory)->values, key);
    if (value)
        return value;
    if (g_hash_table_size((*memory)->values) >= VALUES_MOST)
        g_hash_table_remove_all((*memory)->values);
    value = seal_value(keys, context, plain);
    g_hash_table_insert((*memory)->values, g_strdup(key), value);
    return value;
}
