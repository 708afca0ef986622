/* charset.c - decodes by a table of 256 where a charset has one byte a character, by ICU elsewhere. */
#include "hostile/read/charset.h"

#include <unicode/ucnv.h>
#include <unicode/udata.h>

#include "hostile/read/charset_label.h"
#include "hostile/read/seek.h"
#include "lib/error.h"

#define REPLACEMENT "\xEF\xBF\xBD"
/* Converters beyond the warmed ones: ICU knows fewer names than this in all. */
#define MOST_CONVERTERS 4096

typedef enum {
    FORM_ASCII,  /* us-ascii: 8-bit bytes are a lie  */
    FORM_UTF8,   /* passed through                   */
    FORM_TABLE,  /* one byte a character, ASCII below */
    FORM_ICU,
} CharsetForm;

typedef struct {
    CharsetForm form;
    gboolean latin; /* windows-1252: often a lie for UTF-8 */
    UConverter *converter;
    struct {
        char bytes[3];
        guint8 n;
    } table[256];
} Charset;

struct Charsets {
    GHashTable *by_label;   /* plain label → Charset, not owned  */
    GHashTable *by_icu;     /* ICU name → Charset, owned         */
    const Charset *western; /* windows-1252                      */
    const Charset *utf8;
    const Charset *last;
    char last_label[CHARSET_LABEL_BYTES];
};

static void charset_free(gpointer data)
{
    Charset *charset = data;
    if (charset->converter)
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
        {0xA1, 0x0104}, {0xA2, 0x0105}, {0xA3, 0x0141}, {0xA4, 0x20AC}, {0xA5, 0x201E}, {0xA6, 0x0160}, {0xA8, 0x0161},
        {0xAA, 0x0218}, {0xAC, 0x0179}, {0xAE, 0x017A}, {0xAF, 0x017B}, {0xB2, 0x010C}, {0xB3, 0x0142}, {0xB4, 0x017D},
        {0xB5, 0x201D}, {0xB8, 0x017E}, {0xB9, 0x010D}, {0xBA, 0x0219}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178},
        {0xBF, 0x017C}, {0xC3, 0x0102}, {0xC5, 0x0106}, {0xD0, 0x0110}, {0xD1, 0x0143}, {0xD5, 0x0150}, {0xD7, 0x015A},
        {0xD8, 0x0170}, {0xDD, 0x0118}, {0xDE, 0x021A}, {0xE3, 0x0103}, {0xE5, 0x0107}, {0xF0, 0x0111}, {0xF1, 0x0144},
        {0xF5, 0x0151}, {0xF7, 0x015B}, {0xF8, 0x0171}, {0xFD, 0x0119}, {0xFE, 0x021B},
    };
    for (guint byte = 0; byte < 256; byte++)
        set_table(charset, byte, byte);
    for (guint i = 0; i < G_N_ELEMENTS(differences); i++)
        set_table(charset, differences[i][0], differences[i][1]);
    return TRUE;
}

/* The charset that ICU calls `name`, opened now if it is not yet; NULL when there is none. */
static const Charset *open_charset(Charsets *charsets, const char *name)
{
    const Charset *known = g_hash_table_lookup(charsets->by_icu, name);
    if (known || g_hash_table_size(charsets->by_icu) >= MOST_CONVERTERS)
        return known;
    gboolean own = strcmp(name, "iso-8859-16") == 0;
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = own ? NULL : ucnv_open(name, &status);
    if (U_FAILURE(status))
        return NULL;
    Charset *charset = g_new0(Charset, 1);
    charset->converter = converter;
    charset->form = own && fill_latin10(charset) ? FORM_TABLE : form_of(charset);
    charset->latin = strcmp(name, "windows-1252") == 0;
    g_hash_table_insert(charsets->by_icu, g_strdup(name), charset);
    return charset;
}

