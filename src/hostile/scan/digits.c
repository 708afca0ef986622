/* digits.c - sums over digits, of which check digits are made. */
#include "hostile/scan/digits.h"

gboolean digits_all(Span s)
{
    for (gsize i = 0; i < s.n; i++)
        if (!g_ascii_isdigit(s.p[i]))
            return FALSE;
    return s.n > 0;
}

gboolean digits_same(Span s)
{
    for (gsize i = 1; i < s.n; i++)
        if (s.p[i] != s.p[0])
            return FALSE;
    return TRUE;
}

guint64 digits_number(Span s, gsize from, gsize n)
{
    guint64 number = 0;
    for (gsize i = from; i < from + n; i++)
        number = number * 10 + digit_at(s, i);
    return number;
}

guint digits_weighted(Span s, const guint8 *weights, gsize n)
{
    guint sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += digit_at(s, i) * weights[i];
    return sum;
}

gboolean digits_luhn(Span s)
{
    guint sum = 0;
    for (gsize i = 0; i < s.n; i++) {
        guint digit = digit_at(s, s.n - 1 - i) << (i & 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return s.n > 1 && sum % 10 == 0;
}

gboolean digits_mod_11_10(Span s)
{
    guint product = 10;
    for (gsize i = 0; i + 1 < s.n; i++) {
        guint sum = (digit_at(s, i) + product) % 10;
        product = (sum ? sum : 10) * 2 % 11;
    }
    return s.n > 1 && (product + digit_at(s, s.n - 1)) % 10 == 1;
}

gboolean digits_verhoeff(Span s)
{
    static const guint8 multiply[10][10] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7}, {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3}, {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
    };
    static const guint8 permute[8][10] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
        {8, 9, 1, 6, 0, 4, 3, 5, 2, 7}, {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8},
    };
    guint state = 0;
    for (gsize i = 0; i < s.n; i++)
        state = multiply[state][permute[i % 8][digit_at(s, s.n - 1 - i)]];
    return s.n > 1 && state == 0;
}

guint digits_mod_97(Span s, gsize from)
{
    guint rest = 0;
    for (gsize i = 0; i < s.n; i++) {
        char c = s.p[(i + from) % s.n];
        rest = g_ascii_isdigit(c) ? rest * 10 + (guint)(c - '0') : rest * 100 + (guint)(c - 'A') + 10;
        rest %= 97;
    }
    return rest;
}

gboolean date_is_real(guint year, guint month, guint day)
{
    static const guint8 days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1800 || year > 2099 || month < 1 || month > 12 || day < 1)
        return FALSE;
    gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (leap && month == 2 ? 1U : 0U);
}

gboolean date_may_be(guint year_of_century, guint month, guint day)
{
    return date_is_real(1900 + year_of_century, month, day) ||
           date_is_real(2000 + year_of_century, month, day);
}
