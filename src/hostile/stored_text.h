/* stored_text.h - the `rescan` and `words` requests: texts that were made before, one behind the other on descriptor 4.
 *
 * Each text goes through a box of its own (partbox.h), as a sealed copy: a box sees no text but its own. */
#pragma once
#include "hostile/tools.h"

typedef struct {
    guint8 sha256[32]; /* of the part that the text was made of: named in the answer */
    guint64 start, length;
} StoredText;

/* Scan each of them again: groups V X* G*, state `read`, counts of the text, and a D row. */
gboolean stored_text_rescan(Tools *tools, guint64 unit, const GArray *texts, int output, GError **error);
/* Look for words in each: 'W' rows with the path "", and a D row. FORMAT for words that are all blanks. */
gboolean stored_text_words(Tools *tools, guint64 unit, const char *words, const GArray *texts, int output,
                           GError **error);
