/* find_texts.h - words looked for in the texts of attachments, as they lie in the case's cache, by workers. */
#pragma once
#include "pool/pool.h"

/* Where words stand in an attachment of a message. The texts are good during the call. */
typedef void (*TextTake)(gpointer user, const guint8 *key, Span path, Span excerpt);

/* Look for `words` in every text of an attachment that a message of `keys` carries (a set of content keys, DIGEST_BYTES
 * each). *unread: texts that are not in the cache. */
gboolean find_texts(Store *store, Pool *pool, const char *words, GHashTable *keys, TextTake take,
                    gpointer user, guint64 *unread, GError **error);
