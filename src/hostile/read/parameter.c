/* parameter.c - parameters as senders write them, which is seldom as RFC 2045 and 2231 say. */
#include "hostile/read/parameter.h"

#include "hostile/read/seek.h"

/* Step over blanks and comments. */
static gsize skip_blanks(Span text, gsize at)
{
    guint depth = 0;
    for (; at < text.n; at++) {
        if (text.p[at] == '(')
            depth++;
        else if (depth && text.p[at] == ')')
            depth--;
        else if (!depth && !g_ascii_isspace(text.p[at]))
            break;
    }
    return at;
}

/* The quoted string whose opening quote stands at `at`. Where it ends; when never, at the next ';' or line. */
static gsize quoted_end(Span text, gsize at)
{
    for (gsize i = at + 1; i < text.n; i++) {
        if (text.p[i] == '\\' && i + 1 < text.n)
            i++;
        else if (text.p[i] == '"')
            return i;
    }
    gsize i = at + 1;
    while (i < text.n && text.p[i] != ';' && text.p[i] != '\n')
        i++;
    return i;
}

static gsize skip_spaces(Span text, gsize at)
{
    while (at < text.n && g_ascii_isspace(text.p[at]))
        at++;
    return at;
}

/* Does "name=" begin at `at`? A missing semicolon is told by it. */
static gboolean assignment_at(Span text, gsize at)
{
    gsize end = at;
    while (end < text.n && (g_ascii_isalnum(text.p[end]) || strchr("-*_", text.p[end])) && text.p[end])
        end++;
    return end > at && end < text.n && text.p[end] == '=';
}

/* An unquoted value: up to ';', or to a blank behind which the next parameter begins. */
static gsize token_end(Span text, gsize at)
{
    while (at < text.n && text.p[at] != ';') {
        gsize next = skip_spaces(text, at);
        if (next > at && assignment_at(text, next))
            break;
        at = MAX(next, at + 1);
    }
    return MIN(at, text.n);
}

/* Take "*2*" off the end of the name. */
static void split_name(Parameter *parameter)
{
    Span *name = &parameter->name;
    if (name->n && name->p[name->n - 1] == '*') {
        parameter->extended = TRUE;
        name->n--;
    }
    const char *star = memchr(name->p, '*', name->n);
    if (!star)
        return;
    for (const char *digit = star + 1; digit < name->p + name->n && g_ascii_isdigit(*digit); digit++)
        parameter->index = MIN(parameter->index * 10 + (guint)(*digit - '0'), LIMIT_VALUE_WORDS);
    name->n = (gsize)(star - name->p);
}

/* One parameter from `at` on, which is behind a ';'. Where the next begins. */
static gsize take(Parameters *parameters, Span text, gsize at, Words *words)
{
    gsize start = at = skip_blanks(text, at);
    while (at < text.n && text.p[at] != '=' && text.p[at] != ';')
        at++;
    Parameter parameter = {.name = span_trim((Span){text.p + start, at - start})};
    if (at >= text.n || text.p[at] == ';')
        return at + 1;
    at = skip_blanks(text, at + 1);
    gsize end;
    if (at < text.n && text.p[at] == '"') {
        end = quoted_end(text, at);
        parameter.quoted = TRUE;
        parameter.value = (Span){text.p + at + 1, end - at - 1};
        end = MIN(end + 1, text.n);
    } else {
        end = token_end(text, at);
        parameter.value = span_trim((Span){text.p + at, end - at});
    }
    split_name(&parameter);
    if (parameters->count < LIMIT_VALUE_WORDS)
        parameters->list[parameters->count++] = parameter;
    else
        words->cut += end - start;
    while (end < text.n && (g_ascii_isspace(text.p[end]) || text.p[end] == ';'))
        end++;
    return end;
}

