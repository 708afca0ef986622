/* audit.h - how acts and heads are hashed, for audit.c, which writes them, and audit_verify.c, which checks them. */
#pragma once
#include "lib/tree.h"
#include "store/store.h"

#define AUDIT_SALT_BYTES 16

/* The leaf of a canonical act: SHA-256(0x00 ‖ salt ‖ row). */
void audit_leaf(Span salt, Span row, guint8 leaf[TREE_HASH_BYTES]);

/* What a head signs: size, time, root, and the hash of the previous head's signature, so that a head which is taken
 * away breaks the one after it. g_byte_array_unref. */
GByteArray *audit_head_message(gint64 size, const guint8 root[TREE_HASH_BYTES], gint64 at, Span previous);
