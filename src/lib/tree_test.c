/* tree_test.c - known roots and proofs of RFC 6962 trees, and that no changed proof verifies. */
#include "lib/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#define HASH TREE_HASH_BYTES

/* The eight leaf inputs that the tests of Certificate Transparency use, and the roots of the first 0 to 8 of them. */
static const struct {
    const char *bytes;
    gsize n;
} inputs[] = {
    {"", 0},
    {"\x00", 1},
    {"\x10", 1},
    {"\x20\x21", 2},
    {"\x30\x31", 2},
    {"\x40\x41\x42\x43", 4},
    {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
    {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
};
static const char *const roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void from_hex(const char *hex, guint8 out[HASH])
{
    for (guint i = 0; i < HASH; i++)
        out[i] = (guint8)(g_ascii_xdigit_value(hex[2 * i]) << 4 | g_ascii_xdigit_value(hex[2 * i + 1]));
}

static void the_known_roots_come_out(void **state)
{
    (void)state;
    Tree tree;
    tree_init(&tree);
    for (guint i = 0; i <= G_N_ELEMENTS(inputs); i++) {
        guint8 root[HASH], known[HASH], leaf[HASH];
        from_hex(roots[i], known);
        tree_root(&tree, root);
        assert_memory_equal(root, known, HASH);
        assert_int_equal(tree.size, i);
        if (i == G_N_ELEMENTS(inputs))
            break;
        tree_leaf_hash((const guint8 *)inputs[i].bytes, inputs[i].n, leaf);
        tree_append(&tree, leaf);
    }
}

static void assert_proof(const GByteArray *proof, const char *const *hashes, guint n)
{
    assert_int_equal(proof->len, n * HASH);
    for (guint i = 0; i < n; i++) {
        guint8 known[HASH];
        from_hex(hashes[i], known);
        assert_memory_equal(proof->data + i * HASH, known, HASH);
    }
}

/* From the same tests: leaf 5 (counted from 0) of 8, and how the tree of 6 leads to that of 8. */
static void the_known_proofs_come_out(void **state)
{
    (void)state;
    guint8 leaves[G_N_ELEMENTS(inputs)][HASH];
    for (guint i = 0; i < G_N_ELEMENTS(inputs); i++)
        tree_leaf_hash((const guint8 *)inputs[i].bytes, inputs[i].n, leaves[i]);
    const char *const inclusion[] = {
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    };
    const char *const consistency[] = {
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    };
    g_autoptr(GByteArray) path = tree_inclusion_proof(leaves[0], 8, 5);
    g_autoptr(GByteArray) growth = tree_consistency_proof(leaves[0], 6, 8);
    assert_proof(path, inclusion, G_N_ELEMENTS(inclusion));
    assert_proof(growth, consistency, G_N_ELEMENTS(consistency));
}

#define LARGEST 40

static void root_of_first(const guint8 (*leaves)[HASH], guint64 n, guint8 root[HASH])
{
    Tree tree;
    tree_init(&tree);
    for (guint64 i = 0; i < n; i++)
        tree_append(&tree, leaves[i]);
    tree_root(&tree, root);
}

static void make_leaves(guint8 (*leaves)[HASH])
{
    for (guint i = 0; i < LARGEST; i++)
        tree_leaf_hash((const guint8 *)&i, sizeof i, leaves[i]);
}

/* Every bit of the proof, a hash more, a hash less, another place, another size, other roots. */
static void only_the_true_inclusion_verifies(void **state)
{
    (void)state;
    guint8 leaves[LARGEST][HASH], root[HASH], wrong[HASH + HASH * 8];
    make_leaves(leaves);
    for (guint64 n = 1; n <= LARGEST; n++) {
        root_of_first(leaves, n, root);
        for (guint64 at = 0; at < n; at++) {
            g_autoptr(GByteArray) proof = tree_inclusion_proof(leaves[0], n, at);
            assert_true(tree_inclusion_verify(n, at, leaves[at], proof->data, proof->len, root));
            assert_false(tree_inclusion_verify(n, at + 1, leaves[at], proof->data, proof->len, root));
            assert_false(
                tree_inclusion_verify(n, at, leaves[(at + 1) % LARGEST], proof->data, proof->len, root));
            memcpy(wrong, proof->len ? proof->data : root, proof->len ? proof->len : HASH);
            memset(wrong + proof->len, 0, HASH);
            assert_false(tree_inclusion_verify(n, at, leaves[at], wrong, proof->len + HASH, root));
            assert_false(tree_inclusion_verify(n, at, leaves[at], wrong, proof->len + 1, root));
            if (proof->len)
                assert_false(tree_inclusion_verify(n, at, leaves[at], wrong, proof->len - HASH, root));
            for (guint bit = 0; bit < 8 * proof->len; bit += 5) {
                wrong[bit / 8] ^= (guint8)(1 << bit % 8);
                assert_false(tree_inclusion_verify(n, at, leaves[at], wrong, proof->len, root));
                wrong[bit / 8] ^= (guint8)(1 << bit % 8);
            }
        }
    }
}

static void only_the_true_consistency_verifies(void **state)
{
    (void)state;
    guint8 leaves[LARGEST][HASH], old[HASH], root[HASH], wrong[HASH * 10];
    make_leaves(leaves);
    for (guint64 n = 1; n <= LARGEST; n++) {
        root_of_first(leaves, n, root);
        for (guint64 m = 0; m <= n; m++) {
            root_of_first(leaves, m, old);
            g_autoptr(GByteArray) proof = tree_consistency_proof(leaves[0], m, n);
            assert_true(tree_consistency_verify(m, n, proof->data, proof->len, old, root));
            assert_false(tree_consistency_verify(n + 1, n, proof->data, proof->len, old, root));
            memset(wrong, 0, sizeof wrong);
            if (proof->len)
                memcpy(wrong, proof->data, proof->len);
            assert_false(tree_consistency_verify(m, n, wrong, proof->len + HASH, old, root));
            if (proof->len)
                assert_false(tree_consistency_verify(m, n, wrong, proof->len - HASH, old, root));
            for (guint bit = 0; bit < 8 * proof->len; bit += 5) {
                wrong[bit / 8] ^= (guint8)(1 << bit % 8);
                assert_false(tree_consistency_verify(m, n, wrong, proof->len, old, root));
                wrong[bit / 8] ^= (guint8)(1 << bit % 8);
            }
            old[0] ^= 1;
            assert_false(tree_consistency_verify(m, n, proof->data, proof->len, old, root));
            old[0] ^= 1;
            if (m == 0)
                continue;
            root[31] ^= 1;
            assert_false(tree_consistency_verify(m, n, proof->data, proof->len, old, root));
            root[31] ^= 1;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_roots_come_out),
        cmocka_unit_test(the_known_proofs_come_out),
        cmocka_unit_test(only_the_true_inclusion_verifies),
        cmocka_unit_test(only_the_true_consistency_verifies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
