/* check_things.c - addresses, telephones, days, vehicles and devices. */
#include "hostile/scan/check_families.h"

#include "hostile/scan/digits.h"

/* The number that begins at *at, up to 9999; *at moves behind it. */
static guint take_number(const Candidate *c, gsize *at)
{
    guint value = 0;
    for (; *at < c->end && g_ascii_isdigit(c->text.p[*at]); ++*at)
        value = MIN(value * 10 + (guint)(c->text.p[*at] - '0'), 9999);
    return value;
}

/* An IPv4 address that can be somebody's on the Internet (RFC 6890 says which cannot), except that the ranges
 * for documentation pass: examples must be recognised too. */
gboolean check_ipv4(Candidate *c)
{
    guint part[4];
    gsize at = c->start;
    for (guint i = 0; i < 4; i++, at++) {
        if (c->text.p[at] == '0' && at + 1 < c->end && g_ascii_isdigit(c->text.p[at + 1]))
            return FALSE;
        part[i] = take_number(c, &at);
        if (part[i] > 255)
            return FALSE;
    }
    gboolean private = part[0] == 10 || (part[0] == 172 && part[1] >= 16 && part[1] < 32) ||
                       (part[0] == 192 && part[1] == 168) ||
                       (part[0] == 100 && part[1] >= 64 && part[1] < 128);
    gboolean special = part[0] == 0 || part[0] == 127 || part[0] >= 224 || (part[0] == 169 && part[1] == 254);
    gboolean version = part[0] < 10 && part[1] < 10 && part[2] < 10;
    return !private && !special && !version;
}

/* A global unicast address, RFC 4291: 2000::/3, eight groups, or fewer about one "::". */
gboolean check_ipv6(Candidate *c)
{
    Span s = {c->text.p + c->start, c->end - c->start};
    guint groups = 0, gaps = 0, width = 0;
    for (gsize i = 0; i < s.n; i++) {
        width = s.p[i] == ':' ? 0 : width + 1;
        groups += width == 1;
        gaps += s.p[i] == ':' && i > 0 && s.p[i - 1] == ':';
        if (width > 4)
            return FALSE;
    }
    gboolean global = (s.p[0] == '2' || s.p[0] == '3') && s.n > 4 && s.p[4] == ':';
    return global && ((groups == 8 && gaps == 0) || (gaps == 1 && groups >= 3 && groups < 8));
}

/* A mail address whose last label is one that mail uses: two letters are a country; of the long ones those that
 * are in common use, and the reserved ones of RFC 2606. Content ids and file names end otherwise. */
gboolean check_email(Candidate *c)
{
    static const char known[] =
        " com net org edu gov mil int info biz name pro aero coop museum jobs mobi travel asia cat tel post "
        "arpa "
        "example test invalid app dev cloud online site shop store tech blog email agency company group "
        "media "
        "digital solutions services consulting systems network works world life live care health clinic "
        "legal law "
        "bank insurance finance capital holdings international global berlin hamburg koeln wien zuerich "
        "london paris "
        "nyc tokyo swiss bayern nrw tirol brussels vlaanderen amsterdam scot wales eus gal bzh quebec africa "
        "club team space website host press academy school university institute foundation church center "
        "expert "
        "energy engineering construction industries estate house properties hotel restaurant software "
        "support "
        "technology ventures partners management marketing studio design photography top xyz icu vip work ";
    gsize dot = c->end;
    while (dot > c->start && c->text.p[dot - 1] != '.')
        dot--;
    char label[32] = " ";
    gsize n = c->end - dot;
    if (n < 2 || n > sizeof label - 3)
        return FALSE;
    for (gsize i = 0; i < n; i++)
        label[1 + i] = ascii_lower(c->text.p[dot + i]);
    label[1 + n] = ' ';
    gboolean letters = g_ascii_isalpha(label[1]) && g_ascii_isalpha(label[2]);
    return (n == 2 && letters) || strncmp(label + 1, "xn--", 4) == 0 || strstr(known, label);
}

/* A day, written year first or year last; day and month in either order. */
gboolean check_date(Candidate *c)
{
    guint part[3];
    gsize at = c->start;
    for (guint i = 0; i < 3; i++, at++)
        part[i] = take_number(c, &at);
    if (part[0] > 31)
        return part[0] >= 1900 && date_is_real(part[0], part[1], part[2]);
    return part[2] >= 1900 &&
           (date_is_real(part[2], part[1], part[0]) || date_is_real(part[2], part[0], part[1]));
}

