/* page.c - the frame in which an interface gives a page of records. */
#include "hostile/log/page.h"

static gsize skip_blanks(Span text, gsize at)
{
    while (at < text.n && g_ascii_isspace(text.p[at]))
        at++;
    return at;
}

/* Behind the string that begins at `at`; 0 when there is none that ends. */
static gsize string_end(Span text, gsize at)
{
    if (at >= text.n || text.p[at] != '"')
        return 0;
    for (at++; at < text.n; at++) {
        if (text.p[at] == '\\')
            at++;
        else if (text.p[at] == '"')
            return at + 1;
    }
    return 0;
}

/* Behind a key and its colon; *key is what stands between its quotes. 0 when there is none. */
static gsize take_key(Span text, gsize at, Span *key)
{
    gsize end = string_end(text, at);
    if (!end)
        return 0;
    *key = (Span){text.p + at + 1, end - at - 2};
    at = skip_blanks(text, end);
    return at < text.n && text.p[at] == ':' ? skip_blanks(text, at + 1) : 0;
}

/* The keys under which interfaces put their records. */
static gboolean holds_records(Span key)
{
    static const char *const names[] = {"value", "records", "Records"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (span_equals(key, names[i]))
            return TRUE;
    return FALSE;
}

gsize page_head(Span text)
{
    gsize at = skip_blanks(text, 1);
    for (Span key; (at = take_key(text, at, &key)) != 0;) {
        if (at < text.n && text.p[at] == '[')
            return holds_records(key) ? at + 1 : 0;
        /* Only texts with names of the frame's own come before. */
        gboolean is_frame = key.n > 1 && key.p[0] == '@';
        at = is_frame ? string_end(text, at) : 0;
        if (!at)
            return 0;
        at = skip_blanks(text, at);
        if (at >= text.n || text.p[at] != ',')
            return 0;
        at = skip_blanks(text, at + 1);
    }
    return 0;
}

gsize page_tail(Span text)
{
    gsize at = 1;
    while (at < text.n && text.p[at] != '}') {
        gsize end = text.p[at] == '"' ? string_end(text, at) : at + 1;
        if (!end || text.p[at] == '{') /* no frame, but the next record */
            return 1;
        at = end;
    }
    return at < text.n ? at + 1 : 1;
}
