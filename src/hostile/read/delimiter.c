/* delimiter.c - finds delimiter lines, however they are written. */
#include "hostile/read/delimiter.h"

#include "hostile/read/seek.h"

/* What stands behind the boundary in a delimiter line: nothing, or "--", then white space. */
static gboolean is_tail(Span tail, gboolean *closing)
{
    *closing = tail.n >= 2 && tail.p[0] == '-' && tail.p[1] == '-';
    return span_trim(*closing ? (Span){tail.p + 2, tail.n - 2} : tail).n == 0;
}

static gboolean has_boundary(Span line, Span boundary)
{
    return line.n >= boundary.n && line.p[0] == boundary.p[0] && memcmp(line.p, boundary.p, boundary.n) == 0;
}

/* Is the line at `at`, which begins with "--", a delimiter? The innermost multipart is asked first; one with
 * something behind it ("--b--</html>", "--b and words") counts when nothing else fits. */
static gboolean match_delimiter(const Boundaries *open, gsize at, Stop *stop)
{
    gsize end = seek_line_end(open->bytes, at);
    Span line = {open->bytes.p + at + 2, end - at - 2};
    stop->next = MIN(end + 1, open->bytes.n);
    for (guint level = open->count; level > 0; level--) {
        Span boundary = open->boundary[level];
        if (has_boundary(line, boundary) &&
            is_tail((Span){line.p + boundary.n, line.n - boundary.n}, &stop->closing)) {
            stop->level = level;
            return TRUE;
        }
    }
    for (guint level = open->count; level > 0; level--) {
        Span boundary = open->boundary[level];
        Span tail = {line.p + boundary.n, line.n > boundary.n ? line.n - boundary.n : 0};
        stop->closing = span_begins(tail, "--");
        if (tail.n && has_boundary(line, boundary) && (stop->closing || g_ascii_isspace(tail.p[0]))) {
            stop->level = level;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_dashes(Span bytes, gsize at)
{
    return at + 2 <= bytes.n && bytes.p[at] == '-' && bytes.p[at + 1] == '-';
}

Stop delimiter_find(const Boundaries *open, gsize from)
{
    Stop stop = {.body_end = from};
    if (open->count && is_dashes(open->bytes, from) && match_delimiter(open, from, &stop))
        return stop;
    gsize at = from;
    while (open->count && (at = seek_three(open->bytes, at, "\n--")) != SEEK_NOT_FOUND) {
        if (match_delimiter(open, at + 1, &stop)) {
            /* in a mail that came under base64, lines may end with CRLF */
            stop.body_end = at > from && open->bytes.p[at - 1] == '\r' ? at - 1 : at;
            return stop;
        }
        at++;
    }
    return (Stop){.body_end = open->bytes.n, .next = open->bytes.n};
}

gboolean delimiter_at(const Boundaries *open, gsize at)
{
    Stop stop;
    return is_dashes(open->bytes, at) && match_delimiter(open, at, &stop);
}

gboolean delimiter_is_of(Span bytes, gsize at, Span boundary)
{
    gboolean closing;
    if (!boundary.n || !is_dashes(bytes, at))
        return FALSE;
    Span line = {bytes.p + at + 2, seek_line_end(bytes, at) - at - 2};
    return has_boundary(line, boundary) &&
           is_tail((Span){line.p + boundary.n, line.n - boundary.n}, &closing);
}
