/* check_world.c - numbers that states outside Europe give to people. Each names the published rule. */
#include "hostile/scan/check_families.h"

#include "hostile/scan/digits.h"

static gboolean is_length(const Candidate *c, gsize n)
{
    return c->plain.n == n;
}

static guint number(const Candidate *c, gsize from, gsize n)
{
    return (guint)digits_number(c->plain, from, n);
}

/* SSN, SSA "SSN randomization": no area 000, 666 or 9xx, no group 00, no serial 0000; nor the one that was
 * printed on wallet inserts, or that advertisements used. */
gboolean check_ssn(Candidate *c)
{
    if (!is_length(c, 9) || digits_same(c->plain))
        return FALSE;
    guint area = number(c, 0, 3);
    if (area == 0 || area == 666 || area >= 900 || number(c, 3, 2) == 0 || number(c, 5, 4) == 0)
        return FALSE;
    guint whole = number(c, 0, 9);
    return whole != 78051120 && whole != 219099999 && whole != 123456789;
}

/* ITIN, IRS publication 1915: 9xx, and the groups that are issued. */
gboolean check_itin(Candidate *c)
{
    if (!is_length(c, 9) || c->plain.p[0] != '9')
        return FALSE;
    guint group = number(c, 3, 2);
    return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) ||
           (group >= 94 && group <= 99);
}

/* SIN of Canada: Luhn; nothing begins with 0 or 8. */
gboolean check_sin(Candidate *c)
{
    return is_length(c, 9) && c->plain.p[0] != '0' && c->plain.p[0] != '8' && digits_luhn(c->plain);
}

/* Medicare beneficiary identifier, CMS format: no S, L, O, I, B, Z. */
gboolean check_mbi(Candidate *c)
{
    for (gsize i = 0; i < c->plain.n; i++)
        if (strchr("SLOIBZ", c->plain.p[i]))
            return FALSE;
    return is_length(c, 11) && c->plain.p[0] != '0';
}

/* NPI, 45 CFR 162.406: Luhn over 80840 and the number. */
gboolean check_npi(Candidate *c)
{
    char digits[15] = "80840";
    if (!is_length(c, 10) || !strchr("12", c->plain.p[0]))
        return FALSE;
    memcpy(digits + 5, c->plain.p, 10);
    return digits_luhn((Span){digits, sizeof digits});
}

/* Aadhaar, UIDAI: twelve digits, the first from 2 on, no palindrome, Verhoeff. */
gboolean check_aadhaar(Candidate *c)
{
    if (!is_length(c, 12) || c->plain.p[0] < '2')
        return FALSE;
    gboolean palindrome = TRUE;
    for (gsize i = 0; i < 6; i++)
        palindrome = palindrome && c->plain.p[i] == c->plain.p[11 - i];
    return !palindrome && digits_verhoeff(c->plain);
}

/* PAN of India: the fourth letter says what kind of holder it is; the number is not 0000. */
gboolean check_pan(Candidate *c)
{
    return is_length(c, 10) && strchr("ABCFGHJLPT", c->plain.p[3]) && memcmp(c->plain.p + 5, "0000", 4) != 0;
}

/* One of Brazil's two modulo-11 check digits, which stands behind `n` digits. */
static gboolean brazil_digit(Span s, gsize n, guint longest)
{
    guint sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += digit_at(s, i) * (guint)(2 + (n - 1 - i) % (longest - 1));
    guint rest = sum % 11;
    return digit_at(s, n) == (rest < 2 ? 0 : 11 - rest);
}

/* CPF, Receita Federal. */
gboolean check_cpf(Candidate *c)
{
    return is_length(c, 11) && !digits_same(c->plain) && brazil_digit(c->plain, 9, 12) &&
           brazil_digit(c->plain, 10, 12);
}

/* CNPJ, Receita Federal, of digits alone. */
gboolean check_cnpj(Candidate *c)
{
    return is_length(c, 14) && !digits_same(c->plain) && brazil_digit(c->plain, 12, 9) &&
           brazil_digit(c->plain, 13, 9);
}

/* CURP, RENAPO: date of birth, sex, state, then a check digit over an alphabet of 37 (Ñ has its place). */
gboolean check_curp(Candidate *c)
{
    if (!is_length(c, 18) || !strchr("HMX", c->plain.p[10]) || !g_ascii_isdigit(c->plain.p[17]))
        return FALSE;
    Span date = {c->plain.p + 4, 6};
    if (!digits_all(date) || !date_may_be(number(c, 4, 2), number(c, 6, 2), number(c, 8, 2)))
        return FALSE;
    guint sum = 0;
    for (gsize i = 0; i < 17; i++) {
        char letter = c->plain.p[i];
        guint value = g_ascii_isdigit(letter) ? (guint)(letter - '0') : (guint)(letter - 'A') + 10;
        value += letter > 'N' ? 1 : 0;
        sum += value * (guint)(18 - i);
    }
    return (10 - sum % 10) % 10 == digit_at(c->plain, 17);
}

