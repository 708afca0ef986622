/* ole_text.c - characters as old Office files keep them. */
#include "hostile/convert/ole_text.h"

/* Shorter runs are noise. */
#define RUN_CHARACTERS 5

/* What a control character says: a line end, a tab, or nothing. */
static char control(gunichar c)
{
    static const char lines[] = {'\n', '\v', '\f', '\r'};
    if (c == '\t' || c == 7)
        return '\t';
    if (c == 0x1e)
        return '-';
    for (guint i = 0; i < sizeof lines; i++)
        if (c == (guint8)lines[i])
            return '\n';
    return c == 0x13 || c == 0x14 || c == 0x15 ? ' ' : '\0';
}

static void put_character(Made *made, gunichar c)
{
    char utf8[6];
    if (c < ' ' || c == 0x7f) {
        char kept = control(c);
        if (kept)
            made_char(made, kept);
        return;
    }
    if (c >= 0xd800 && c < 0xe000)
        c = 0xfffd;
    made_text(made, (Span){utf8, (gsize)g_unichar_to_utf8(c, utf8)});
}

static void put_wide(Made *made, Span characters)
{
    for (gsize i = 0; i + 1 < characters.n && !made->full; i += 2) {
        gunichar c = little16(characters, i), low = little16(characters, i + 2);
        if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        put_character(made, c);
    }
}

void ole_put(Made *made, Span characters, gboolean wide)
{
    if (wide) {
        put_wide(made, characters);
        return;
    }
    for (gsize i = 0; i < characters.n && !made->full; i++)
        put_character(made, (guint8)characters.p[i]);
}

void ole_put_windows(Made *made, Span characters)
{
    static const guint16 upper[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                      0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
                                      0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                      0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    for (gsize i = 0; i < characters.n && !made->full; i++) {
        guint8 c = (guint8)characters.p[i];
        put_character(made, c >= 0x80 && c < 0xa0 ? upper[c - 0x80] : c);
    }
}

/* --- strings ----------------------------------------------------------------------------------------------- */

static gboolean is_printable(guint c)
{
    return (c >= ' ' && c < 0x7f) || c == '\t';
}

/* How many characters of `step` bytes are printable from `at` on. */
static gsize run_length(Span bytes, gsize at, gsize step)
{
    gsize n = 0;
    while (at + step <= bytes.n && is_printable(step == 2 ? little16(bytes, at) : little8(bytes, at))) {
        at += step;
        n++;
    }
    return n;
}

void ole_put_strings(Made *made, Span bytes)
{
    for (gsize at = 0; at < bytes.n && !made->full;) {
        gsize narrow = run_length(bytes, at, 1), wide = run_length(bytes, at, 2);
        if (MAX(narrow, wide) < RUN_CHARACTERS) {
            at++;
            continue;
        }
        gboolean is_wide = wide >= RUN_CHARACTERS;
        gsize n = is_wide ? wide * 2 : narrow;
        ole_put(made, little_part(bytes, at, n), is_wide);
        made_line(made);
        at += n;
    }
}
