/* boundary.c - where the next message of an mbox begins. */
#include "hostile/open/boundary.h"

#include "hostile/open/fromline.h"
#include "hostile/open/seek.h"

static Span behind(Span text, gsize at)
{
    return (Span){text.p + at, text.n - at};
}

/* The line at the start of text without its break; *next is behind the break. */
static Span first_line(Span text, char newline, gsize *next)
{
    const char *stop = memchr(text.p, newline, text.n);
    gsize n = stop ? (gsize)(stop - text.p) : text.n;
    *next = stop ? n + 1 : n;
    while (newline == '\n' && n && text.p[n - 1] == '\r')
        n--;
    return (Span){text.p, n};
}

gboolean boundary_envelope(Span text, char newline, Span *sender, gsize *line_end)
{
    Span head = {text.p, MIN(text.n, FROM_LINE_BYTES + 8)};
    return from_line_read(first_line(head, newline, line_end), sender);
}

char boundary_newline(Span start)
{
    gsize n = 0;
    while (n < start.n && start.p[n] != '\r' && start.p[n] != '\n')
        n++;
    gsize lf = n;
    while (lf < start.n && start.p[lf] == '\r')
        lf++;
    Span sender;
    gboolean lone_cr = n < start.n && start.p[n] == '\r' && (lf == start.n || start.p[lf] != '\n');
    return lone_cr && from_line_read((Span){start.p, n}, &sender) ? '\r' : '\n';
}

/* "Name:" of printable bytes, as RFC 5322 has it. */
static gboolean begins_with_field(Span text)
{
    gsize n = 0;
    while (n < text.n && text.p[n] > ' ' && text.p[n] < 0x7f && text.p[n] != ':')
        n++;
    return n > 0 && n < text.n && text.p[n] == ':';
}

static gboolean is_behind_empty_line(Span text, gsize at, char newline)
{
    gsize before = at - 1; /* of the break that ends the line before */
    while (newline == '\n' && before && text.p[before - 1] == '\r')
        before--;
    return before > 0 && text.p[before - 1] == newline;
}

static gboolean is_boundary(Span text, gsize at, char newline)
{
    Span sender;
    gsize line_end;
    if (at == 0 || text.p[at - 1] != newline ||
        !boundary_envelope(behind(text, at), newline, &sender, &line_end))
        return FALSE;
    return is_behind_empty_line(text, at, newline) || begins_with_field(behind(text, at + line_end));
}

Boundary boundary_seek(Window *window, char newline, guint64 from, gsize most, guint64 *at, gboolean *quoted)
{
    /* What must be seen behind a hit: the line and the name of a field. */
    const gsize view = FROM_LINE_BYTES + 128;
    gsize next = (gsize)(from - window->base);
    for (;;) {
        Span text = {window->bytes, window->length};
        next = seek_from(text, next, newline);
        if (text.n - next < view && window_more(window, most)) {
            next = next < text.n ? next : text.n - MIN(text.n, 5);
            next = MAX(next, (gsize)(from - window->base));
            continue;
        }
        *at = window->base + next;
        if (text.n - next < view && !window->at_end) {
            *at = window->base + MAX((gsize)(from - window->base), MIN(next, text.n - MIN(text.n, 5)));
            return BOUNDARY_FULL;
        }
        if (next == text.n)
            return BOUNDARY_END;
        if (is_boundary(text, next, newline))
            return BOUNDARY_FOUND;
        *quoted |= next > 0 && text.p[next - 1] == '>';
        next++;
    }
}

gboolean boundary_is_at(Span there, gboolean last, char newline, gsize *skip)
{
    gsize n = 0;
    while (n < there.n && n < 4 && (there.p[n] == '\n' || there.p[n] == '\r'))
        n++;
    Span sender;
    gsize line_end;
    *skip = n;
    return (last && n == there.n) || boundary_envelope(behind(there, n), newline, &sender, &line_end);
}

static gboolean length_of_field(Span line, guint64 *length)
{
    static const char name[] = "content-length:";
    if (line.n < sizeof name || g_ascii_strncasecmp(line.p, name, sizeof name - 1) != 0)
        return FALSE;
    guint64 value = 0;
    gsize i = sizeof name - 1, digits = 0;
    while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'))
        i++;
    for (; i < line.n && g_ascii_isdigit(line.p[i]) && digits < 15; i++, digits++)
        value = value * 10 + (guint64)(line.p[i] - '0');
    *length = value;
    return digits > 0;
}

gboolean boundary_claimed_length(Span text, char newline, guint64 *length, gsize *body)
{
    gboolean claimed = FALSE;
    for (gsize at = 0, next; at < text.n; at += next) {
        char first = (char)(text.p[at] | 0x20);
        if (first != 'c' && text.p[at] != newline && text.p[at] != '\r') {
            const char *stop = memchr(text.p + at, newline, text.n - at);
            next = stop ? (gsize)(stop - text.p) + 1 - at : text.n - at;
            continue;
        }
        Span line = first_line(behind(text, at), newline, &next);
        if (line.n == 0) {
            *body = at + next;
            return claimed;
        }
        claimed |= !claimed && length_of_field(line, length);
    }
    return FALSE; /* the header does not end here */
}
