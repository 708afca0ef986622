/* fromline.c - the mbox envelope line: "From sender date". */
#include "hostile/open/fromline.h"

static const char days[] = "MonTueWedThuFriSatSun";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* The next run of bytes that are no blank; empty at the end. */
static Span next_word(Span *rest)
{
    while (rest->n && (rest->p[0] == ' ' || rest->p[0] == '\t'))
        *rest = (Span){rest->p + 1, rest->n - 1};
    gsize n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    Span word = {rest->p, n};
    *rest = (Span){rest->p + n, rest->n - n};
    return word;
}

static gboolean is_one_of(Span word, const char *names)
{
    if (word.n != 3)
        return FALSE;
    for (; *names; names += 3)
        if (g_ascii_strncasecmp(word.p, names, 3) == 0)
            return TRUE;
    return FALSE;
}

static gboolean is_number(Span word, gsize least, gsize most)
{
    if (word.n < least || word.n > most)
        return FALSE;
    for (gsize i = 0; i < word.n; i++)
        if (!g_ascii_isdigit(word.p[i]))
            return FALSE;
    return TRUE;
}

/* 12:09 or 12:09:16 */
static gboolean is_time(Span word)
{
    if (word.n < 4 || word.n > 8)
        return FALSE;
    guint colons = 0;
    for (gsize i = 0; i < word.n; i++) {
        colons += word.p[i] == ':';
        if (word.p[i] != ':' && !g_ascii_isdigit(word.p[i]))
            return FALSE;
    }
    return colons == 1 || colons == 2;
}

/* EST, CEST, +0200, GMT+1: short, and begins like a zone. */
static gboolean is_zone(Span word)
{
    return word.n >= 1 && word.n <= 8 && (g_ascii_isupper(word.p[0]) || word.p[0] == '+' || word.p[0] == '-');
}

/* "Jan  7 12:09:16 [zone [zone]] 2003 …": the month and what follows it. */
static gboolean is_asctime(Span rest)
{
    if (!is_one_of(next_word(&rest), months) || !is_number(next_word(&rest), 1, 2) ||
        !is_time(next_word(&rest)))
        return FALSE;
    Span word = next_word(&rest);
    for (guint zones = 0; zones < 2 && is_zone(word); zones++)
        word = next_word(&rest);
    return is_number(word, 4, 4) || is_number(word, 2, 2);
}

/* "11 Nov 2007 06:58:35 …" */
static gboolean is_internet_date(Span rest)
{
    return is_number(next_word(&rest), 1, 2) && is_one_of(next_word(&rest), months) &&
           (is_number(next_word(&rest), 2, 4)) && is_time(next_word(&rest));
}

static Span trim_end(Span text)
{
    while (text.n && (text.p[text.n - 1] == ' ' || text.p[text.n - 1] == '\t'))
        text.n--;
    return text;
}

gboolean from_line_read(Span line, Span *sender)
{
    if (line.n < 5 || line.n > FROM_LINE_BYTES || memcmp(line.p, "From ", 5) != 0)
        return FALSE;
    Span rest = {line.p + 5, line.n - 5};
    for (const char *start = rest.p; rest.n;) {
        Span word = next_word(&rest);
        gboolean dated = FALSE;
        if (is_one_of(word, days))
            dated = is_asctime(rest);
        else if (word.n == 4 && word.p[3] == ',' && is_one_of((Span){word.p, 3}, days))
            dated = is_internet_date(rest);
        if (dated) {
            gsize skipped = start < word.p && *start == ' ' ? 1 : 0;
            *sender = trim_end((Span){start + skipped, (gsize)(word.p - start) - skipped});
            return TRUE;
        }
    }
    return FALSE;
}
