/* charset.h - bytes in any charset that mail uses, to UTF-8 without NUL. */
#pragma once
#include "hostile/read/scratch.h"
#include "nouns/evidence.h"

typedef struct Charsets Charsets;

/* Opens a converter of every charset in charset_warm_labels, so that nothing is opened later; forbids ICU
 * to look for data in files. NULL with MISSING when ICU has no data. */
Charsets *charsets_new(GError **error);
void charsets_free(Charsets *charsets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Charsets, charsets_free)

/* The labels that are warmed up, NULL-terminated: for the manual and the tests. */
const char *const *charset_warm_labels(void);

/* `bytes` in the charset called `label` (any case; SPAN_NONE or unknown: guessed) as UTF-8 in *text:
 * the bytes themselves where they are it already, else appended to `out`, and *text points there (good until
 * `out` changes). Bytes that the charset has not, and NUL, become U+FFFD. Labels are read as mail readers do:
 * iso-8859-1 is windows-1252, gb2312 is gb18030, and so on; what claims to be single-byte Latin and is
 * UTF-8 is read as UTF-8. Marks DEFECT_UNKNOWN_CHARSET, _CHARSET_LIED. FALSE only when memory cannot be had. */
gboolean charset_decode(Charsets *charsets, Span label, Span bytes, Scratch *out, Span *text,
                        guint64 *defects);
