/* uuencode.c - lines of uuencode to bytes. */
#include "hostile/read/seek.h"
#include "hostile/read/transfer.h"

/* The six bits of a character; trailing blanks that a gateway cut off count as zeros. */
static guint bits_at(Span line, gsize at)
{
    return at < line.n ? (guint)(line.p[at] - ' ') & 63 : 0;
}

static void decode_line(Span line, Scratch *out, guint64 *defects)
{
    guint length = bits_at(line, 0);
    if ((length + 2) / 3 * 4 + 1 > line.n + 3)
        *defects |= DEFECT_BAD_BASE64;
    for (gsize at = 1; length > 0; at += 4) {
        guint quad = bits_at(line, at) << 18 | bits_at(line, at + 1) << 12 | bits_at(line, at + 2) << 6 |
                     bits_at(line, at + 3);
        for (int shift = 16; shift >= 0 && length > 0; shift -= 8, length--)
            out->p[out->n++] = (char)(quad >> shift);
    }
}

gboolean uuencode_decode(Span lines, Scratch *out, guint64 *defects)
{
    for (gsize at = 0; at < lines.n;) {
        gsize end = seek_line_end(lines, at);
        Span line = {lines.p + at, end - at};
        at = end + 1;
        if (!scratch_reserve(out, 64))
            return FALSE;
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n)
            decode_line(line, out, defects);
    }
    return TRUE;
}
