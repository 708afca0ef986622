/* fingerprints.c - fingerprints of values, those that come again out of a table. */
#include "hostile/scan/fingerprints.h"

#include <sodium.h>
#include "hostile/scan/value.h"

/* 64 bytes a slot, a quarter of a megabyte in all: what a processor's second cache has to spare. */
#define SLOTS 4096
#define LONGEST 39
#define WORDS 5 /* of eight bytes: a value and its length */

typedef union {
    char bytes[WORDS * sizeof(guint64)]; /* the value, noughts, and its length in the last */
    guint64 words[WORDS];
} Plain;

typedef struct {
    const Type *type; /* NULL: empty */
    Plain plain;
    guint8 fingerprint[16];
} Slot;

struct Fingerprints {
    guint8 key[32];
    Slot slot[SLOTS];
};

Fingerprints *fingerprints_new(const guint8 key[32])
{
    Fingerprints *fingerprints = g_new0(Fingerprints, 1);
    memcpy(fingerprints->key, key, sizeof fingerprints->key);
    return fingerprints;
}

void fingerprints_free(Fingerprints *fingerprints)
{
    if (!fingerprints)
        return;
    sodium_memzero(fingerprints, sizeof *fingerprints);
    g_free(fingerprints);
}

static guint slot_of(const Type *type, const Plain *plain)
{
    guint64 mixed = (guintptr)type;
    for (guint i = 0; i < WORDS; i++) {
        mixed = (mixed ^ plain->words[i]) * 0x9e3779b97f4a7c15u;
        mixed ^= mixed >> 32;
    }
    return (guint)(mixed % SLOTS);
}

void fingerprint_of(Fingerprints *fingerprints, const Type *type, Span plain, guint8 out[16])
{
    if (plain.n > LONGEST) {
        value_fingerprint(fingerprints->key, type, plain, out);
        return;
    }
    Plain kept = {{0}};
    memcpy(kept.bytes, plain.p, plain.n);
    kept.bytes[LONGEST] = (char)plain.n;
    Slot *slot = &fingerprints->slot[slot_of(type, &kept)];
    if (slot->type != type || memcmp(&slot->plain, &kept, sizeof kept) != 0) {
        value_fingerprint(fingerprints->key, type, plain, slot->fingerprint);
        slot->type = type;
        slot->plain = kept;
    }
    memcpy(out, slot->fingerprint, sizeof slot->fingerprint);
}
