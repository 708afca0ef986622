/* find_words.h - words looked for in the mail itself, by workers; what comes back is masked. */
#pragma once
#include "cli/tools.h"

/* Where words stand in a message. The texts are good during the call. */
typedef struct {
    gint64 content;
    Span path, excerpt; /* part path or "@subject"; excerpt masked by the worker */
} FoundWords;
typedef gboolean (*FoundTake)(const FoundWords *found, gpointer user, GError **error);

/* Look for `words` in one copy of each content, and call `take` for each place, the contents in the
 * order given. Sources that are not there are said, and counted in *unread with the messages that lie in
 * them. */
gboolean find_words(const Tools *tools, Store *store, const char *words, const GArray *contents,
                    FoundTake take, gpointer user, guint64 *unread, GError **error);
