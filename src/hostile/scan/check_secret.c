/* check_secret.c - tokens, keys, and words that people call passwords. */
#include "hostile/scan/check_families.h"

#include <math.h>

/* How far a check goes on from what the pattern saw. A 16384-bit RSA key in PEM is 12.5 kB. */
#define LONGEST_PEM (16UL << 10)
#define LONGEST_JWT (8UL << 10)

double check_entropy(Span value)
{
    guint count[256] = {0};
    for (gsize i = 0; i < value.n; i++)
        count[(guint8)value.p[i]]++;
    double entropy = 0;
    for (guint i = 0; i < 256; i++) {
        double share = (double)count[i] / (double)MAX(value.n, 1);
        entropy -= count[i] ? share * log2(share) : 0;
    }
    return entropy;
}

static gboolean is_base64url(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_';
}

/* Decode at most the first `room` bytes of base64url. */
static gsize decode_base64url(const char *from, gsize n, char *to, gsize room)
{
    guint32 bits = 0;
    guint have = 0;
    gsize length = 0;
    for (gsize i = 0; i < n && length < room; i++) {
        char c = from[i];
        guint value = g_ascii_isupper(c)   ? (guint)(c - 'A')
                      : g_ascii_islower(c) ? (guint)(c - 'a') + 26
                      : g_ascii_isdigit(c) ? (guint)(c - '0') + 52
                      : c == '-'           ? 62
                                           : 63;
        bits = bits << 6 | value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            to[length++] = (char)(bits >> have & 0xff);
        }
    }
    return length;
}

/* JWT, RFC 7519: three parts, the first a JSON object with "alg". The pattern sees how it begins. */
gboolean check_jwt(Candidate *c)
{
    gsize dots = 0, at = c->start, dot[2] = {0, 0}, limit = MIN(c->text.n, c->start + LONGEST_JWT);
    for (; at < limit; at++) {
        if (c->text.p[at] == '.' && dots < 2 && at + 1 < limit && is_base64url(c->text.p[at + 1]))
            dot[dots++] = at;
        else if (!is_base64url(c->text.p[at]))
            break;
    }
    if (dots < 2 || at - dot[1] < 17)
        return FALSE;
    char header[256];
    gsize n = decode_base64url(c->text.p + c->start, dot[0] - c->start, header, sizeof header);
    c->end = at;
    return n > 8 && header[0] == '{' && memmem(header, n, "\"alg\"", 5);
}

/* Where a run of at least `least` bytes of base64 ends, 0 when there is none. */
static gsize base64_run_end(Span s, gsize least)
{
    gsize run = 0;
    for (gsize i = 0; i < s.n; i++) {
        gboolean member = g_ascii_isalnum(s.p[i]) || s.p[i] == '+' || s.p[i] == '/';
        if (!member && run >= least)
            return i;
        run = member ? run + 1 : 0;
    }
    return run >= least ? s.n : 0;
}

/* A PEM block with something in it: on to its END line, or, when the mail cuts it off, to the end of its first
 * line. */
gboolean check_pem(Candidate *c)
{
    Span rest = {c->text.p + c->end, MIN(c->text.n - c->end, LONGEST_PEM)};
    const char *end = memmem(rest.p, rest.n, "-----END", 8);
    gsize inside = end ? (gsize)(end - rest.p) : MIN(rest.n, 400);
    gsize first_line = base64_run_end((Span){rest.p, inside}, 20);
    if (first_line == 0)
        return FALSE;
    const char *dashes = end ? memmem(end + 8, rest.n - inside - 8, "-----", 5) : NULL;
    c->end += dashes ? (gsize)(dashes + 5 - rest.p) : first_line;
    return TRUE;
}

static guint classes_of(Span s)
{
    guint seen = 0;
    for (gsize i = 0; i < s.n; i++) {
        char c = s.p[i];
        seen |= g_ascii_isdigit(c) ? 1U : g_ascii_isupper(c) ? 2U : g_ascii_islower(c) ? 4U : 8U;
    }
    return seen;
}

static gboolean looks_like_placeholder(Span s)
{
    char first = s.p[0], last = s.p[s.n - 1];
    if (strchr("<[{$%(", first) && strchr(">]}%)", last))
        return TRUE;
    if (s.n > 1 && (memcmp(s.p, "${", 2) == 0 || memcmp(s.p, "{{", 2) == 0 || memcmp(s.p, "$(", 2) == 0))
        return TRUE;
    guint same = 1;
    for (gsize i = 1; i < s.n; i++)
        same += s.p[i] == first;
    return same == s.n;
}

/* A value that follows "password" in prose. It is one when it is no placeholder and is written as no word
 * is: it has a digit or a sign inside, or capitals behind small letters. */
gboolean check_password(Candidate *c)
{
    while (c->end - c->start > 4 && strchr(".,;:)\"'>]", c->text.p[c->end - 1]))
        c->end--;
    Span s = {c->text.p + c->start, c->end - c->start};
    if (s.n < 4 || looks_like_placeholder(s) || memmem(s.p, s.n, "://", 3))
        return FALSE;
    guint classes = classes_of(s);
    if (classes & 1)
        return TRUE;
    for (gsize i = 1; i < s.n; i++)
        if (g_ascii_isupper(s.p[i]) && g_ascii_islower(s.p[i - 1]))
            return TRUE;
    Span inside = {s.p + 1, s.n - 2};
    return s.n >= 6 && (classes_of(inside) & 8) && !memchr(s.p, '-', s.n) && !memchr(s.p, '\'', s.n) &&
           !memchr(s.p, '/', s.n) && (guint8)s.p[s.n / 2] < 0x80;
}

/* A value that stands after "password=" or in a URL, where only a value can stand. */
gboolean check_credential(Candidate *c)
{
    Span s = {c->text.p + c->start, c->end - c->start};
    return s.n >= 3 && !looks_like_placeholder(s);
}

/* Digits that open something: not 0000, and no year. */
gboolean check_pin(Candidate *c)
{
    Span s = {c->text.p + c->start, c->end - c->start};
    return s.n >= 4 && !looks_like_placeholder(s) &&
           !(s.n == 4 && (memcmp(s.p, "19", 2) == 0 || memcmp(s.p, "20", 2) == 0));
}

/* A random token: capitals and small letters, or letters and digits, and no repetition. */
gboolean check_token(Candidate *c)
{
    Span s = {c->text.p + c->start, c->end - c->start};
    guint classes = classes_of(s);
    gboolean mixed = (classes & 6) == 6 || ((classes & 1) && (classes & 6));
    return mixed && check_entropy(s) >= 2.5;
}
