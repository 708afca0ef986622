/* rtf_compressed.h - PidTagRtfCompressed to RTF, [MS-OXRTFCP], and to the HTML or text that it wraps, [MS-OXRTFEX]. */
#pragma once
#include "hostile/read/charset.h"

/* Append the RTF to `out`. LZFu, MELA (stored), and RTF that bears no such head at all are read. *damaged: the checksum
 * or the length does not fit, the end is missing, or it is longer than LIMIT_RTF_BYTES; then `out` has what could be
 * read. FALSE when it is none of the three, or without memory: then nothing is appended. */
gboolean rtf_decompress(Span compressed, Scratch *out, gboolean *damaged);

/* Append what the RTF wraps, as UTF-8, to `out`; *html: which of the two it is. FALSE when it wraps nothing (it is RTF
 * that somebody wrote), or without memory: then nothing is appended. *lost: bytes of text in groups deeper than
 * LIMIT_RTF_DEPTH, which are passed over: a gap. The text is never longer than three times the RTF. In
 * rtf_encapsulated.c. */
gboolean rtf_decapsulate(Span rtf, Charsets *charsets, Scratch *out, gboolean *html, guint64 *lost);
