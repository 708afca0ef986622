/* value.c - what becomes of a value that was found: its normalised form, its mask, its fingerprint. */
#include "hostile/scan/value.h"

#include "nouns/fingerprint.h"

#define DOTS "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2" /* four bullets */

Normalisation normalisation_of(const Type *type)
{
    switch (type->normalise[0]) {
    case 'd':
        return NORMALISE_DIGITS;
    case 'a':
        return NORMALISE_ALNUM_UPPER;
    case 'l':
        return NORMALISE_LOWER;
    default:
        return NORMALISE_EXACT;
    }
}

gsize value_normalise(Normalisation how, Span value, char *out)
{
    gsize n = 0;
    for (gsize i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (how == NORMALISE_DIGITS && !g_ascii_isdigit(c))
            continue;
        if (how == NORMALISE_ALNUM_UPPER && !g_ascii_isalnum(c))
            continue;
        out[n++] = how == NORMALISE_ALNUM_UPPER ? g_ascii_toupper(c)
                   : how == NORMALISE_LOWER     ? ascii_lower(c)
                                                : c;
    }
    return n;
}

static gsize characters(Span s)
{
    gsize n = 0;
    for (gsize i = 0; i < s.n; i++)
        n += ((guint8)s.p[i] & 0xc0) != 0x80;
    return n;
}

/* The last four, when the value is long enough, ASCII at its end, and they are no secret's. */
static Span last_four(const Type *type, Span plain)
{
    if (type->mask != MASK_LAST4 || characters(plain) < MASK_LEAST_CHARACTERS)
        return SPAN_NONE;
    Span last = {plain.p + plain.n - MASK_SHOWN, MASK_SHOWN};
    for (gsize i = 0; i < last.n; i++)
        if (!g_ascii_isgraph(last.p[i]))
            return SPAN_NONE;
    return last;
}

/* The domain of a mail address, '@' included. */
static Span domain(const Type *type, Span value)
{
    const char *at = type->mask == MASK_DOMAIN ? memrchr(value.p, '@', value.n) : NULL;
    return at ? (Span){at, (gsize)(value.p + value.n - at)} : SPAN_NONE;
}

gsize value_mask(const Type *type, Span value, Span plain, char out[MASK_MAX_BYTES])
{
    Span shown = domain(type, value), last = last_four(type, plain);
    gsize n = sizeof DOTS - 1;
    memcpy(out, DOTS, n);
    if (last.p)
        out[n++] = ' ';
    shown = last.p ? last : shown;
    if (shown.p && n + shown.n <= MASK_MAX_BYTES) {
        memcpy(out + n, shown.p, shown.n);
        n += shown.n;
    }
    return n;
}

void value_fingerprint(const guint8 key[32], const Type *type, Span plain, guint8 out[16])
{
    fingerprint_value(key, type->id, plain, out);
}
