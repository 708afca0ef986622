/* check_west.c - numbers that western and southern European states give to people, each by its published rule. */
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

/* NHS number, data dictionary "NHS NUMBER": weights 10 to 2, modulus 11. */
gboolean check_nhs(Candidate *c)
{
    static const guint8 weights[] = {10, 9, 8, 7, 6, 5, 4, 3, 2};
    if (!is_length(c, 10) || digits_same(c->plain))
        return FALSE;
    guint check = 11 - digits_weighted(c->plain, weights, 9) % 11;
    return (check == 11 ? 0 : check) == digit_at(c->plain, 9);
}

/* NINO, HMRC manual NIM39110: letters that are not used, prefixes that are not issued, suffix A to D. */
gboolean check_nino(Candidate *c)
{
    static const char *const never[] = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    if (!is_length(c, 9) || strchr("DFIQUV", c->plain.p[0]) || strchr("DFIOQUV", c->plain.p[1]))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(never); i++)
        if (memcmp(never[i], c->plain.p, 2) == 0)
            return FALSE;
    return c->plain.p[8] >= 'A' && c->plain.p[8] <= 'D' && digits_all((Span){c->plain.p + 2, 6});
}

/* BSN, the "11-proef": weights 9 to 2, the last -1. */
gboolean check_bsn(Candidate *c)
{
    static const guint8 weights[] = {9, 8, 7, 6, 5, 4, 3, 2};
    if (!is_length(c, 9) || digits_same(c->plain))
        return FALSE;
    guint sum = digits_weighted(c->plain, weights, 8);
    return sum % 11 == digit_at(c->plain, 8) % 11 && sum > 0;
}

/* Steuer-IdNr., BZSt: of the first ten digits one stands two or three times, no other twice; mod 11,10. */
gboolean check_steuer_id(Candidate *c)
{
    guint8 seen[10] = {0};
    if (!is_length(c, 11) || c->plain.p[0] == '0')
        return FALSE;
    for (gsize i = 0; i < 10; i++)
        seen[digit_at(c->plain, i)]++;
    guint repeated = 0;
    for (gsize i = 0; i < 10; i++) {
        if (seen[i] > 3)
            return FALSE;
        repeated += seen[i] > 1;
    }
    return repeated == 1 && digits_mod_11_10(c->plain);
}

/* The sum of the digits of each product, as German insurance numbers add them up. */
static guint cross_sum(const guint8 *digits, const guint8 *weights, gsize n)
{
    guint sum = 0;
    for (gsize i = 0; i < n; i++) {
        guint product = (guint)digits[i] * weights[i];
        sum += product / 10 + product % 10;
    }
    return sum;
}

/* Digits of `s` with its letter at `letter` as two digits (A = 01), as many as there is room for. */
static void spell_letter(Span s, gsize letter, guint8 *out, gsize room)
{
    const guint8 *end = out + room;
    for (gsize i = 0; i < s.n && end - out > (i == letter ? 1 : 0); i++) {
        guint number = i == letter ? (guint)(s.p[i] - 'A') + 1 : digit_at(s, i);
        if (i == letter)
            *out++ = (guint8)(number / 10);
        *out++ = (guint8)(number % 10);
    }
}

/* German pension insurance number, VKVV section 4: area, date of birth, letter, serial, check digit. */
gboolean check_rvnr(Candidate *c)
{
    static const guint8 weights[] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    guint8 digits[13] = {0};
    if (!is_length(c, 12) || !g_ascii_isupper(c->plain.p[8]))
        return FALSE;
    guint day = pair(c->plain, 2) % 50;
    if (!date_may_be(pair(c->plain, 6), pair(c->plain, 4), day))
        return FALSE;
    spell_letter(c->plain, 8, digits, sizeof digits);
    return cross_sum(digits, weights, 12) % 10 == digits[12];
}

/* German health insurance number, SGB V section 290: letter, eight digits, check digit. */
gboolean check_kvnr(Candidate *c)
{
    static const guint8 weights[] = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
    guint8 digits[11] = {0};
    if (!is_length(c, 10) || !g_ascii_isupper(c->plain.p[0]) || !digits_all((Span){c->plain.p + 1, 9}))
        return FALSE;
    spell_letter(c->plain, 0, digits, sizeof digits);
    return cross_sum(digits, weights, 10) % 10 == digits[10];
}

/* NIR, INSEE: sex, year, month, department (2A and 2B are Corsica), commune, order, key modulo 97. */
gboolean check_nir(Candidate *c)
{
    if (!is_length(c, 15) || !strchr("123478", c->plain.p[0]))
        return FALSE;
    char digits[15];
    memcpy(digits, c->plain.p, 15);
    guint subtract = 0;
    if (digits[6] == 'A' || digits[6] == 'B') {
        if (digits[5] != '2')
            return FALSE;
        subtract = digits[6] == 'A' ? 1000000 : 2000000;
        digits[6] = '0';
    }
    Span s = {digits, 15};
    if (!digits_all(s))
        return FALSE;
    guint month = pair(s, 3);
    if (month == 0 || (month > 12 && month < 20))
        return FALSE;
    return 97 - (digits_number(s, 0, 13) - subtract) % 97 == digits_number(s, 13, 2);
}

