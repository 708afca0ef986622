/* check_east.c - numbers that northern and eastern European states give to people, each by its published rule. */
#include "hostile/scan/check_families.h"

#include "hostile/scan/digits.h"

static gboolean is_length(const Candidate *c, gsize n)
{
    return c->plain.n == n;
}

static guint pair(Span s, gsize at)
{
    return digit_at(s, at) * 10 + digit_at(s, at + 1);
}

/* PESEL: date of birth with the century in the month, weights 1 3 7 9. */
gboolean check_pesel(Candidate *c)
{
    static const guint8 weights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    static const guint16 centuries[] = {1900, 2000, 2100, 2200, 1800};
    if (!is_length(c, 11))
        return FALSE;
    guint month = pair(c->plain, 2);
    if (!date_is_real(centuries[month / 20] + pair(c->plain, 0), month % 20, pair(c->plain, 4)))
        return FALSE;
    return (digits_weighted(c->plain, weights, 10) + digit_at(c->plain, 10)) % 10 == 0;
}

/* Personnummer: date of birth (a co-ordination number adds 60 to the day), Luhn over the last ten digits. */
gboolean check_personnummer(Candidate *c)
{
    if (c->plain.n != 10 && c->plain.n != 12)
        return FALSE;
    Span s = {c->plain.p + c->plain.n - 10, 10};
    guint day = pair(s, 4);
    return date_may_be(pair(s, 0), pair(s, 2), day > 60 ? day - 60 : day) && digits_luhn(s);
}

/* CPR number: date of birth; the modulus-11 check has not been kept since 2007. */
gboolean check_cpr(Candidate *c)
{
    return is_length(c, 10) && date_may_be(pair(c->plain, 4), pair(c->plain, 2), pair(c->plain, 0));
}

/* Fødselsnummer: date of birth (a D-number adds 40 to the day), two check digits modulo 11. */
gboolean check_fodselsnummer(Candidate *c)
{
    static const guint8 first[] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1},
                        second[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    if (!is_length(c, 11))
        return FALSE;
    guint day = pair(c->plain, 0), month = pair(c->plain, 2) % 40;
    if (!date_may_be(pair(c->plain, 4), month, day > 40 ? day - 40 : day))
        return FALSE;
    return digits_weighted(c->plain, first, 10) % 11 == 0 && digits_weighted(c->plain, second, 11) % 11 == 0;
}

/* Henkilötunnus: date of birth, a sign for the century (gone from the normalised value when '-' or '+'),
 * serial, and a character for the number modulo 31. */
gboolean check_hetu(Candidate *c)
{
    if (c->plain.n != 10 && c->plain.n != 11)
        return FALSE;
    char digits[9];
    memcpy(digits, c->plain.p, 6);
    memcpy(digits + 6, c->plain.p + c->plain.n - 4, 3);
    Span s = {digits, 9};
    if (!digits_all(s) || (c->plain.n == 11 && !strchr("ABCDEFUVWXY", c->plain.p[6])))
        return FALSE;
    gboolean real = date_may_be(pair(s, 4), pair(s, 2), pair(s, 0)) && digits_number(s, 6, 3) >= 2;
    return real &&
           c->plain.p[c->plain.n - 1] == "0123456789ABCDEFHJKLMNPRSTUVWXY"[digits_number(s, 0, 9) % 31];
}

/* Rodné číslo (Czech, Slovak) of ten digits: date of birth with marks in the month, divisible by 11. */
gboolean check_rodne_cislo(Candidate *c)
{
    if (!is_length(c, 10))
        return FALSE;
    guint month = pair(c->plain, 2) % 50;
    if (!date_may_be(pair(c->plain, 0), month > 20 ? month - 20 : month, pair(c->plain, 4)))
        return FALSE;
    return digits_number(c->plain, 0, 9) % 11 % 10 == digit_at(c->plain, 9);
}

/* CNP of Romania: sex and century, date of birth, county, serial, weights 279146358279. */
gboolean check_cnp(Candidate *c)
{
    static const guint8 weights[] = {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9};
    if (!is_length(c, 13) || c->plain.p[0] == '0' ||
        !date_may_be(pair(c->plain, 1), pair(c->plain, 3), pair(c->plain, 5)))
        return FALSE;
    guint rest = digits_weighted(c->plain, weights, 12) % 11;
    return digit_at(c->plain, 12) == (rest == 10 ? 1 : rest);
}

/* EGN of Bulgaria: date of birth with the century in the month, modulus 11. */
gboolean check_egn(Candidate *c)
{
    static const guint8 weights[] = {2, 4, 8, 5, 10, 9, 7, 3, 6};
    if (!is_length(c, 10) || !date_may_be(pair(c->plain, 0), pair(c->plain, 2) % 20, pair(c->plain, 4)))
        return FALSE;
    return digits_weighted(c->plain, weights, 9) % 11 % 10 == digit_at(c->plain, 9);
}

/* OIB of Croatia: ISO 7064 mod 11,10. */
gboolean check_oib(Candidate *c)
{
    return is_length(c, 11) && digits_mod_11_10(c->plain);
}

/* AMKA of Greece: date of birth, serial, Luhn. */
gboolean check_amka(Candidate *c)
{
    return is_length(c, 11) && date_may_be(pair(c->plain, 4), pair(c->plain, 2), pair(c->plain, 0)) &&
           digits_luhn(c->plain);
}
