/* template.c - the layout of a number, as a rule's `shape` writes it. */
#include "hostile/scan/template.h"

static gboolean read_count(const char **from, guint8 *count)
{
    guint value = 0;
    const char *start = *from;
    for (; g_ascii_isdigit(**from) && value < 100; ++*from)
        value = value * 10 + (guint)(**from - '0');
    *count = (guint8)value;
    return *from > start && value < 100;
}

/* "{n}" or "{m,n}" behind a piece. */
static gboolean read_repeat(const char **from, TemplatePiece *piece)
{
    if (**from != '{')
        return TRUE;
    ++*from;
    if (!read_count(from, &piece->least))
        return FALSE;
    piece->most = piece->least;
    if (**from == ',') {
        ++*from;
        if (!read_count(from, &piece->most) || piece->most < piece->least)
            return FALSE;
    }
    return *(*from)++ == '}';
}

static gboolean read_piece(const char **from, Template *template)
{
    TemplatePiece piece = {*(*from)++, 1, 1};
    if (!strchr("9AX~-/.()+ ", piece.kind) || !read_repeat(from, &piece))
        return FALSE;
    TemplatePiece *last = template->count ? &template->piece[template->count - 1] : NULL;
    if (last && last->kind == piece.kind && strchr("9AX", piece.kind)) {
        last->least = (guint8)(last->least + piece.least);
        last->most = (guint8)(last->most + piece.most);
        return TRUE;
    }
    if (template->count == TEMPLATE_MAX_PIECES)
        return FALSE;
    template->piece[template->count++] = piece;
    return TRUE;
}

gboolean template_parse(const char **from, Template *template)
{
    template->count = 0;
    const char *end = *from + strcspn(*from, "|");
    while (end > *from && end[-1] == ' ')
        end--;
    *from += strspn(*from, " ");
    while (*from < end)
        if (!read_piece(from, template))
            return FALSE;
    *from += strspn(*from, " ");
    if (**from == '|')
        ++*from;
    return template->count > 0;
}

char template_lead(const Template *template)
{
    char first = template->piece[0].kind;
    return strchr("(+", first) ? first : 0;
}

/* Walk the pieces with what may still be taken: `letters` first, then `digits`; a separator between the two,
 * or in the digits, may or may not be there. */
static gboolean enters_from(const Template *t, guint i, guint letters, guint digits)
{
    if (i == t->count)
        return letters == 0 && digits == 0;
    TemplatePiece piece = t->piece[i];
    if (piece.kind == '~')
        return (letters == 0 && digits == 0) || enters_from(t, i + 1, letters, digits);
    if (piece.kind == 'X')
        return TRUE;
    if (piece.kind == 'A' && letters >= piece.least && letters <= piece.most)
        return enters_from(t, i + 1, 0, digits);
    if (piece.kind == 'A')
        return letters == 0 && digits == 0;
    if (piece.kind != '9')
        return letters == 0 && digits == 0;
    if (letters > 0 || digits < piece.least)
        return FALSE;
    return digits <= piece.most || enters_from(t, i + 1, 0, digits - piece.most);
}

gboolean template_enters(const Template *template, TemplateEntry entry)
{
    return enters_from(template, template_lead(template) ? 1 : 0, entry.letters, entry.digits);
}

gsize separator_at(Span text, gsize at)
{
    if (at >= text.n)
        return 0;
    char c = text.p[at];
    if (c == ' ' || c == '-' || c == '.' || c == '/')
        return 1;
    if (c == '\xc2' && at + 1 < text.n && text.p[at + 1] == '\xa0')
        return 2; /* no-break space */
    if (c == '\xe2' && at + 2 < text.n && text.p[at + 1] == '\x80')
        return text.p[at + 2] == '\xaf' || (text.p[at + 2] >= '\x90' && text.p[at + 2] <= '\x93') ? 3 : 0;
    return 0; /* above: narrow no-break space; hyphen, no-break hyphen, figure dash, en dash */
}

static gboolean fits(char kind, char c)
{
    return kind == '9' ? g_ascii_isdigit(c) : kind == 'A' ? g_ascii_isalpha(c) : g_ascii_isalnum(c);
}

/* How far a piece of letters or digits reaches from `at`; `at` - 1 steps back are never needed, because no
 * template lets two pieces compete for the same byte. */
static gsize run_end(TemplatePiece piece, Span text, gsize at)
{
    gsize end = at;
    while (end < text.n && end - at < piece.most && fits(piece.kind, text.p[end]))
        end++;
    return end - at >= piece.least ? end : 0;
}

/* Whether the separator at `at` is the one that was seen first. */
static gboolean is_same_separator(Span text, gsize first, gsize at, gsize length)
{
    return memcmp(text.p + first, text.p + at, length) == 0;
}

gsize template_match(const Template *template, Span text, gsize start)
{
    gsize at = start, first = 0, first_length = 0;
    gboolean bound = FALSE;
    for (guint i = 0; i < template->count; i++) {
        TemplatePiece piece = template->piece[i];
        if (piece.kind == '~') {
            gsize length = separator_at(text, at);
            if (bound && (length != first_length || (length && !is_same_separator(text, first, at, length))))
                return 0;
            bound = TRUE;
            first = at;
            first_length = length;
            at += length;
        } else if (strchr("9AX", piece.kind)) {
            gsize end = run_end(piece, text, at);
            if (end == 0)
                return 0;
            at = end;
        } else if (at < text.n && text.p[at] == piece.kind) {
            at++;
        } else {
            return 0;
        }
    }
    return at;
}

static gboolean is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

gboolean stands_alone(Span text, gsize start, gsize end)
{
    if (start > 0) {
        char before = text.p[start - 1];
        if (is_word(before))
            return FALSE;
        if (start > 1 && strchr("-./,+@=%&#\\", before) && before && g_ascii_isdigit(text.p[start - 2]))
            return FALSE;
    }
    if (end < text.n) {
        char after = text.p[end];
        if (is_word(after) || after == '@' || after == '%')
            return FALSE;
        if (end + 1 < text.n && strchr("-./,+", after) && after && g_ascii_isdigit(text.p[end + 1]))
            return FALSE;
    }
    return TRUE;
}
