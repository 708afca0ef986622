/* language.c - how a language counts and writes numbers and dates, by ICU. */
#include "lib/language.h"

#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

/* Enough for any number, day, or plural word of CLDR. */
#define SHORT_TEXT 128
#define MICROS_IN_MILLI 1000

struct Language {
    char *tag;
    UPluralRules *plurals;
    UNumberFormat *numbers;
    UDateFormat *days;
};

static void append_units(GString *out, const UChar *units, int32_t n)
{
    g_autofree char *text = g_utf16_to_utf8(units, n, NULL, NULL, NULL);
    g_string_append(out, text ? text : "");
}

void language_append_number(const Language *language, GString *out, gint64 number)
{
    UChar units[SHORT_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = unum_formatInt64(language->numbers, number, units, SHORT_TEXT, NULL, &status);
    if (U_SUCCESS(status))
        append_units(out, units, n);
}

void language_append_day(const Language *language, GString *out, gint64 moment)
{
    UChar units[SHORT_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n =
        udat_format(language->days, (UDate)moment / MICROS_IN_MILLI, units, SHORT_TEXT, NULL, &status);
    if (U_SUCCESS(status))
        append_units(out, units, n);
}

char *language_plural(const Language *language, gint64 number)
{
    UChar units[SHORT_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    int32_t n = uplrules_select(language->plurals, (double)number, units, SHORT_TEXT, &status);
    char *word = U_SUCCESS(status) ? g_utf16_to_utf8(units, n, NULL, NULL, NULL) : NULL;
    return word ? word : g_strdup("other");
}

const char *language_tag(const Language *language)
{
    return language->tag;
}

void language_close(Language *language)
{
    if (!language)
        return;
    g_clear_pointer(&language->plurals, uplrules_close);
    g_clear_pointer(&language->numbers, unum_close);
    g_clear_pointer(&language->days, udat_close);
    g_free(language->tag);
    g_free(language);
}

/* ICU opens whatever it is given; a language without data falls back to the root, which speaks none. */
static gboolean is_known(const char *tag, char locale[ULOC_FULLNAME_CAPACITY])
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    uloc_forLanguageTag(tag, locale, ULOC_FULLNAME_CAPACITY, &parsed, &status);
    if (U_FAILURE(status) || (gsize)parsed != strlen(tag))
        return FALSE;
    g_autofree char *primary = g_strndup(tag, strcspn(tag, "-"));
    for (int32_t i = 0; i < uloc_countAvailable(); i++)
        if (g_str_equal(uloc_getAvailable(i), primary))
            return TRUE;
    return FALSE;
}

Language *language_open(const char *tag, GError **error)
{
    static const UChar utc[] = {'U', 'T', 'C', 0};
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    if (!is_known(tag, locale)) {
        error_set(error, CANDOR_ERROR_FORMAT, "\"%s\" is no language; write a tag as en, de or pt-BR", tag);
        return NULL;
    }
    g_autoptr(Language) language = g_new0(Language, 1);
    language->tag = g_strdup(tag);
    language->plurals = uplrules_open(locale, &status);
    language->numbers = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
    language->days = udat_open(UDAT_NONE, UDAT_LONG, locale, utc, -1, NULL, 0, &status);
    if (U_SUCCESS(status))
        return g_steal_pointer(&language);
    error_set(error, CANDOR_ERROR_FORMAT, "the language %s: ICU says %s", tag, u_errorName(status));
    return NULL;
}