/* A digit, or the letter that stands for it where two people would have the same number. */
static guint omocodia(char c)
{
    const char *letters = "LMNPQRSTUV", *at = strchr(letters, c);
    return at ? (guint)(at - letters) : (guint)(c - '0');
}

/* Women's days count from 41. */
static gboolean is_birthday_it(Span s)
{
    guint day = omocodia(s.p[9]) * 10 + omocodia(s.p[10]);
    return (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
}

/* Codice fiscale, decree of 23 December 1976: odd positions by a table, even ones by their value, modulo 26. */
gboolean check_codice_fiscale(Candidate *c)
{
    static const guint8 odd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    if (!is_length(c, 16) || !strchr("ABCDEHLMPRST", c->plain.p[8]) || !is_birthday_it(c->plain))
        return FALSE;
    guint sum = 0;
    for (gsize i = 0; i < 15; i++) {
        char letter = c->plain.p[i];
        guint value = g_ascii_isdigit(letter) ? (guint)(letter - '0') : (guint)(letter - 'A');
        sum += i % 2 ? value : odd[value];
    }
    return (guint)(c->plain.p[15] - 'A') == sum % 26;
}

/* DNI and NIE: the number modulo 23 gives the letter; X, Y, Z begin a NIE as 0, 1, 2. */
gboolean check_dni(Candidate *c)
{
    if (!is_length(c, 9))
        return FALSE;
    char digits[8];
    memcpy(digits, c->plain.p, 8);
    if (digits[0] >= 'X' && digits[0] <= 'Z')
        digits[0] = (char)(digits[0] - 'X' + '0');
    Span s = {digits, 8};
    return digits_all(s) && !digits_same(s) &&
           c->plain.p[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[digits_number(s, 0, 8) % 23];
}

/* NIF of Portugal: weights 9 to 2, modulus 11; the first digit says what it is given to. */
gboolean check_nif_pt(Candidate *c)
{
    static const guint8 weights[] = {9, 8, 7, 6, 5, 4, 3, 2};
    if (!is_length(c, 9) || c->plain.p[0] == '0')
        return FALSE;
    guint rest = digits_weighted(c->plain, weights, 8) % 11;
    return digit_at(c->plain, 8) == (rest < 2 ? 0 : 11 - rest);
}

/* Belgian national number: date of birth, serial, 97 less the rest; born from 2000 on with a 2 before. */
gboolean check_national_number_be(Candidate *c)
{
    if (!is_length(c, 11))
        return FALSE;
    guint64 number = digits_number(c->plain, 0, 9);
    guint check = pair(c->plain, 9), month = pair(c->plain, 2) % 20;
    if (month > 12 || pair(c->plain, 4) > 31 || pair(c->plain, 2) > 52 || month == 0)
        return FALSE;
    return check == 97 - number % 97 || check == 97 - (number + 2000000000) % 97;
}

/* AHV number: 756, then the check digit of EAN-13. */
gboolean check_ahv(Candidate *c)
{
    static const guint8 weights[] = {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1};
    return is_length(c, 13) && memcmp(c->plain.p, "756", 3) == 0 &&
           digits_weighted(c->plain, weights, 13) % 10 == 0;
}

/* Austrian social insurance number: serial, check digit, date of birth. */
gboolean check_svnr_at(Candidate *c)
{
    static const guint8 weights[] = {3, 7, 9, 0, 5, 8, 4, 2, 1, 6};
    if (!is_length(c, 10) || c->plain.p[0] == '0' || pair(c->plain, 4) > 31 || pair(c->plain, 6) > 15)
        return FALSE;
    return digits_weighted(c->plain, weights, 10) % 11 == digit_at(c->plain, 3);
}

/* PPS number of Ireland: weights 8 to 2, the second letter by 9, modulus 23. */
gboolean check_pps(Candidate *c)
{
    static const guint8 weights[] = {8, 7, 6, 5, 4, 3, 2};
    if ((c->plain.n != 8 && c->plain.n != 9) || !digits_all((Span){c->plain.p, 7}))
        return FALSE;
    guint sum = digits_weighted(c->plain, weights, 7);
    if (c->plain.n == 9 && c->plain.p[8] != 'W' && c->plain.p[8] != 'T')
        sum += ((guint)(c->plain.p[8] - 'A') + 1) * 9;
    return c->plain.p[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23];
}
