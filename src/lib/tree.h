/* tree.h - the audit tree: RFC 6962 Merkle tree hashing (section 2.1), proofs of inclusion and consistency.
 *
 * Leaf = SHA-256(0x00 ‖ leaf input), node = SHA-256(0x01 ‖ left ‖ right), empty tree = SHA-256("").
 * The leaf input of an act is salt ‖ canonical act (store/audit.c), so that erasing the salt makes a
 * personal field unguessable while the leaf's hash, and so the tree, stays. */
#pragma once
#include <glib.h>

#define TREE_HASH_BYTES 32

/* Append-only frontier: O(log n) memory. */
typedef struct {
    guint64 size;
    guint8 node[64][TREE_HASH_BYTES]; /* complete subtrees, largest first */
    guint count;
} Tree;

void tree_init(Tree *tree);
void tree_leaf_hash(const guint8 *bytes, gsize n, guint8 out[TREE_HASH_BYTES]);
void tree_append(Tree *tree, const guint8 leaf[TREE_HASH_BYTES]);
void tree_root(const Tree *tree, guint8 out[TREE_HASH_BYTES]);

/* Over an array of n leaf hashes. Proofs are arrays of 32-byte hashes, freed with g_byte_array_unref. */
GByteArray *tree_inclusion_proof(const guint8 *leaves, guint64 n, guint64 index);
gboolean tree_inclusion_verify(guint64 n, guint64 index, const guint8 leaf[TREE_HASH_BYTES],
                               const guint8 *proof, gsize proof_bytes, const guint8 root[TREE_HASH_BYTES]);
GByteArray *tree_consistency_proof(const guint8 *leaves, guint64 m, guint64 n);
gboolean tree_consistency_verify(guint64 m, guint64 n, const guint8 *proof, gsize proof_bytes,
                                 const guint8 old_root[TREE_HASH_BYTES], const guint8 root[TREE_HASH_BYTES]);
