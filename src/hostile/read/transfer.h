/* transfer.h - Content-Transfer-Encodings undone. */
#pragma once
#include "hostile/read/scratch.h"
#include "nouns/evidence.h"

/* Each appends what it decodes to `out`, skips what does not belong and marks that in *defects, and returns
 * FALSE only when memory cannot be had. */

/* Base64. Line ends and blanks are skipped; behind padding it goes on only when the next line is base64 again
 * (joined pieces), else *trailer is how many bytes stand behind the end (a footer that a list added). */
gboolean base64_decode(Span in, Scratch *out, guint64 *defects, gsize *trailer);
/* Quoted-printable; a '=' that is no escape stays as it is. */
gboolean quoted_decode(Span in, Scratch *out, guint64 *defects);
/* The "Q" of RFC 2047: as quoted-printable, and '_' is a blank. */
gboolean quoted_word_decode(Span in, Scratch *out, guint64 *defects);
/* The lines between a uuencode "begin" and "end" line. */
gboolean uuencode_decode(Span lines, Scratch *out, guint64 *defects);
