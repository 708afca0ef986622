/* corpus.h - every message of the corpora beside the checkout. For tests. */
#pragma once
#include "lib/span.h"

/* Gives one message: its canonical bytes (LF line ends, no envelope line) and a name to report it by. FALSE stops. */
typedef gboolean (*CorpusTaker)(void *user, const char *name, Span mail);

/* The folder that CANDOR_CORPORA names, else ../shared/corpora beside the checkout; NULL when there is none. g_free. */
char *corpus_folder(void);
/* All messages below `folder`/`part` ("mail-mime", …): single files, tar.xz unpacked to a temporary folder
 * that is removed again, mboxes split at their "From " lines. Files that are no mail by their name are left out.
 * Returns how many messages were given. */
guint corpus_each(const char *folder, const char *part, CorpusTaker take, void *user);
/* CRLF to LF, in place; the new length. */
gsize corpus_unify_line_ends(char *bytes, gsize n);
/* A copy whose lines end with CRLF, as a text file that came as lines; *bytes_n is its length. g_free. */
char *corpus_as_lines(Span lines, gsize *bytes_n);
