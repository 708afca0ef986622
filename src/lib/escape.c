/* escape.c - text from outside on its way to a sink. */
#include "lib/escape.h"

#define REPLACEMENT 0xFFFDu
/* RFC 2047 section 2: an encoded word has at most 75 characters, "=?UTF-8?B?" and "?=" take 12 of them. */
#define WORD_BYTES 45

/* Take the next character; a byte that is not UTF-8 is taken alone, as U+FFFD. */
static gunichar take(Span *rest)
{
    gunichar c = g_utf8_get_char_validated(rest->p, (gssize)rest->n);
    gsize n = 1;
    if (c == 0 || c == (gunichar)-1 || c == (gunichar)-2)
        c = REPLACEMENT;
    else
        n = (gsize)(g_utf8_next_char(rest->p) - rest->p);
    rest->p += n;
    rest->n -= n;
    return c;
}

/* Would it be invisible, or do something, on a terminal? */
static gboolean is_unfit_for_terminal(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
        return TRUE;
    default:
        /* Letters and marks that draw nothing: fillers, variation selectors, the blank braille pattern. */
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || c == 0x034F ||
               (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    }
}

static void show(GString *out, gunichar c)
{
    switch (c) {
    case '\t':
        g_string_append(out, "\\t");
        break;
    case '\r':
        g_string_append(out, "\\r");
        break;
    case '\n':
        g_string_append(out, "\\n");
        break;
    default:
        g_string_append_printf(out, "\\u{%X}", c);
    }
}

void escape_terminal(GString *out, Span text)
{
    guint marks = 0;
    while (text.n) {
        gunichar c = take(&text);
        marks = g_unichar_ismark(c) ? marks + 1 : 0;
        if (c == '\\')
            g_string_append(out, "\\\\");
        else if (is_unfit_for_terminal(c) || marks > ESCAPE_MARKS_MOST)
            show(out, c);
        else
            g_string_append_unichar(out, c);
    }
}

/* Unlike strchr: NUL is in no set. */
static gboolean is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

static gboolean is_formula(Span text)
{
    return text.n && is_one_of(text.p[0], "=+-@\t\r");
}

static gboolean needs_quotes(Span text)
{
    if (text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' '))
        return TRUE;
    for (gsize i = 0; i < text.n; i++)
        if (is_one_of(text.p[i], ",\"\r\n"))
            return TRUE;
    return FALSE;
}

void escape_csv(GString *out, Span text)
{
    gboolean quoted = needs_quotes(text);
    if (quoted)
        g_string_append_c(out, '"');
    if (is_formula(text))
        g_string_append_c(out, '\'');
    while (text.n) {
        gunichar c = take(&text);
        if (c == '"')
            g_string_append_c(out, '"');
        g_string_append_unichar(out, c);
    }
    if (quoted)
        g_string_append_c(out, '"');
}

void escape_json(GString *out, Span text)
{
    g_string_append_c(out, '"');
    while (text.n) {
        gunichar c = take(&text);
        if (c == '"' || c == '\\')
            g_string_append_printf(out, "\\%c", (char)c);
        else if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029)
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_unichar(out, c);
    }
    g_string_append_c(out, '"');
}

/* What may stand in a page: HTML forbids references to the other controls, so they cannot be kept. */
static gunichar fit_for_html(gunichar c)
{
    gboolean control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
    return control ? REPLACEMENT : c;
}

static void append_html(GString *out, Span text, const char *referred)
{
    while (text.n) {
        gunichar c = fit_for_html(take(&text));
        if (c < 0x80 && strchr(referred, (int)c))
            g_string_append_printf(out, "&#%u;", c);
        else
            g_string_append_unichar(out, c);
    }
}

void escape_html(GString *out, Span text)
{
    append_html(out, text, "&<>");
}

void escape_html_attribute(GString *out, Span text)
{
    append_html(out, text, "&<>\"'`=\t\r\n");
}

static gunichar fit_for_header(gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ? ' ' : c;
}

static void append_word(GString *out, const GString *bytes)
{
    g_autofree char *word = g_base64_encode((const guchar *)bytes->str, bytes->len);
    g_string_append_printf(out, "=?UTF-8?B?%s?=", word);
}

static gboolean is_plain(const GString *text)
{
    for (gsize i = 0; i < text->len; i++)
        if ((guchar)text->str[i] >= 0x80)
            return FALSE;
    return !strstr(text->str, "=?");
}

void escape_header(GString *out, Span text)
{
    g_autoptr(GString) fit = g_string_new(NULL);
    while (text.n)
        g_string_append_unichar(fit, fit_for_header(take(&text)));
    if (is_plain(fit)) {
        g_string_append_len(out, fit->str, (gssize)fit->len);
        return;
    }
    g_autoptr(GString) word = g_string_new(NULL);
    for (Span rest = {fit->str, fit->len}; rest.n;) {
        gsize n = (gsize)(g_utf8_next_char(rest.p) - rest.p);
        if (word->len + n > WORD_BYTES) {
            append_word(out, word);
            g_string_append(out, "\r\n ");
            g_string_truncate(word, 0);
        }
        g_string_append_len(word, rest.p, (gssize)n);
        rest = (Span){rest.p + n, rest.n - n};
    }
    append_word(out, word);
}

void escape_ics(GString *out, Span text)
{
    while (text.n) {
        gunichar c = take(&text);
        if (c == '\r' && text.n && text.p[0] == '\n')
            continue;
        if (c == '\n' || c == '\r')
            g_string_append(out, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            g_string_append_printf(out, "\\%c", (char)c);
        else
            g_string_append_unichar(out, fit_for_header(c));
    }
}

/* RFC 5545 section 3.1: at most 75 octets without the line end; the blank before a continuation is one of them. */
#define ICS_LINE_OCTETS 75

void escape_ics_line(GString *out, Span line)
{
    gsize used = 0;
    while (line.n) {
        char bytes[6];
        gsize n = (gsize)g_unichar_to_utf8(fit_for_header(take(&line)), bytes);
        if (used + n > ICS_LINE_OCTETS) {
            g_string_append(out, "\r\n ");
            used = 1;
        }
        g_string_append_len(out, bytes, (gssize)n);
        used += n;
    }
    g_string_append(out, "\r\n");
}
