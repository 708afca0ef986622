/* digits.h - sums over digits, of which check digits are made. Positions count from 0.
 *
 * All take a Span of ASCII digits unless said otherwise; "plain" spans come from normalisation and hold
 * nothing else. */
#pragma once
#include "lib/span.h"

static inline guint digit_at(Span s, gsize i)
{
    return (guint)(s.p[i] - '0');
}

gboolean digits_all(Span s);
/* One and the same character throughout, as in 111111111. */
gboolean digits_same(Span s);
/* The number in [from, from + n), n at most 18. */
guint64 digits_number(Span s, gsize from, gsize n);
/* Sum of digit times weight over the first `n` digits. */
guint digits_weighted(Span s, const guint8 *weights, gsize n);

/* Luhn, ISO/IEC 7812-1 annex B. */
gboolean digits_luhn(Span s);
/* ISO 7064 mod 11,10 over the whole, check digit last. */
gboolean digits_mod_11_10(Span s);
/* Verhoeff's dihedral check, check digit last. */
gboolean digits_verhoeff(Span s);
/* ISO 7064 mod 97-10 of letters and digits (A = 10 … Z = 35), beginning at `from` and going round. */
guint digits_mod_97(Span s, gsize from);

/* A day that the Gregorian calendar has; the year from 1800 to 2099. */
gboolean date_is_real(guint year, guint month, guint day);
/* The same when the century is not known. */
gboolean date_may_be(guint year_of_century, guint month, guint day);