static const Charset *find_charset(Charsets *charsets, Span label)
{
    char plain[CHARSET_LABEL_BYTES];
    if (!label.p || !charset_label_plain(label, plain))
        return NULL;
    if (charsets->last && strcmp(plain, charsets->last_label) == 0)
        return charsets->last;
    const Charset *charset = g_hash_table_lookup(charsets->by_label, plain);
    if (!charset) {
        charset = open_charset(charsets, charset_label_icu(plain));
        if (charset && g_hash_table_size(charsets->by_label) < MOST_CONVERTERS)
            g_hash_table_insert(charsets->by_label, g_strdup(plain), (gpointer)charset);
    }
    charsets->last = charset;
    g_strlcpy(charsets->last_label, plain, sizeof charsets->last_label);
    return charset;
}

Charsets *charsets_new(GError **error)
{
    UErrorCode status = U_ZERO_ERROR;
    udata_setFileAccess(UDATA_NO_FILES, &status);
    Charsets *charsets = g_new0(Charsets, 1);
    charsets->by_label = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    charsets->by_icu = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, charset_free);
    for (guint i = 0; charset_label_warm[i]; i++)
        find_charset(charsets, span_of_string(charset_label_warm[i]));
    charsets->western = find_charset(charsets, SPAN_OF("windows-1252"));
    charsets->utf8 = find_charset(charsets, SPAN_OF("utf-8"));
    if (charsets->western && charsets->utf8)
        return charsets;
    charsets_free(charsets);
    error_set(error, CANDOR_ERROR_MISSING, "ICU has no converter for windows-1252: its data library is not installed");
    return NULL;
}

void charsets_free(Charsets *charsets)
{
    if (!charsets)
        return;
    g_clear_pointer(&charsets->by_label, g_hash_table_unref);
    g_clear_pointer(&charsets->by_icu, g_hash_table_unref);
    g_free(charsets);
}

const char *const *charset_warm_labels(void)
{
    return charset_label_warm;
}

/* Bytes that claim to be UTF-8: what is not valid becomes U+FFFD. */
static gboolean append_utf8(Span bytes, Scratch *out, guint64 *bad)
{
    if (!scratch_reserve(out, bytes.n * 3))
        return FALSE;
    const char *p = bytes.p, *end = bytes.p + bytes.n;
    char *to = out->p + out->n;
    while (p < end) {
        guint length = *p ? seek_utf8_sequence(p, end) : 0;
        if (length) {
            memcpy(to, p, length);
            to += length;
            p += length;
        } else {
            *bad += *p != 0;
            memcpy(to, REPLACEMENT, 3);
            to += 3;
            p++;
        }
    }
    out->n = (gsize)(to - out->p);
    return TRUE;
}

static gboolean append_table(const Charset *charset, Span bytes, Scratch *out)
{
    if (!scratch_reserve(out, bytes.n * 3))
        return FALSE;
    char *to = out->p + out->n;
    for (gsize at = 0; at < bytes.n;) {
        gsize ascii = seek_ascii((Span){bytes.p + at, bytes.n - at});
        memcpy(to, bytes.p + at, ascii);
        to += ascii;
        at += ascii;
        for (; at < bytes.n && (bytes.p[at] <= 0); at++) {
            guint8 byte = (guint8)bytes.p[at];
            memcpy(to, charset->table[byte].bytes, charset->table[byte].n);
            to += charset->table[byte].n;
        }
    }
    out->n = (gsize)(to - out->p);
    return TRUE;
}

/* The character at units[*i], which moves on; half a pair is U+FFFD. */
static gunichar next_character(const UChar *units, gsize n, gsize *i)
{
    gunichar c = units[(*i)++];
    if (!U16_IS_SURROGATE(c))
        return c;
    if (!U16_IS_SURROGATE_LEAD(c) || *i == n || !U16_IS_TRAIL(units[*i]))
        return 0xFFFD;
    return 0x10000 + ((c - 0xD800) << 10) + ((gunichar)units[(*i)++] - 0xDC00);
}

/* UTF-16 units behind `out`, which has room, as UTF-8; U+FFFD is counted in *bad, NUL becomes it. */
static void append_units(const UChar *units, gsize n, Scratch *out, guint64 *bad)
{
    char *to = out->p + out->n;
    for (gsize i = 0; i < n;) {
        gunichar c = next_character(units, n, &i);
        *bad += c == 0xFFFD;
        to += g_unichar_to_utf8(c ? c : 0xFFFD, to);
    }
    out->n = (gsize)(to - out->p);
}

