/* shape_named.c - the shapes that no template can say. */
#include "hostile/scan/shape_named.h"

#include "hostile/scan/template.h"

#define LONGEST_LOCAL 64   /* RFC 5321, 4.5.3.1.1 */
#define LONGEST_DOMAIN 253 /* RFC 1035, as text   */
#define LONGEST_IPV6 39
#define LONGEST_IBAN 34
#define LONGEST_PHONE 15

static gboolean is_local(char c)
{
    return g_ascii_isalnum(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '%' || c == '\'' ||
           c == '=';
}

static gsize local_start(Span text, gsize at)
{
    gsize start = at;
    while (start > 0 && at - start <= LONGEST_LOCAL && is_local(text.p[start - 1]))
        start--;
    while (start < at && !g_ascii_isalnum(text.p[start]) && text.p[start] != '_')
        start++;
    return start;
}

static gsize domain_end(Span text, gsize at)
{
    gsize end = at + 1, limit = MIN(text.n, at + 1 + LONGEST_DOMAIN);
    while (end < limit && (g_ascii_isalnum(text.p[end]) || text.p[end] == '-' || text.p[end] == '.')) {
        if (text.p[end] == '.' && (text.p[end - 1] == '.' || text.p[end - 1] == '@'))
            break;
        end++;
    }
    while (end > at + 1 && !g_ascii_isalnum(text.p[end - 1]))
        end--;
    return end;
}

gboolean shape_email(Span text, gsize at, gsize *start, gsize *end)
{
    if (at == 0 || at + 4 >= text.n || !is_local(text.p[at - 1]) || text.p[at - 1] == '.' ||
        !g_ascii_isalnum(text.p[at + 1]))
        return FALSE;
    *start = local_start(text, at);
    *end = domain_end(text, at);
    return *start < at && at - *start <= LONGEST_LOCAL && *end > at + 3 &&
           memchr(text.p + at, '.', *end - at);
}

static gboolean is_hex_or_colon(char c)
{
    return g_ascii_isxdigit(c) || c == ':';
}

gboolean shape_ipv6(Span text, gsize at, gsize *start, gsize *end)
{
    gsize from = at, to = at + 1;
    for (; from > 0 && at - from <= 4 && is_hex_or_colon(text.p[from - 1]); from--)
        if (text.p[from - 1] == ':')
            return FALSE;
    while (to < text.n && to - from <= LONGEST_IPV6 && is_hex_or_colon(text.p[to]))
        to++;
    while (to > at + 1 && text.p[to - 1] == ':' && text.p[to - 2] != ':')
        to--;
    *start = from;
    *end = to;
    return at - from == 4 && to - from >= 8 && to - from <= LONGEST_IPV6 && stands_alone(text, from, to);
}

/* Where it ends is only known to the check, by the country. */
gboolean shape_iban(Span text, gsize at, gsize *start, gsize *end)
{
    if (at < 2 || !g_ascii_isupper(text.p[at - 1]) || !g_ascii_isupper(text.p[at - 2]))
        return FALSE;
    gsize seen = 2, to = at;
    for (gsize i = at; i < text.n && seen < LONGEST_IBAN;) {
        gsize gap = i == at ? 0 : separator_at(text, i);
        i += gap;
        if (i >= text.n || !(g_ascii_isdigit(text.p[i]) || g_ascii_isupper(text.p[i])))
            break;
        to = ++i;
        seen++;
    }
    *start = at - 2;
    *end = to;
    return seen >= 15 && (*start == 0 || !g_ascii_isalnum(text.p[*start - 1]));
}

/* The bytes between two groups of a telephone number: a separator, brackets, or both; 3 bytes at most. */
static gsize phone_gap(Span text, gsize at)
{
    gsize i = at;
    while (i < text.n && i - at < 3 && (text.p[i] == '(' || text.p[i] == ')' || separator_at(text, i)))
        i += MAX(separator_at(text, i), 1);
    return i - at;
}

/* Where the number that begins with the digit at `at` ends; *digits says how many it has. */
static gsize phone_end(Span text, gsize at, guint *digits)
{
    gsize end = at;
    *digits = 0;
    for (gsize i = at; i < text.n && *digits <= LONGEST_PHONE;) {
        if (g_ascii_isdigit(text.p[i])) {
            ++*digits;
            end = ++i;
            continue;
        }
        gsize gap = phone_gap(text, i);
        if (gap == 0 || i + gap >= text.n || !g_ascii_isdigit(text.p[i + gap]))
            break;
        i += gap;
    }
    return end;
}

gboolean shape_phone_international(Span text, gsize at, gsize *start, gsize *end)
{
    gboolean plus = at > 0 && text.p[at - 1] == '+';
    gboolean zeros = text.p[at] == '0' && at + 1 < text.n && text.p[at + 1] == '0';
    if (!plus && !zeros)
        return FALSE;
    guint digits;
    *start = plus ? at - 1 : at;
    *end = phone_end(text, at, &digits);
    return digits >= 8 && digits <= LONGEST_PHONE + (zeros ? 2 : 0) && stands_alone(text, *start, *end);
}

gboolean shape_phone_national(Span text, gsize at, gsize *start, gsize *end)
{
    if (text.p[at] != '0')
        return FALSE;
    guint digits;
    *start = at > 0 && text.p[at - 1] == '(' ? at - 1 : at;
    *end = phone_end(text, at, &digits);
    return digits >= 7 && digits <= 12 && stands_alone(text, *start, *end);
}
