/* seal_memory.h - seals of values that come again and again: names of people and files.
 *
 * A seal is deterministic (seal.h), so a value that was sealed a moment ago need not be sealed again: a mailbox shows
 * the same few thousand names in every message.  What is remembered is bounded and is forgotten all at once. */
#pragma once
#include "lib/seal.h"

typedef struct SealMemory SealMemory;

typedef struct {
    guint8 fingerprint[FINGERPRINT_OF_SEAL_BYTES];
    gsize n;
    guint8 sealed[];
} SealedValue;

void seal_memory_free(SealMemory *memory);

/* The seal and fingerprint of `plain`; made when they are not remembered. NULL when a value of this context or length
 * is not worth remembering. Owned by the memory, good until the next call; *memory is made at first use. */
const SealedValue *seal_memory_get(SealMemory **memory, const CaseKeys *keys, const char *context,
                                   Span plain);