void parameters_parse(Parameters *parameters, Span value, Words *words)
{
    parameters->count = 0;
    gsize start = skip_blanks(value, 0), end = start;
    while (end < value.n && value.p[end] != ';' && value.p[end] != '(')
        end++;
    /* "multipart/mixed boundary=x": the type ends at the blank, too */
    for (gsize at = start, next; at < end; at = MAX(next, at + 1)) {
        next = skip_spaces(value, at);
        if (next > at && assignment_at(value, next))
            end = at;
    }
    parameters->value = span_trim((Span){value.p + start, end - start});
    gsize at = skip_blanks(value, end);
    at += at < value.n && value.p[at] == ';' ? 1 : 0;
    while (at < value.n)
        at = take(parameters, value, at, words);
}

/* Undo backslashes before '"' and '\\'; other backslashes are parts of DOS paths. Folds go, too. */
static Span unquote(Span value, Words *words)
{
    if (!memchr(value.p, '\\', value.n))
        return value;
    char *to = arena_take(words->arena, value.n);
    gsize n = 0;
    for (gsize i = 0; i < value.n; i++) {
        if (value.p[i] == '\\' && i + 1 < value.n && (value.p[i + 1] == '"' || value.p[i + 1] == '\\'))
            i++;
        to[n++] = value.p[i];
    }
    return (Span){to, n};
}

/* Percent-encoding undone, into words->bytes. */
static void append_percent(Words *words, Span value)
{
    if (!scratch_reserve(&words->bytes, value.n))
        return;
    for (gsize i = 0; i < value.n; i++) {
        int high = i + 2 < value.n ? g_ascii_xdigit_value(value.p[i + 1]) : -1;
        int low = i + 2 < value.n ? g_ascii_xdigit_value(value.p[i + 2]) : -1;
        gboolean escape = value.p[i] == '%' && high >= 0 && low >= 0;
        words->bytes.p[words->bytes.n++] = (char)(escape ? high << 4 | low : value.p[i]);
        i += escape ? 2 : 0;
    }
}

static const Parameter *find(const Parameters *parameters, const char *name, guint index, gboolean sectioned)
{
    for (guint i = 0; i < parameters->count; i++) {
        const Parameter *parameter = &parameters->list[i];
        gboolean starred = parameter->extended || parameter->name.p[parameter->name.n] == '*';
        if (parameter->index == index && starred == sectioned && span_is(parameter->name, name))
            return parameter;
    }
    return NULL;
}

/* Cut charset'language' off the front of an extended value. */
static Span take_charset(Span *value)
{
    const char *first = memchr(value->p, '\'', value->n);
    const char *second = first ? memchr(first + 1, '\'', (gsize)(value->p + value->n - first - 1)) : NULL;
    if (!second)
        return SPAN_NONE;
    Span charset = {value->p, (gsize)(first - value->p)};
    *value = (Span){second + 1, (gsize)(value->p + value->n - second - 1)};
    return charset;
}

/* The sections of a parameter, joined; they may stand in any order. */
static Span join(const Parameters *parameters, const Parameter *first, const char *name, Words *words)
{
    Span value = first->value, charset = first->extended ? take_charset(&value) : SPAN_NONE;
    scratch_reset(&words->bytes);
    for (guint index = first->index + 1; first; index++) {
        if (first->extended)
            append_percent(words, value);
        else
            scratch_append(&words->bytes, value.p, value.n);
        first = index <= LIMIT_VALUE_WORDS ? find(parameters, name, index, TRUE) : NULL;
        value = first ? first->value : SPAN_NONE;
    }
    Span bytes = arena_copy(words->arena, scratch_span(&words->bytes));
    return charset.n ? words_from_charset(words, charset, bytes) : words_decode(words, bytes);
}

Span parameters_get(const Parameters *parameters, const char *name, Words *words)
{
    const Parameter *sectioned = find(parameters, name, 0, TRUE);
    if (!sectioned)
        sectioned = find(parameters, name, 1, TRUE); /* some number from 1 */
    if (sectioned)
        return join(parameters, sectioned, name, words);
    const Parameter *plain = find(parameters, name, 0, FALSE);
    if (!plain)
        return SPAN_NONE;
    return words_decode(words, plain->quoted ? unquote(plain->value, words) : plain->value);
}
