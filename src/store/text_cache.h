/* text_cache.h - the texts that converters made, sealed, a file each beside the case.
 *
 * cache/XX/NAME in the case's folder; the name is a keyed hash of the part's SHA-256 and the converter with its
 * version, the content a seal for that name: without the key nobody learns which files a case holds, nor what is
 * in them, and no entry passes for another.  An entry that is missing or damaged is no error: the part is converted
 * again.  So nothing waits for the disk here. */
#pragma once
#include "store/store.h"

/* Whose text it is. */
typedef struct {
    const guint8 *part; /* SHA-256 of its bytes */
    Span converter, version;
} TextName;

/* Write an entry, in one step, over what is there. IO when the disk refuses. */
gboolean text_cache_put(Store *store, const TextName *name, Span text, GError **error);
/* The text of an entry, or NULL when there is none that opens. */
GBytes *text_cache_get(Store *store, const TextName *name);