/* E.164: a country code that is assigned, and 8 to 15 digits in all. */
gboolean check_phone_international(Candidate *c)
{
    static const char one_or_two[] =
        " 1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
        "64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    static const char three_begin[] = "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99 ";
    Span s = c->plain;
    if (s.n > 2 && s.p[0] == '0' && s.p[1] == '0')
        s = (Span){s.p + 2, s.n - 2};
    if (s.n < 8 || s.n > 15 || s.p[0] == '0')
        return FALSE;
    char two[] = {' ', s.p[0], s.p[1], ' ', 0}, one[] = {' ', s.p[0], ' ', 0},
         begin[] = {s.p[0], s.p[1], ' ', 0};
    if (strstr(one_or_two, one))
        return s.n == 11 && (s.p[0] != '1' || (s.p[1] >= '2' && s.p[4] >= '2'));
    return strstr(one_or_two, two) || strstr(three_begin, begin);
}

/* North American numbering plan: area and exchange begin with 2 to 9, area's middle is no 9. The exchange 555
 * is kept: it stands in examples. */
gboolean check_phone_us(Candidate *c)
{
    return c->plain.n == 10 && c->plain.p[0] >= '2' && c->plain.p[1] != '9' && c->plain.p[3] >= '2' &&
           !digits_same(c->plain);
}

/* A national number with its trunk 0: 7 to 12 digits. */
gboolean check_phone_national(Candidate *c)
{
    return c->plain.n >= 7 && c->plain.n <= 12 && c->plain.p[0] == '0' && c->plain.p[1] != '0';
}

static gboolean vin_letters(const Candidate *c)
{
    guint digits = 0;
    for (gsize i = 0; i < c->plain.n; i++) {
        if (strchr("IOQ", c->plain.p[i]))
            return FALSE;
        digits += g_ascii_isdigit(c->plain.p[i]) ? 1 : 0;
    }
    return c->plain.n == 17 && digits >= 5 && digits < 17 && digits_all((Span){c->plain.p + 13, 4});
}

/* VIN, ISO 3779: no I, O, Q, the last four digits; for where the check digit is not used. */
gboolean check_vin_form(Candidate *c)
{
    return vin_letters(c);
}

/* VIN with the check digit of 49 CFR 565.15 in the ninth place. */
gboolean check_vin(Candidate *c)
{
    static const guint8 weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    static const guint8 letters[] = {1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4,
                                     5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9};
    if (!vin_letters(c))
        return FALSE;
    guint sum = 0;
    for (gsize i = 0; i < 17; i++) {
        char letter = c->plain.p[i];
        sum += weights[i] * (g_ascii_isdigit(letter) ? (guint)(letter - '0') : letters[letter - 'A']);
    }
    return c->plain.p[8] == "0123456789X"[sum % 11];
}

/* IMEI, 3GPP TS 23.003: fifteen digits, Luhn. */
gboolean check_imei(Candidate *c)
{
    return c->plain.n == 15 && !digits_same(c->plain) && digits_luhn(c->plain);
}

/* Any number with Luhn's check digit. */
gboolean check_luhn(Candidate *c)
{
    return digits_all(c->plain) && !digits_same(c->plain) && digits_luhn(c->plain);
}

/* Neither one digit throughout nor a run such as 1234567 or 9876543. */
gboolean check_not_trivial(Candidate *c)
{
    guint up = 0, down = 0;
    for (gsize i = 1; i < c->plain.n; i++) {
        up += c->plain.p[i] == c->plain.p[i - 1] + 1;
        down += c->plain.p[i] == c->plain.p[i - 1] - 1;
    }
    return !digits_same(c->plain) && up + 1 < c->plain.n && down + 1 < c->plain.n;
}

/* The same, and a digit among it: for document numbers, so that no word passes. */
gboolean check_has_digits(Candidate *c)
{
    guint digits = 0;
    for (gsize i = 0; i < c->plain.n; i++)
        digits += g_ascii_isdigit(c->plain.p[i]) ? 1 : 0;
    return digits >= 4 && check_not_trivial(c);
}
