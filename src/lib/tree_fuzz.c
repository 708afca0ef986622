/* tree_fuzz.c - no made-up proof verifies: for a tree of known leaves, only the true proof does. */
#include <stdlib.h>
#include <string.h>
#include "lib/tree.h"

#define LEAVES 37

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t n);

static guint8 leaves[LEAVES][TREE_HASH_BYTES];

static void root_of_first(guint64 n, guint8 root[TREE_HASH_BYTES])
{
    Tree tree;
    tree_init(&tree);
    for (guint64 i = 0; i < n; i++)
        tree_append(&tree, leaves[i]);
    tree_root(&tree, root);
}

static void make_leaves(void)
{
    static gboolean made;
    for (guint i = 0; i < LEAVES && !made; i++)
        tree_leaf_hash((const guint8 *)&i, sizeof i, leaves[i]);
    made = TRUE;
}

/* `proof` verified: it must be the true one. */
static void must_be(GByteArray *truth, const guint8 *proof, size_t n)
{
    if (truth->len != n || (n && memcmp(truth->data, proof, n) != 0))
        abort();
    g_byte_array_unref(truth);
}

/* Two bytes say which tree and which leaf or older tree; a third, whether to start from the true proof, whose bytes
 * the rest then changes; else the rest is the proof. */
int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t n)
{
    if (n < 3)
        return 0;
    make_leaves();
    guint64 size = 1 + bytes[0] % LEAVES, at = bytes[1] % size;
    guint8 root[TREE_HASH_BYTES], old[TREE_HASH_BYTES];
    root_of_first(size, root);
    root_of_first(at, old);
    gboolean inclusion = bytes[2] & 1;
    GByteArray *proof = g_byte_array_new();
    if (bytes[2] & 2) {
        GByteArray *truth = inclusion ? tree_inclusion_proof(leaves[0], size, at)
                                      : tree_consistency_proof(leaves[0], at, size);
        g_byte_array_append(proof, truth->data, truth->len);
        g_byte_array_unref(truth);
        for (size_t i = 3; i < n && proof->len; i++)
            proof->data[(i * 31) % proof->len] ^= bytes[i];
    } else {
        g_byte_array_append(proof, bytes + 3, (guint)(n - 3));
    }
    if (inclusion && tree_inclusion_verify(size, at, leaves[at], proof->data, proof->len, root))
        must_be(tree_inclusion_proof(leaves[0], size, at), proof->data, proof->len);
    if (!inclusion && tree_consistency_verify(at, size, proof->data, proof->len, old, root))
        must_be(tree_consistency_proof(leaves[0], at, size), proof->data, proof->len);
    g_byte_array_unref(proof);
    return 0;
}
