/* charset_table.c - charsets of one byte a character as tables of 256; ISO 8859-16, which ICU has not. */
#include "hostile/read/charset_table.h"

#include <string.h>

void charset_close(gpointer data)
{
    Charset *charset = data;
    if (charset && charset->converter)
        ucnv_close(charset->converter);
    g_free(charset);
}

/* What `byte` stands for; NUL for U+FFFD. */
static void set_table(Charset *charset, guint byte, gunichar c)
{
    char utf8[6];
    charset->table[byte].n = (guint8)g_unichar_to_utf8(c ? c : 0xFFFD, utf8);
    memcpy(charset->table[byte].bytes, utf8, sizeof charset->table[byte].bytes);
}

/* Fill the table of a single-byte charset; FALSE when it is not one with ASCII in its lower half. */
static gboolean fill_table(Charset *charset)
{
    if (ucnv_getMaxCharSize(charset->converter) != 1)
        return FALSE;
    for (guint byte = 0; byte < 256; byte++) {
        UErrorCode status = U_ZERO_ERROR;
        char in = (char)byte;
        UChar unit[4];
        int32_t units = ucnv_toUChars(charset->converter, unit, G_N_ELEMENTS(unit), &in, 1, &status);
        gunichar c = U_SUCCESS(status) && units == 1 && !U16_IS_SURROGATE(unit[0]) ? unit[0] : 0xFFFD;
        if (byte < 128 && c != byte)
            return FALSE;
        set_table(charset, byte, c);
    }
    return TRUE;
}

/* How to decode with the charset's converter; fills the table where it can be. */
static CharsetForm form_of(Charset *charset)
{
    UConverterType type = ucnv_getType(charset->converter);
    if (type == UCNV_UTF8)
        return FORM_UTF8;
    if (type == UCNV_US_ASCII)
        return FORM_ASCII;
    return fill_table(charset) ? FORM_TABLE : FORM_ICU;
}

/* ISO 8859-16, which ICU has not: ISO 8859-1 but for these. Source: unicode.org, 8859-16.TXT. */
static gboolean fill_latin10(Charset *charset)
{
    static const guint16 differences[][2] = {
        {0xA1, 0x0104}, {0xA2, 0x0105}, {0xA3, 0x0141}, {0xA4, 0x20AC}, {0xA5, 0x201E}, {0xA6, 0x0160},
        {0xA8, 0x0161}, {0xAA, 0x0218}, {0xAC, 0x0179}, {0xAE, 0x017A}, {0xAF, 0x017B}, {0xB2, 0x010C},
        {0xB3, 0x0142}, {0xB4, 0x017D}, {0xB5, 0x201D}, {0xB8, 0x017E}, {0xB9, 0x010D}, {0xBA, 0x0219},
        {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178}, {0xBF, 0x017C}, {0xC3, 0x0102}, {0xC5, 0x0106},
        {0xD0, 0x0110}, {0xD1, 0x0143}, {0xD5, 0x0150}, {0xD7, 0x015A}, {0xD8, 0x0170}, {0xDD, 0x0118},
        {0xDE, 0x021A}, {0xE3, 0x0103}, {0xE5, 0x0107}, {0xF0, 0x0111}, {0xF1, 0x0144}, {0xF5, 0x0151},
        {0xF7, 0x015B}, {0xF8, 0x0171}, {0xFD, 0x0119}, {0xFE, 0x021B},
    };
    for (guint byte = 0; byte < 256; byte++)
        set_table(charset, byte, byte);
    for (guint i = 0; i < G_N_ELEMENTS(differences); i++)
        set_table(charset, differences[i][0], differences[i][1]);
    return TRUE;
}

Charset *charset_open(const char *name)
{
    gboolean own = strcmp(name, "iso-8859-16") == 0;
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = own ? NULL : ucnv_open(name, &status);
    if (U_FAILURE(status))
        return NULL;
    Charset *charset = g_new0(Charset, 1);
    charset->converter = converter;
    charset->form = own && fill_latin10(charset) ? FORM_TABLE : form_of(charset);
    charset->latin = strcmp(name, "windows-1252") == 0;
    return charset;
}
