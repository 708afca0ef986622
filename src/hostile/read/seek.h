/* seek.h - finding bytes, faster than a loop over lines. */
#pragma once
#include "lib/span.h"

#define SEEK_NOT_FOUND G_MAXSIZE

/* Where the three bytes abc first stand at or after `from`, or SEEK_NOT_FOUND. */
gsize seek_three(Span bytes, gsize from, const char abc[3]);
/* The start of the first line behind `from` that begins with one of three characters, or SEEK_NOT_FOUND. */
gsize seek_line_with(Span bytes, gsize from, const char any[3]);
/* How many bytes at the front are ASCII and not NUL. */
gsize seek_ascii(Span bytes);
/* The length of the UTF-8 sequence at the front of [p, end): 1 to 4, or 0 when there is no valid one.
 * NUL counts as valid here. */
guint seek_utf8_sequence(const char *p, const char *end);
/* Copy `from` up to the first `stop`, with `blank` for each LF; returns how many bytes that were. SEEK_COPY_SLACK bytes
 * behind them may be written too. */
gsize seek_copy(Span from, char stop, char blank, char *to);
#define SEEK_COPY_SLACK 16
/* Is all of it UTF-8 without NUL? *ascii says whether it is even ASCII. */
gboolean seek_utf8(Span bytes, gboolean *ascii);

/* The offset of the next LF at or after `from`; bytes.n when there is none. */
static inline gsize seek_line_end(Span bytes, gsize from)
{
    const char *lf = from < bytes.n ? memchr(bytes.p + from, '\n', bytes.n - from) : NULL;
    return lf ? (gsize)(lf - bytes.p) : bytes.n;
}

/* Without ASCII white space at both ends. */
static inline Span span_trim(Span text)
{
    while (text.n && g_ascii_isspace(text.p[0])) {
        text.p++;
        text.n--;
    }
    while (text.n && g_ascii_isspace(text.p[text.n - 1]))
        text.n--;
    return text;
}

/* Same bytes as `literal`, ASCII letters in either case. */
static inline gboolean span_is(Span text, const char *literal)
{
    return strlen(literal) == text.n && g_ascii_strncasecmp(text.p, literal, text.n) == 0;
}

static inline gboolean span_begins(Span text, const char *literal)
{
    gsize n = strlen(literal);
    return text.n >= n && g_ascii_strncasecmp(text.p, literal, n) == 0;
}
