/* quoted.c - quoted-printable, and the "Q" of encoded words. */
#include "hostile/read/transfer.h"

/* The escape at `at`, which holds '='. Returns how many characters it takes, 0 when it is none; *byte is what it
 * stands for, or -1 for a soft line end. */
static gsize escape_at(Span in, gsize at, int *byte)
{
    if (at + 2 < in.n) {
        int high = g_ascii_xdigit_value(in.p[at + 1]), low = g_ascii_xdigit_value(in.p[at + 2]);
        if (high >= 0 && low >= 0) {
            *byte = high << 4 | low;
            return 3;
        }
    }
    *byte = -1;
    gsize end = at + 1;
    while (end < in.n && (in.p[end] == ' ' || in.p[end] == '\t' || in.p[end] == '\r'))
        end++;
    if (end == in.n)
        return end - at;
    return in.p[end] == '\n' ? end + 1 - at : 0;
}

gboolean quoted_decode(Span in, Scratch *out, guint64 *defects)
{
    if (!scratch_reserve(out, in.n))
        return FALSE;
    char *to = out->p + out->n;
    for (gsize at = 0; at < in.n;) {
        const char *sign = memchr(in.p + at, '=', in.n - at);
        gsize run = sign ? (gsize)(sign - in.p) - at : in.n - at;
        memcpy(to, in.p + at, run);
        to += run;
        at += run;
        if (!sign)
            break;
        int byte;
        gsize taken = escape_at(in, at, &byte);
        if (!taken)
            *defects |= DEFECT_BAD_QP;
        if (!taken || byte >= 0)
            *to++ = taken ? (char)byte : '=';
        at += taken ? taken : 1;
    }
    out->n = (gsize)(to - out->p);
    return TRUE;
}

gboolean quoted_word_decode(Span in, Scratch *out, guint64 *defects)
{
    if (!scratch_reserve(out, in.n))
        return FALSE;
    for (gsize at = 0; at < in.n;) {
        char c = in.p[at];
        int byte = c == '_' ? ' ' : (guint8)c;
        gsize taken = c == '=' ? escape_at(in, at, &byte) : 1;
        if (!taken)
            *defects |= DEFECT_BAD_ENCODED_WORD;
        if (!taken || byte >= 0)
            out->p[out->n++] = taken ? (char)byte : '=';
        at += taken ? taken : 1;
    }
    return TRUE;
}