#define WINDOW_UNITS 1024

static gboolean append_icu(const Charset *charset, Span bytes, Scratch *out, guint64 *bad)
{
    const char *from = bytes.p, *end = bytes.p + bytes.n;
    UChar units[WINDOW_UNITS] = {0};
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    ucnv_resetToUnicode(charset->converter);
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        /* One unit stays free for the second half of a pair that would be torn at the window's end. */
        UChar *to = units;
        ucnv_toUnicode(charset->converter, &to, units + WINDOW_UNITS - 1, &from, end, NULL, FALSE, &status);
        gsize n = (gsize)(to - units);
        if (n && U16_IS_LEAD(units[n - 1]) && status == U_BUFFER_OVERFLOW_ERROR) {
            UErrorCode rest = U_ZERO_ERROR;
            ucnv_toUnicode(charset->converter, &to, to + 1, &from, end, NULL, FALSE, &rest);
            n = (gsize)(to - units);
        }
        if (!scratch_reserve(out, n * 3))
            return FALSE;
        append_units(units, n, out, bad);
    }
    status = U_ZERO_ERROR;
    if (ucnv_toUCountPending(charset->converter, &status) <= 0)
        return TRUE;
    (*bad)++; /* a character that the end tears */
    return scratch_append(out, REPLACEMENT, strlen(REPLACEMENT));
}

/* How many sequences beyond ASCII are UTF-8, and how many bytes are not. */
static void count_utf8(Span bytes, gsize *good, gsize *bad)
{
    *good = *bad = 0;
    const char *p = bytes.p, *end = bytes.p + bytes.n;
    while (p < end) {
        guint length = seek_utf8_sequence(p, end);
        *good += length > 1;
        *bad += length == 0;
        p += length ? length : 1;
    }
}

/* The charset to use for bytes that are not valid UTF-8, or whose charset is not UTF-8's kin. */
static const Charset *choose(Charsets *charsets, const Charset *said, Span bytes, guint64 *defects)
{
    if (said && said->form != FORM_ASCII && said->form != FORM_UTF8)
        return said;
    gsize good, bad;
    count_utf8(bytes, &good, &bad);
    if (!bad) /* only NUL is wrong with it */
        return charsets->utf8;
    *defects |= said ? DEFECT_CHARSET_LIED : DEFECT_UNKNOWN_CHARSET;
    return good > bad ? charsets->utf8 : charsets->western;
}

/* May bytes that are valid UTF-8 be taken as UTF-8, whatever the label says? */
static gboolean passes(const Charset *said, gboolean ascii)
{
    if (!said || said->form == FORM_ASCII || said->form == FORM_UTF8 || said->latin)
        return TRUE;
    return ascii && said->form == FORM_TABLE;
}

gboolean charset_decode(Charsets *charsets, Span label, Span bytes, Scratch *out, Span *text, guint64 *defects)
{
    const Charset *said = find_charset(charsets, label);
    gboolean ascii;
    if (label.p && !said)
        *defects |= DEFECT_UNKNOWN_CHARSET;
    if (!bytes.n || (seek_utf8(bytes, &ascii) && passes(said, ascii))) {
        if (bytes.n && !ascii && said && said->form != FORM_UTF8)
            *defects |= DEFECT_CHARSET_LIED;
        *text = bytes;
        return TRUE;
    }
    const Charset *charset = choose(charsets, said, bytes, defects);
    gsize start = out->n;
    guint64 bad = 0;
    gboolean done = charset->form == FORM_TABLE  ? append_table(charset, bytes, out)
                    : charset->form == FORM_UTF8 ? append_utf8(bytes, out, &bad)
                                                 : append_icu(charset, bytes, out, &bad);
    if (bad)
        *defects |= DEFECT_CHARSET_LIED;
    *text = done ? (Span){out->p + start, out->n - start} : SPAN_OF("");
    return done;
}
