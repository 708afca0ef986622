/* message_key.h - the key of a message as people write it: its first digits do. */
#pragma once
#include "store/store.h"

/* At least this many hex digits: fewer fit too many messages. */
#define MESSAGE_KEY_LEAST 6

/* The content whose key begins with `key`. Reads content_key. FORMAT when it is no key, MISSING when
 * there is none such; FORMAT also when several fit. */
gboolean message_key_find(Store *store, const char *key, gint64 *content, GError **error);
