/* emlx.c - a mail as Apple Mail keeps it. */
#include "hostile/read/emlx.h"

/* Apple Mail writes ten, filled with blanks. */
#define MOST_DIGITS 10
#define FLAG_DELETED 2u

/* A line with a number alone; where the next begins, or 0. */
static gsize count_line(Span bytes, guint64 *count)
{
    gsize at = 0;
    *count = 0;
    for (; at < bytes.n && at < MOST_DIGITS && g_ascii_isdigit(bytes.p[at]); at++)
        *count = *count * 10 + (guint64)(bytes.p[at] - '0');
    if (!at)
        return 0;
    while (at < bytes.n && (bytes.p[at] == ' ' || bytes.p[at] == '\r'))
        at++;
    return at < bytes.n && bytes.p[at] == '\n' ? at + 1 : 0;
}

/* Whether a field of a header stands there: "Name:". */
static gboolean is_field(Span bytes, gsize at)
{
    gsize from = at;
    while (at < bytes.n && (g_ascii_isalnum(bytes.p[at]) || strchr("-_", bytes.p[at] ? bytes.p[at] : ' ')))
        at++;
    return at > from && at < bytes.n && bytes.p[at] == ':';
}

/* Bit 1 of the number behind <key>flags</key>. */
static gboolean is_deleted(Span plist)
{
    static const char key[] = "<key>flags</key>", open[] = "<integer>";
    const char *end = plist.p + plist.n, *at = memmem(plist.p, plist.n, key, sizeof key - 1);
    guint64 flags = 0;
    if (!at || !(at = memmem(at, (gsize)(end - at), open, sizeof open - 1)))
        return FALSE;
    for (at += sizeof open - 1; at < end && g_ascii_isdigit(*at); at++)
        flags = flags * 10 + (guint64)(*at - '0');
    return (flags & FLAG_DELETED) != 0;
}

gboolean emlx_find(Span bytes, Emlx *emlx)
{
    static const char plist[] = "<?xml";
    guint64 count;
    *emlx = (Emlx){.start = count_line(bytes, &count)};
    if (!emlx->start || !is_field(bytes, emlx->start))
        return FALSE;
    gsize left = bytes.n - emlx->start;
    emlx->n = (gsize)MIN(count, left);
    emlx->missing = count - emlx->n;
    Span behind = {bytes.p + emlx->start + emlx->n, left - emlx->n};
    if (behind.n && (behind.n < sizeof plist - 1 || memcmp(behind.p, plist, sizeof plist - 1) != 0))
        return FALSE;
    emlx->deleted = behind.n && is_deleted(behind);
    return TRUE;
}
