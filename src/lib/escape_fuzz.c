/* escape_fuzz.c - whatever the bytes, each sink gets valid UTF-8 that cannot leave its place. */
#include "lib/escape.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n);

typedef void (*Escape)(GString *out, Span text);

static GString *escaped(Escape escape, Span text)
{
    GString *out = g_string_new(NULL);
    escape(out, text);
    g_assert(g_utf8_validate(out->str, (gssize)out->len, NULL));
    return out;
}

static void no_byte_of(const GString *out, const char *forbidden)
{
    for (gsize i = 0; i < out->len; i++)
        g_assert(!strchr(forbidden, out->str[i]));
}

/* Every CR LF in a header folds: a blank follows. */
static void folds_only(const GString *out)
{
    for (gsize i = 0; i < out->len; i++)
        if (out->str[i] == '\r' || out->str[i] == '\n')
            g_assert(out->str[i] == '\r' ? out->str[i + 1] == '\n' : out->str[i + 1] == ' ');
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
    Span text = {(const char *)bytes, n};
    g_autoptr(GString) terminal = escaped(escape_terminal, text);
    no_byte_of(terminal, "\x1b\x07\x08\r\n\t\x7f");
    g_autoptr(GString) json = escaped(escape_json, text);
    no_byte_of(json, "\r\n\t\x7f");
    g_autoptr(GString) html = escaped(escape_html, text);
    no_byte_of(html, "<>");
    g_autoptr(GString) attribute = escaped(escape_html_attribute, text);
    no_byte_of(attribute, "<>\"'`=\r\n");
    g_autoptr(GString) csv = escaped(escape_csv, text);
    g_assert(csv->len == 0 || !strchr("=+-@\t", csv->str[0]));
    g_autoptr(GString) header = escaped(escape_header, text);
    folds_only(header);
    g_autoptr(GString) value = escaped(escape_ics, text);
    no_byte_of(value, "\r\n\x07");
    g_autoptr(GString) line = escaped(escape_ics_line, text);
    g_assert(g_str_has_suffix(line->str, "\r\n"));
    g_string_truncate(line, line->len - 2);
    folds_only(line);
    return 0;
}
