/* prose.c - made-up office prose, in Latin-1, with planted items that a scanner should find. */
#include "prose.h"

#include <string.h>

static const char *const words[] = {
    "the",
    "of",
    "and",
    "to",
    "we",
    "a",
    "in",
    "that",
    "for",
    "with",
    "on",
    "as",
    "you",
    "this",
    "be",
    "it",
    "please",
    "order",
    "invoice",
    "delivery",
    "meeting",
    "contract",
    "team",
    "customer",
    "project",
    "report",
    "budget",
    "quarter",
    "system",
    "server",
    "update",
    "review",
    "next",
    "week",
    "attached",
    "draft",
    "final",
    "version",
    "payment",
    "account",
    "request",
    "change",
    "approved",
    "pending",
    "office",
    "contact",
    "number",
    "details",
    "regards",
    "thanks",
    "question",
    "answer",
    "support",
    "ticket",
    "release",
    "schedule",
    "supplier",
    "machine",
    "warehouse",
    "pallet",
    "transport",
    "customs",
    "signed",
    "between",
    "because",
    "however",
    "already",
    "without",
    "tomorrow",
    "yesterday",
    "morning",
    "colleague",
    "caf\xe9",
    "M\xfcller",
    "d\xe9j\xe0",
    "se\xf1or",
    "gar\xe7on",
    "M\xfcnster",
    "\xe5rsrapport",
    "na\xefve",
    "r\xe9sum\xe9",
};
static const char *const first_names[] = {"Anna",  "Bel\xe9n", "Carl", "Dora",    "Emil",  "Fatima",
                                          "Georg", "Hana",     "Ivo",  "Jos\xe9", "Karin", "Liam",
                                          "Maja",  "Nils",     "Olga", "Piotr"};
static const char *const last_names[] = {"Adler",  "B\xe4r", "Costa",  "Dunn",   "Eriksen",  "Fischer",
                                         "Gomez",  "Haddad", "Ito",    "Jansen", "Sz\xfcts", "Larsen",
                                         "Moreau", "Novak",  "Okafor", "Pereira"};
static const char letters[] = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

static void append_letters(GString *out, Dice *dice, guint n)
{
    for (guint i = 0; i < n; i++)
        g_string_append_c(out, letters[dice_below(dice, sizeof letters - 1)]);
}

static void append_digits(GString *out, Dice *dice, guint n)
{
    for (guint i = 0; i < n; i++)
        g_string_append_c(out, (char)('0' + dice_below(dice, 10)));
}

/* The digit that makes digits[0..n) followed by it pass Luhn. */
static char luhn_digit(const char *digits, guint n)
{
    guint sum = 0;
    for (guint i = 0; i < n; i++) {
        guint digit = (guint)(digits[n - 1 - i] - '0');
        if (i % 2 == 0)
            digit = digit > 4 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

static void append_card(GString *out, Dice *dice)
{
    gsize start = out->len;
    g_string_append(out, "400000");
    append_digits(out, dice, 9);
    g_string_append_c(out, luhn_digit(out->str + start, 15));
}

/* A German IBAN of a bank that does not exist: the country code as digits, D=13 E=14, goes behind the account. */
static void append_iban(GString *out, Dice *dice)
{
    char account[19];
    guint rest = 0;
    for (guint i = 0; i < 18; i++)
        account[i] = (char)('0' + (i < 8 ? 0 : dice_below(dice, 10)));
    account[18] = '\0';
    for (const char *c = account; *c; c++)
        rest = (rest * 10 + (guint)(*c - '0')) % 97;
    for (const char *c = "131400"; *c; c++)
        rest = (rest * 10 + (guint)(*c - '0')) % 97;
    g_string_append_printf(out, "DE%02u%s", 98 - rest, account);
}

void prose_plant(GString *out, Dice *dice)
{
    switch (dice_below(dice, 8)) {
    case 0:
        g_string_append(out, "the password is ");
        append_letters(out, dice, 12);
        break;
    case 1:
        g_string_append(out, "card number ");
        append_card(out, dice);
        break;
    case 2:
        g_string_append(out, "IBAN ");
        append_iban(out, dice);
        break;
    case 3:
        g_string_append(out, "AK"
                             "IA");
        for (guint i = 0; i < 16; i++)
            g_string_append_c(out, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[dice_below(dice, 32)]);
        break;
    case 4:
        g_string_append_printf(out, "call +1 202 555 01%02u", dice_below(dice, 100));
        break;
    case 5:
        g_string_append_printf(out, "server 192.0.2.%u", dice_below(dice, 256));
        break;
    case 6:
        g_string_append_printf(out, "SSN %03u-%02u-%04u", 100 + dice_below(dice, 500),
                               1 + dice_below(dice, 99), 1 + dice_below(dice, 9998));
        break;
    default:
        prose_address(out, dice_below(dice, 4096));
    }
}

void prose_append(GString *out, Dice *dice, gsize length, guint sparse)
{
    gsize end = out->len + length, line = out->len;
    while (out->len < end) {
        const char *word = words[dice_below(dice, G_N_ELEMENTS(words))];
        g_string_append(out, word);
        if (out->len - line < 66) {
            g_string_append_c(out, ' ');
            continue;
        }
        g_string_append_c(out, '\n');
        if (dice_permille(dice, 120))
            g_string_append(out, "\n");
        if (sparse && dice_below(dice, sparse) < out->len - line) {
            prose_plant(out, dice);
            g_string_append_c(out, '\n');
        }
        line = out->len;
    }
    g_string_append_c(out, '\n');
}

void prose_table(GString *out, Dice *dice, gsize length)
{
    gsize end = out->len + length;
    g_string_append(out, "name,mail,phone,card\n");
    while (out->len < end) {
        guint person = dice_below(dice, 4096);
        prose_name(out, person);
        g_string_append_c(out, ',');
        prose_address(out, person);
        g_string_append_printf(out, ",+1 202 555 01%02u,", dice_below(dice, 100));
        append_card(out, dice);
        g_string_append_c(out, '\n');
    }
}

void prose_name(GString *out, guint person)
{
    g_string_append(out, first_names[person % 16]);
    g_string_append_c(out, ' ');
    g_string_append(out, last_names[person / 16 % 16]);
}

void prose_address(GString *out, guint person)
{
    static const char *const domains[] = {"northwind-parts", "lumen-labs", "harbour-foods", "quill-legal",
                                          "alpha-clinic",    "brook-bank", "cedar-travel",  "delta-energy"};
    g_string_append_printf(out, "user%u@%s.example", person, domains[person % 8]);
}

void prose_subject(GString *out, Dice *dice)
{
    for (guint n = 3 + dice_below(dice, 5); n; n--) {
        g_string_append(out, words[17 + dice_below(dice, G_N_ELEMENTS(words) - 17)]);
        if (n > 1)
            g_string_append_c(out, ' ');
    }
}