/* RUT of Chile: modulus 11 with weights 2 to 7, 10 written as K. */
gboolean check_rut(Candidate *c)
{
    if (c->plain.n < 8 || c->plain.n > 9 || !digits_all((Span){c->plain.p, c->plain.n - 1}))
        return FALSE;
    guint sum = 0;
    for (gsize i = 0; i + 1 < c->plain.n; i++)
        sum += digit_at(c->plain, c->plain.n - 2 - i) * (guint)(2 + i % 6);
    return c->plain.p[c->plain.n - 1] == "0K987654321"[sum % 11];
}

/* T.C. kimlik numarası: two check digits over odd and even places. */
gboolean check_tckn(Candidate *c)
{
    if (!is_length(c, 11) || c->plain.p[0] == '0')
        return FALSE;
    guint odd = 0, even = 0;
    for (gsize i = 0; i < 9; i++)
        *(i % 2 ? &even : &odd) += digit_at(c->plain, i);
    guint first = (odd * 7 + 90 - even) % 10;
    return first == digit_at(c->plain, 9) && (odd + even + first) % 10 == digit_at(c->plain, 10);
}

/* Resident identity number of China, GB 11643: date of birth, ISO 7064 mod 11-2. */
gboolean check_resident_id_cn(Candidate *c)
{
    static const guint8 weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (!is_length(c, 18) || !digits_all((Span){c->plain.p, 17}) || c->plain.p[0] == '0' ||
        c->plain.p[0] == '9')
        return FALSE;
    gboolean real = date_is_real(number(c, 6, 4), number(c, 10, 2), number(c, 12, 2));
    return real && c->plain.p[17] == "10X98765432"[digits_weighted(c->plain, weights, 17) % 11];
}

/* Resident registration number of Korea: date of birth, sex and century, modulus 11. */
gboolean check_rrn(Candidate *c)
{
    static const guint8 weights[] = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    if (!is_length(c, 13) || !date_may_be(number(c, 0, 2), number(c, 2, 2), number(c, 4, 2)) ||
        digit_at(c->plain, 6) == 0)
        return FALSE;
    return (11 - digits_weighted(c->plain, weights, 12) % 11) % 10 == digit_at(c->plain, 12);
}

/* NRIC and FIN of Singapore: the letter before says which letters may follow. */
gboolean check_nric(Candidate *c)
{
    static const guint8 weights[] = {2, 7, 6, 5, 4, 3, 2};
    if (!is_length(c, 9) || !digits_all((Span){c->plain.p + 1, 7}))
        return FALSE;
    guint sum = digits_weighted((Span){c->plain.p + 1, 7}, weights, 7);
    switch (c->plain.p[0]) {
    case 'S':
        return c->plain.p[8] == "JZIHGFEDCBA"[sum % 11];
    case 'T':
        return c->plain.p[8] == "JZIHGFEDCBA"[(sum + 4) % 11];
    case 'F':
        return c->plain.p[8] == "XWUTRQPNMLK"[sum % 11];
    case 'G':
        return c->plain.p[8] == "XWUTRQPNMLK"[(sum + 4) % 11];
    case 'M':
        return c->plain.p[8] == "XWUTRQPNJLK"[(sum + 3) % 11];
    default:
        return FALSE;
    }
}

/* TFN of Australia, nine digits, modulus 11. */
gboolean check_tfn(Candidate *c)
{
    static const guint8 weights[] = {1, 4, 3, 7, 5, 8, 6, 9, 10};
    return is_length(c, 9) && !digits_same(c->plain) && digits_weighted(c->plain, weights, 9) % 11 == 0;
}

/* Medicare number of Australia: begins with 2 to 6, ninth digit checks the first eight. */
gboolean check_medicare_au(Candidate *c)
{
    static const guint8 weights[] = {1, 3, 7, 9, 1, 3, 7, 9};
    if ((c->plain.n != 10 && c->plain.n != 11) || c->plain.p[0] < '2' || c->plain.p[0] > '6')
        return FALSE;
    return digits_weighted(c->plain, weights, 8) % 10 == digit_at(c->plain, 8);
}

/* Identity number of South Africa: date of birth, citizenship 0, 1 or 2, Luhn. */
gboolean check_id_za(Candidate *c)
{
    gboolean dated = is_length(c, 13) && date_may_be(number(c, 0, 2), number(c, 2, 2), number(c, 4, 2));
    return dated && c->plain.p[10] <= '2' && digits_luhn(c->plain);
}

/* Identity number of Israel: nine digits, Luhn. */
gboolean check_id_il(Candidate *c)
{
    return is_length(c, 9) && !digits_same(c->plain) && digits_luhn(c->plain);
}

/* INN of Russia, people's twelve digits: two check digits modulo 11 modulo 10. */
gboolean check_inn(Candidate *c)
{
    static const guint8 first[] = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8},
                        second[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    return is_length(c, 12) && digits_weighted(c->plain, first, 10) % 11 % 10 == digit_at(c->plain, 10) &&
           digits_weighted(c->plain, second, 11) % 11 % 10 == digit_at(c->plain, 11);
}

/* SNILS of Russia: weights 9 to 1, modulus 101. */
gboolean check_snils(Candidate *c)
{
    static const guint8 weights[] = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    return is_length(c, 11) && !digits_same((Span){c->plain.p, 9}) &&
           digits_weighted(c->plain, weights, 9) % 101 % 100 == number(c, 9, 2);
}
