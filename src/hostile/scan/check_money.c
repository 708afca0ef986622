/* check_money.c - numbers of cards, accounts and banks. */
#include "hostile/scan/check_families.h"

#include "hostile/scan/digits.h"

/* Issuer ranges by their first six digits, with the lengths that are issued: ISO/IEC 7812 and the
 * networks' public range tables. Bit n of `lengths` stands for n digits. */
typedef struct {
    guint32 first, last;
    guint32 lengths;
} IssuerRange;

#define LENGTH(n) (1U << (n))
static const IssuerRange issuers[] = {
    {300000, 305999, LENGTH(14) | LENGTH(16)},                           /* Diners Club         */
    {309500, 309599, LENGTH(14)},                                        /* Diners Club         */
    {340000, 349999, LENGTH(15)},                                        /* American Express    */
    {352800, 358999, LENGTH(16)},                                        /* JCB                 */
    {360000, 369999, LENGTH(14) | LENGTH(16)},                           /* Diners Club         */
    {370000, 379999, LENGTH(15)},                                        /* American Express    */
    {380000, 399999, LENGTH(14) | LENGTH(16)},                           /* Diners Club         */
    {400000, 499999, LENGTH(13) | LENGTH(16) | LENGTH(19)},              /* Visa                */
    {500000, 509999, LENGTH(16) | LENGTH(19)},                           /* Maestro, Elo, Verve */
    {510000, 559999, LENGTH(16)},                                        /* Mastercard          */
    {560000, 589999, LENGTH(16) | LENGTH(19)},                           /* Maestro             */
    {600000, 609999, LENGTH(16) | LENGTH(19)},                           /* RuPay, Discover     */
    {620000, 629999, LENGTH(16) | LENGTH(17) | LENGTH(18) | LENGTH(19)}, /* UnionPay */
    {636000, 639999, LENGTH(16) | LENGTH(19)},                           /* Maestro, Elo        */
    {644000, 659999, LENGTH(16) | LENGTH(19)},                           /* Discover, RuPay     */
    {670000, 679999, LENGTH(16) | LENGTH(19)},                           /* Maestro             */
    {222100, 272099, LENGTH(16)},                                        /* Mastercard          */
    {220000, 220499, LENGTH(16)},                                        /* Mir                 */
};

gboolean check_card(Candidate *c)
{
    if (c->plain.n < 13 || c->plain.n > 19 || digits_same(c->plain))
        return FALSE;
    guint prefix = (guint)digits_number(c->plain, 0, 6);
    for (gsize i = 0; i < G_N_ELEMENTS(issuers); i++)
        if (prefix >= issuers[i].first && prefix <= issuers[i].last)
            return (issuers[i].lengths & LENGTH(c->plain.n)) && digits_luhn(c->plain);
    return FALSE;
}

/* Country and length of the whole: the IBAN registry of ISO 13616. */
static const char iban_lengths[] =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18"
    "FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27"
    "MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27"
    "SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

static guint iban_length(const char *country)
{
    for (const char *entry = iban_lengths; *entry; entry += 4)
        if (memcmp(entry, country, 2) == 0)
            return (guint)(entry[2] - '0') * 10 + (guint)(entry[3] - '0');
    return 0;
}

/* The run may go on into the next word; the country says where the number ends. */
gboolean check_iban(Candidate *c)
{
    guint length = c->plain.n >= 15 ? iban_length(c->plain.p) : 0;
    if (length == 0 || c->plain.n < length)
        return FALSE;
    Span number = {c->plain.p, length};
    if (!g_ascii_isdigit(number.p[2]) || !g_ascii_isdigit(number.p[3]) || digits_mod_97(number, 4) != 1)
        return FALSE;
    guint seen = 0;
    gsize at = c->start;
    for (; at < c->end && seen < length; at++)
        if (g_ascii_isalnum(c->text.p[at]))
            seen++;
    gboolean ends = at >= c->text.n || !g_ascii_isalnum(c->text.p[at]);
    c->end = at;
    return ends;
}

/* ABA routing number: Federal Reserve district, then weights 3 7 1. */
gboolean check_aba(Candidate *c)
{
    static const guint8 weights[] = {3, 7, 1, 3, 7, 1, 3, 7, 1};
    if (c->plain.n != 9)
        return FALSE;
    guint district = (guint)digits_number(c->plain, 0, 2);
    gboolean known = (district >= 1 && district <= 12) || (district >= 21 && district <= 32) ||
                     (district >= 61 && district <= 72) || district == 80;
    return known && digits_weighted(c->plain, weights, 9) % 10 == 0;
}

/* ISO 9362: bank, a country of ISO 3166, place, perhaps branch. */
gboolean check_bic(Candidate *c)
{
    static const char countries[] =
        "ADAEAFAGAIALAMAOARATAUAWAZBABBBDBEBFBGBHBIBJBMBNBOBQBRBSBTBWBYBZCACDCFCGCH"
        "CICKCLCMCNCOCRCUCVCWCYCZDEDJDKDMDODZ"
        "ECEEEGERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUID"
        "IEILIMINIQIRISITJEJMJOJPKEKGKHKIKMKN"
        "KPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMHMKMLMMMNMOMQMRMSMTMUMVMWMXMY"
        "MZNANCNENGNINLNONPNRNZOMPAPEPFPGPHPK"
        "PLPMPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISKSLSMSNSOSRSSSTSVSXSYSZTCTDTGTH"
        "TJTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVE"
        "VGVIVNVUWFWSXKYEYTZAZMZW";
    if (c->plain.n != 8 && c->plain.n != 11)
        return FALSE;
    for (gsize i = 0; i < 6; i++)
        if (!g_ascii_isalpha(c->plain.p[i]))
            return FALSE;
    for (const char *country = countries; *country; country += 2)
        if (memcmp(country, c->plain.p + 4, 2) == 0)
            return TRUE;
    return FALSE;
}
