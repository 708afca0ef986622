/* charset.c - chooses the charset that bytes are in and decodes them. */
#include "hostile/read/charset.h"

#include <unicode/udata.h>

#include "hostile/read/charset_label.h"
#include "hostile/read/charset_table.h"
#include "hostile/read/seek.h"
#include "lib/error.h"

/* U+FFFD in UTF-8; no string. */
static const char replacement[3] = {'\xEF', '\xBF', '\xBD'};
/* Converters beyond the warmed ones: ICU knows fewer names than this in all. */
#define MOST_CONVERTERS 4096

struct Charsets {
    GHashTable *by_label;   /* plain label → Charset, not owned  */
    GHashTable *by_icu;     /* ICU name → Charset, owned         */
    const Charset *western; /* windows-1252                      */
    const Charset *utf8;
    const Charset *last;
    char last_label[CHARSET_LABEL_BYTES];
};

/* The charset that ICU calls `name`, opened now if it is not yet; NULL when there is none. */
static const Charset *open_charset(Charsets *charsets, const char *name)
{
    const Charset *known = g_hash_table_lookup(charsets->by_icu, name);
    if (known || g_hash_table_size(charsets->by_icu) >= MOST_CONVERTERS)
        return known;
    Charset *charset = charset_open(name);
    if (!charset)
        return NULL;
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
    charsets->by_icu = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, charset_close);
    for (guint i = 0; charset_label_warm[i]; i++)
        find_charset(charsets, span_of_string(charset_label_warm[i]));
    charsets->western = find_charset(charsets, SPAN_OF("windows-1252"));
    charsets->utf8 = find_charset(charsets, SPAN_OF("utf-8"));
    if (charsets->western && charsets->utf8)
        return charsets;
    charsets_free(charsets);
    error_set(error, CANDOR_ERROR_MISSING,
              "ICU has no converter for windows-1252: its data library is not installed");
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
            memcpy(to, replacement, sizeof replacement);
            to += sizeof replacement;
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
    if (!n)
        return; /* and perhaps no room at all */
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
    return scratch_append(out, replacement, sizeof replacement);
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

gboolean charset_decode(Charsets *charsets, Span label, Span bytes, Scratch *out, Span *text,
                        guint64 *defects)
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
