/* tree.c - the audit tree: RFC 6962 Merkle tree hashing, proofs of inclusion and consistency. */
#include "lib/tree.h"

#include <string.h>
#include "lib/sha256.h"

#define HASH TREE_HASH_BYTES

void tree_leaf_hash(const guint8 *bytes, gsize n, guint8 out[HASH])
{
    const Span pieces[] = {{"\0", 1}, {(const char *)bytes, n}};
    sha256_pieces(pieces, G_N_ELEMENTS(pieces), out);
}

static void node_hash(const guint8 left[HASH], const guint8 right[HASH], guint8 out[HASH])
{
    const Span pieces[] = {{"\1", 1}, {(const char *)left, HASH}, {(const char *)right, HASH}};
    sha256_pieces(pieces, G_N_ELEMENTS(pieces), out);
}

void tree_init(Tree *tree)
{
    *tree = (Tree){0};
}

/* A new leaf is a subtree of one; subtrees of equal size at the end become one, as carries do in a binary counter. */
void tree_append(Tree *tree, const guint8 leaf[HASH])
{
    memcpy(tree->node[tree->count++], leaf, HASH);
    for (guint64 carry = tree->size++; carry & 1; carry >>= 1) {
        tree->count--;
        node_hash(tree->node[tree->count - 1], tree->node[tree->count], tree->node[tree->count - 1]);
    }
}

void tree_root(const Tree *tree, guint8 out[HASH])
{
    if (tree->count == 0) {
        sha256_pieces(NULL, 0, out);
        return;
    }
    memcpy(out, tree->node[tree->count - 1], HASH);
    for (guint i = tree->count - 1; i-- > 0;)
        node_hash(tree->node[i], out, out);
}

/* --- proofs over an array of leaves ----------------------------------------------------------------------- */

/* The largest power of two below n; n is at least 2. */
static guint64 split_of(guint64 n)
{
    guint64 k = 1;
    while (k << 1 < n)
        k <<= 1;
    return k;
}

/* MTH of RFC 6962, 2.1: the root of n leaves. */
static void root_of(const guint8 *leaves, guint64 n, guint8 out[HASH])
{
    Tree tree;
    tree_init(&tree);
    for (guint64 i = 0; i < n; i++)
        tree_append(&tree, leaves + i * HASH);
    tree_root(&tree, out);
}

static void add_root(GByteArray *proof, const guint8 *leaves, guint64 n)
{
    guint8 hash[HASH];
    root_of(leaves, n, hash);
    g_byte_array_append(proof, hash, HASH);
}

/* PATH of RFC 6962, 2.1.1: the sibling subtrees, nearest the leaf first. Found from the root, so turned round. */
GByteArray *tree_inclusion_proof(const guint8 *leaves, guint64 n, guint64 index)
{
    guint8 siblings[64][HASH];
    guint count = 0;
    while (n > 1) {
        guint64 k = split_of(n);
        gboolean left = index < k;
        root_of(left ? leaves + k * HASH : leaves, left ? n - k : k, siblings[count++]);
        leaves += left ? 0 : k * HASH;
        index -= left ? 0 : k;
        n = left ? k : n - k;
    }
    GByteArray *proof = g_byte_array_new();
    while (count > 0)
        g_byte_array_append(proof, siblings[--count], HASH);
    return proof;
}

/* SUBPROOF of RFC 6962, 2.1.2. `whole`: these m leaves are the whole old tree, whose root the reader knows. */
static void add_subproof(GByteArray *proof, const guint8 *leaves, guint64 m, guint64 n, gboolean whole)
{
    if (m == n) {
        if (!whole)
            add_root(proof, leaves, n);
        return;
    }
    guint64 k = split_of(n);
    if (m <= k) {
        add_subproof(proof, leaves, m, k, whole);
        add_root(proof, leaves + k * HASH, n - k);
    } else {
        add_subproof(proof, leaves + k * HASH, m - k, n - k, FALSE);
        add_root(proof, leaves, k);
    }
}

GByteArray *tree_consistency_proof(const guint8 *leaves, guint64 m, guint64 n)
{
    GByteArray *proof = g_byte_array_new();
    if (m > 0 && m < n)
        add_subproof(proof, leaves, m, n, TRUE);
    return proof;
}

/* --- verifying: RFC 9162, 2.1.3.2 and 2.1.4.2, which spell out what RFC 6962 leaves to the reader ---------- */

gboolean tree_inclusion_verify(guint64 n, guint64 index, const guint8 leaf[HASH], const guint8 *proof,
                               gsize proof_bytes, const guint8 root[HASH])
{
    if (index >= n || proof_bytes % HASH)
        return FALSE;
    guint64 node = index, last = n - 1;
    guint8 hash[HASH];
    memcpy(hash, leaf, HASH);
    for (const guint8 *p = proof, *end = proof + proof_bytes; p < end; p += HASH) {
        if (last == 0)
            return FALSE;
        if (node & 1 || node == last) {
            node_hash(p, hash, hash);
            while (!(node & 1) && node) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            node_hash(hash, p, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && memcmp(hash, root, HASH) == 0;
}

/* Both roots from one proof: `old` and `fresh` start as its first hash and are led up together. */
static gboolean climb(guint64 node, guint64 last, const guint8 *p, const guint8 *end, guint8 old[HASH],
                      guint8 fresh[HASH])
{
    for (; p < end; p += HASH) {
        if (last == 0)
            return FALSE;
        if (node & 1 || node == last) {
            node_hash(p, old, old);
            node_hash(p, fresh, fresh);
            while (!(node & 1) && node) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            node_hash(fresh, p, fresh);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0;
}

gboolean tree_consistency_verify(guint64 m, guint64 n, const guint8 *proof, gsize proof_bytes,
                                 const guint8 old_root[HASH], const guint8 root[HASH])
{
    if (m > n || proof_bytes % HASH)
        return FALSE;
    if (m == 0) {
        guint8 empty[HASH];
        root_of(NULL, 0, empty);
        return proof_bytes == 0 && memcmp(empty, old_root, HASH) == 0;
    }
    if (m == n)
        return proof_bytes == 0 && memcmp(old_root, root, HASH) == 0;
    guint64 node = m - 1, last = n - 1;
    while (node & 1) {
        node >>= 1;
        last >>= 1;
    }
    /* An old tree that is a complete subtree is its own first hash; the proof leaves it out. */
    gboolean complete = (m & (m - 1)) == 0;
    const guint8 *p = proof, *end = proof + proof_bytes;
    if (!complete && p == end)
        return FALSE;
    guint8 old[HASH], fresh[HASH];
    memcpy(old, complete ? old_root : p, HASH);
    memcpy(fresh, old, HASH);
    return climb(node, last, complete ? p : p + HASH, end, old, fresh) && memcmp(old, old_root, HASH) == 0 &&
           memcmp(fresh, root, HASH) == 0;
}
