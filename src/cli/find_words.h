/* find_words.h - words looked for in the mail itself, by workers; what comes back is masked. */
#pragma once
#include "cli/tools.h"

/* Where words stand in a message. The texts are good during the call. */
typedef struct {
    const guint8 *key; /* of the content, DIGEST_BYTES                          */
    Span path;         /* of the part, "@subject", or "@subject:PATH" of a mail within */
    Span excerpt;      /* every finding in it masked, by the worker             */
} FoundWords;
typedef gboolean (*FoundTake)(const FoundWords *found, gpointer user, GError **error);

/* Column of the key in a row of search.by_X, and of the first of seven that say where its first copy is and what its
 * bytes hashed to. */
enum { FIND_COLUMN_KEY = 0, FIND_COLUMN_PLACE = 4 };

/* Look for `words` in one copy of each message that `query`, a search.by_X, gives; call `take` for each place, in the
 * order of `query`. Sources that are not there are said. *unread: messages that could not be read again, or whose
 * copy is not what it was. */
gboolean find_words(const Tools *tools, Store *store, const char *words, Query *query, FoundTake take,
                    gpointer user, guint64 *unread, GError **error);
