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

TemplateNext template_next(Span text, gsize at)
{
    char c = at < text.n ? text.p[at] : 0;
    switch (c) {
    case ' ':
        return NEXT_BLANK;
    case '-':
        return NEXT_HYPHEN;
    case '.':
        return NEXT_DOT;
    case '/':
        return NEXT_SLASH;
    default:
        return g_ascii_isalnum(c) || c == '_' ? NEXT_LETTER : (guint8)c >= 0x80 ? NEXT_HIGH : NEXT_OTHER;
    }
}

/* Whether the pieces from `i` on may go on with such a byte, all digits being taken. */
static gboolean follows(const Template *t, guint i, TemplateNext next)
{
    if (i == t->count)
        return next != NEXT_LETTER;
    switch (t->piece[i].kind) {
    case '~':
        return (next != NEXT_LETTER && next != NEXT_OTHER) || follows(t, i + 1, next);
    case 'A':
    case 'X':
        return next == NEXT_LETTER;
    case '9':
        return FALSE;
    default:
        return template_next((Span){&t->piece[i].kind, 1}, 0) == next;
    }
}

/* Walk the pieces with what must be taken: the letters first, then the digits, then what follows. A separator
 * may be absent, or stand between letters and digits. */
static gboolean enters_from(const Template *t, guint i, TemplateEntry e)
{
    if (e.letters == 0 && e.digits == 0)
        return follows(t, i, e.next);
    if (i == t->count)
        return FALSE;
    TemplatePiece piece = t->piece[i];
    switch (piece.kind) {
    case '~':
        return enters_from(t, i + 1, e);
    case 'X':
        return TRUE;
    case 'A':
        return e.letters >= piece.least && e.letters <= piece.most &&
               enters_from(t, i + 1, (TemplateEntry){0, e.digits, e.next});
    case '9':
        if (e.letters > 0 || e.digits < piece.least)
            return FALSE;
        return enters_from(t, i + 1, (TemplateEntry){0, e.digits - MIN(e.digits, piece.most), e.next});
    default:
        return FALSE;
    }
}

gboolean template_enters(const Template *template, TemplateEntry entry)
{
    return enters_from(template, template_lead(template) ? 1 : 0, entry);
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

static inline gboolean fits(char kind, char c)
{
    return kind == '9' ? g_ascii_isdigit(c) : kind == 'A' ? g_ascii_isalpha(c) : g_ascii_isalnum(c);
}

/* Behind a piece of letters or digits that begins at `at`, or 0. Greedy: no template lets two pieces compete
 * for the same byte. */
static gsize run_end(TemplatePiece piece, Span text, gsize at)
{
    gsize end = at;
    while (end < text.n && end - at < piece.most && fits(piece.kind, text.p[end]))
        end++;
    return end - at >= piece.least ? end : 0;
}

/* The separator that was met first, which all others must repeat. */
typedef struct {
    gboolean met;
    gsize at, length;
} FirstSeparator;

/* Behind the separator that may stand at `at`, or 0 when it is another than the first. */
static gsize behind_separator(FirstSeparator *first, Span text, gsize at)
{
    gsize length = separator_at(text, at);
    if (!first->met)
        *first = (FirstSeparator){TRUE, at, length};
    else if (length != first->length || (length && memcmp(text.p + first->at, text.p + at, length) != 0))
        return 0;
    return at + length;
}

gsize template_match(const Template *template, Span text, gsize start)
{
    FirstSeparator first = {FALSE, 0, 0};
    gsize at = start;
    for (guint i = 0; i < template->count; i++) {
        TemplatePiece piece = template->piece[i];
        if (piece.kind == '~')
            at = behind_separator(&first, text, at);
        else if (piece.kind == '9' || piece.kind == 'A' || piece.kind == 'X')
            at = run_end(piece, text, at);
        else
            at = at < text.n && text.p[at] == piece.kind ? at + 1 : 0;
        if (at == 0)
            return 0;
    }
    return at;
}

static gboolean is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

/* What a comma beside it would make part of a longer number: "1,234,567" or "12345678,90". Longer runs and those with
 * separators are no amounts; in a table their comma only ends the cell. */
static gboolean may_be_amount(Span text, gsize start, gsize end)
{
    for (gsize i = start; i < end; i++)
        if (!g_ascii_isdigit(text.p[i]))
            return FALSE;
    return end - start < 10;
}

/* Whether a number goes on at this byte when a digit follows. */
static gboolean joins(char c, gboolean amount)
{
    return c == '-' || c == '.' || c == '/' || c == '+' || (amount && c == ',');
}

static gboolean joins_before(char c, gboolean amount)
{
    return joins(c, amount) || c == '@' || c == '=' || c == '%' || c == '&' || c == '#' || c == '\\';
}

gboolean stands_alone(Span text, gsize start, gsize end)
{
    char before = start > 0 ? text.p[start - 1] : 0, after = end < text.n ? text.p[end] : 0;
    if (is_word(before) || is_word(after) || after == '@' || after == '%')
        return FALSE;
    gboolean digit_before = start > 1 && g_ascii_isdigit(text.p[start - 2]);
    gboolean digit_after = end + 1 < text.n && g_ascii_isdigit(text.p[end + 1]);
    if (!digit_before && !digit_after)
        return TRUE;
    gboolean amount = may_be_amount(text, start, end);
    return !(digit_before && joins_before(before, amount)) && !(digit_after && joins(after, amount));
}
