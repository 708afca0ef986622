/* address.c - reads address lists tolerantly: whatever is between two separators is somebody. */
#include "hostile/read/address.h"

#include "hostile/read/seek.h"

/* One entry of a list, as it stands. */
typedef struct {
    Span text;    /* all of it                                  */
    Span angle;   /* between '<' and '>'                         */
    Span phrase;  /* before '<'                                  */
    Span comment; /* the last "(…)"                              */
} Entry;

/* An encoded word is looked at this far; RFC 2047 allows 75. */
#define LONGEST_WORD 2000
/* Entries that may be addresses with blanks between are no longer than this. */
#define LONGEST_RUN 4096

/* The end of the quoted string that begins at `at`; never closed: the next separator. */
static gsize skip_quoted(Span value, gsize at)
{
    for (gsize i = at + 1; i < value.n; i++) {
        if (value.p[i] == '\\' && i + 1 < value.n)
            i++;
        else if (value.p[i] == '"')
            return i;
    }
    return at;
}

static gsize skip_comment(Span value, gsize at)
{
    guint depth = 0;
    for (gsize i = at; i < value.n; i++) {
        if (value.p[i] == '\\' && i + 1 < value.n)
            i++;
        else if (value.p[i] == '(')
            depth++;
        else if (value.p[i] == ')' && --depth == 0)
            return i;
    }
    return at;
}

/* An encoded word may hold separators when a sender did not know better. */
static gsize skip_word(Span value, gsize at)
{
    if (at + 1 >= value.n || value.p[at + 1] != '?')
        return at;
    gsize marks = 0;
    for (gsize i = at + 1; i < value.n && i - at < LONGEST_WORD && !g_ascii_isspace(value.p[i]); i++) {
        marks += value.p[i] == '?';
        if (marks >= 4 && i + 1 < value.n && value.p[i] == '?' && value.p[i + 1] == '=')
            return i + 1;
    }
    return at;
}

static gsize skip_angle(Span value, gsize at)
{
    for (gsize i = at + 1; i < value.n && value.p[i] != '<'; i++) {
        if (value.p[i] == '>')
            return i;
    }
    return at;
}

static Span between(Span value, gsize from, gsize to)
{
    return (Span){value.p + from, to - from};
}

/* Look at the character at `at`; note what opens there. Where it ends, or `at`. What never ends is looked for
 * once: a value of nothing but openings must not cost its square. */
static gsize take_token(AddressCursor *cursor, gsize start, gsize at, Entry *entry)
{
    Span value = cursor->value;
    gsize end = at;
    if (value.p[at] == '"' && !cursor->no_quote_end) {
        end = skip_quoted(value, at);
        cursor->no_quote_end = end == at;
    } else if (value.p[at] == '=') {
        end = skip_word(value, at);
    } else if (value.p[at] == '(' && !cursor->no_comment_end) {
        end = skip_comment(value, at);
        cursor->no_comment_end = end == at;
        if (end > at)
            entry->comment = between(value, at + 1, end);
    } else if (value.p[at] == '<' && (end = skip_angle(value, at)) > at && !entry->angle.p) {
        entry->angle = between(value, at + 1, end);
        entry->phrase = between(value, start, at);
    }
    return end;
}

/* Is the colon at `at` the one behind a group's name? Not the one in "mailto:" or a route. */
static gboolean opens_group(Span value, gsize start, gsize at)
{
    Span before = span_trim(between(value, start, at));
    return !memchr(before.p, '@', before.n) && !memchr(before.p, '[', before.n) &&
           !span_is(before, "mailto") && !span_is(before, "smtp");
}

/* The next entry between separators; FALSE when the value is at its end. */
static gboolean entry_next(AddressCursor *cursor, Entry *entry)
{
    Span value = cursor->value;
    gsize start = cursor->at, at = start;
    *entry = (Entry){0};
    for (; at < value.n; at++) {
        char c = value.p[at];
        if (c == ',' || c == ';')
            break;
        if (c == ':' && !entry->angle.p && opens_group(value, start, at)) {
            start = at + 1;
            continue;
        }
        at = take_token(cursor, start, at, entry);
    }
    entry->text = span_trim(between(value, start, at));
    cursor->at = at + 1;
    return start < value.n || at > start;
}

/* Copy without quotes, backslashes and, when asked, comments. */
static Span strip(Arena *arena, Span text, gboolean comments)
{
    if (!memchr(text.p, '"', text.n) && !memchr(text.p, '\\', text.n) &&
        !(comments && memchr(text.p, '(', text.n)))
        return span_trim(text);
    char *to = arena_take(arena, text.n);
    gsize n = 0;
    for (gsize i = 0; i < text.n; i++) {
        gsize end = comments && text.p[i] == '(' ? skip_comment(text, i) : i;
        comments =
            comments && (text.p[i] != '(' || end > i); /* one that never closes is the last looked for */
        if (text.p[i] == '\\' && i + 1 < text.n)
            to[n++] = text.p[++i];
        else if (end > i)
            i = end;
        else if (text.p[i] != '"')
            to[n++] = text.p[i];
    }
    return span_trim((Span){to, n});
}

/* Comments inside brackets are out, unless the local part is a quoted string. */
static Span without_comments(Arena *arena, Span angle)
{
    return memchr(angle.p, '"', angle.n) ? angle : strip(arena, angle, TRUE);
}

/* "@a,@b:local@domain" without its route; mailto: and quotes around the whole gone. */
static Span bare(Span address)
{
    address = span_trim(address);
    while (address.n && (address.p[0] == '<' || address.p[0] == '\'' || address.p[0] == '['))
        address = span_trim((Span){address.p + 1, address.n - 1});
    while (address.n && (address.p[address.n - 1] == '>' || address.p[address.n - 1] == '\'' ||
                         (address.p[address.n - 1] == ']' && !memchr(address.p, '[', address.n))))
        address = span_trim((Span){address.p, address.n - 1});
    if (address.n && address.p[0] == '@') {
        const char *colon = memchr(address.p, ':', address.n);
        if (colon)
            address = span_trim((Span){colon + 1, (gsize)(address.p + address.n - colon - 1)});
    }
    for (const char *const *scheme = (const char *const[]){"mailto:", "smtp:", NULL}; *scheme; scheme++)
        if (span_begins(address, *scheme))
            address = span_trim((Span){address.p + strlen(*scheme), address.n - strlen(*scheme)});
    return address;
}

static const char *last_at(Span text)
{
    return text.n ? memrchr(text.p, '@', text.n) : NULL;
}

/* Append the character at p in lower case; blanks are left out. */
static gsize append_lower(char *to, gsize n, const char *p)
{
    gunichar c = g_utf8_get_char(p);
    if (c < 128 && g_ascii_isspace((char)c))
        return n;
    return n + (gsize)g_unichar_to_utf8(g_unichar_tolower(c), to + n);
}

/* Blanks and quotes that need not be out of the address, the domain in lower case. */
static Span normalise(Words *words, Span address)
{
    address = words_plain(words, address);
    const char *sign = last_at(address);
    if (!sign)
        return address;
    gsize local = (gsize)(sign - address.p), n = 0;
    gboolean quoted = address.p[0] == '"';
    char *to = arena_take(words->arena, address.n * 2);
    for (gsize i = 0; i <= local; i++)
        if (quoted || !g_ascii_isspace(address.p[i]))
            to[n++] = address.p[i];
    for (const char *p = sign + 1; p < address.p + address.n; p = g_utf8_next_char(p))
        n = append_lower(to, n, p);
    while (n && to[n - 1] == '.')
        n--;
    return (Span){to, n};
}

static void set_name(Words *words, Span phrase, Address *address)
{
    Span name = span_trim(words_decode(words, strip(words->arena, phrase, FALSE)));
    if (name.n >= 2 && name.p[0] == '\'' && name.p[name.n - 1] == '\'')
        name = (Span){name.p + 1, name.n - 2};
    address->name = name.n ? name : SPAN_NONE;
}

/* "Some Name local@domain": the token with the '@' is the address, what is left is the name. */
static void guess(Words *words, Span text, Address *address)
{
    const char *sign = last_at(text), *end = text.p + text.n;
    if (!sign) {
        address->address = words_decode(words, text);
        return;
    }
    const char *from = sign, *to = sign;
    while (from > text.p && !strchr(" \t\n\"<([", from[-1]))
        from--;
    while (to < end && !strchr(" \t\n\">)]", *to))
        to++;
    address->address = normalise(words, bare((Span){from, (gsize)(to - from)}));
    Span before = span_trim((Span){text.p, (gsize)(from - text.p)});
    while (before.n && strchr("[(<", before.p[before.n - 1]))
        before = span_trim((Span){before.p, before.n - 1});
    set_name(words, before, address);
    address->bad = TRUE;
}

/* "a@b.example c@d.example": addresses with blanks between. The cursor goes back to behind the first. */
static void split_at_blank(AddressCursor *cursor, Entry *entry)
{
    const char *end = entry->text.p + entry->text.n, *first = entry->text.p;
    while (first < end && !g_ascii_isspace(*first))
        first++;
    const char *second = first;
    while (second < end && g_ascii_isspace(*second))
        second++;
    const char *stop = second;
    while (stop < end && !g_ascii_isspace(*stop))
        stop++;
    if (!memchr(entry->text.p, '@', (gsize)(first - entry->text.p)) ||
        !memchr(second, '@', (gsize)(stop - second)))
        return;
    cursor->at = (gsize)(second - cursor->value.p);
    entry->text.n = (gsize)(first - entry->text.p);
}

/* An entry without brackets: an address, perhaps with a comment; or a guess. */
static void read_plain(AddressCursor *cursor, Entry *entry, Address *address)
{
    Words *words = cursor->words;
    gboolean quoted = entry->text.p[0] == '"';
    if (!quoted && !entry->comment.p && entry->text.n < LONGEST_RUN)
        split_at_blank(cursor, entry);
    Span text = quoted ? entry->text : strip(words->arena, entry->text, TRUE);
    if (!last_at(text) && memmem(text.p, text.n, "=?", 2)) {
        text = words_decode(words, text);
        address->bad = TRUE;
    }
    gboolean blanks =
        memchr(text.p, ' ', text.n) || memchr(text.p, '\t', text.n) || memchr(text.p, '<', text.n);
    const char *sign = last_at(text);
    if (!sign || (blanks && !quoted)) {
        guess(words, text, address);
        return;
    }
    address->address = normalise(words, bare(text));
    if (entry->comment.p)
        set_name(words, entry->comment, address);
}

gboolean address_next(AddressCursor *cursor, Address *address)
{
    Entry entry;
    while (entry_next(cursor, &entry)) {
        *address = (Address){0};
        if (!entry.text.n)
            continue;
        if (entry.angle.p) {
            Span inner = bare(without_comments(cursor->words->arena, entry.angle));
            set_name(cursor->words, entry.phrase, address);
            if (!address->name.p && entry.comment.p)
                set_name(cursor->words, entry.comment, address);
            if (!inner.n && !address->name.p)
                continue;
            address->address = normalise(cursor->words, inner);
            address->bad = !last_at(address->address);
        } else {
            read_plain(cursor, &entry, address);
        }
        if (address->address.n || address->name.p)
            return TRUE;
    }
    return FALSE;
}
