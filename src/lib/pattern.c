/* pattern.c - one sentence with places for values. */
#include "lib/pattern.h"

#include <string.h>
#include "lib/escape.h"

/* Forms within forms: the stack is the reason. */
#define DEPTH_MOST 6

typedef struct {
    const char *at, *whole;
    const Language *language;
    const Values *values;
    guint depth;
} Reader;

static gboolean wrong(const Reader *reader, GError **error, const char *what)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "%s: \"%.60s\"", what, reader->whole);
}

static void skip_blanks(Reader *reader)
{
    reader->at += strspn(reader->at, " \t\n");
}

/* A word up to a blank, comma or brace. */
static char *take_word(Reader *reader)
{
    gsize n = strcspn(reader->at, " \t\n,{}");
    char *word = g_strndup(reader->at, n);
    reader->at += n;
    skip_blanks(reader);
    return word;
}

static gboolean take_char(Reader *reader, char c)
{
    if (*reader->at != c)
        return FALSE;
    reader->at++;
    return TRUE;
}

static const Value *find(const Reader *reader, const char *name, GError **error)
{
    const Value *value = values_get(reader->values, name);
    if (!value)
        error_set(error, CANDOR_ERROR_FORMAT, "there is no value \"%s\" for: \"%.60s\"", name, reader->whole);
    return value;
}

static gboolean append_value(GString *out, const Reader *reader, const Value *value, GError **error)
{
    switch (value->is) {
    case VALUE_IS_TEXT:
        escape_terminal(out, span_of_string(value->text));
        return TRUE;
    case VALUE_IS_NUMBER:
        language_append_number(reader->language, out, value->number);
        return TRUE;
    case VALUE_IS_DAY:
        language_append_day(reader->language, out, value->number);
        return TRUE;
    case VALUE_IS_LIST:
        break;
    }
    return wrong(reader, error, "a list stands where one value must");
}

static gboolean append_text(GString *out, Reader *reader, const Value *number, GError **error);

/* Does the form "=0", "one" … fit the number? 2: exactly, 1: by the language, 0: as "other", -1: not. */
static int fit(const Reader *reader, const char *form, gint64 number)
{
    g_autofree char *digits = g_strdup_printf("=%" G_GINT64_FORMAT, number);
    g_autofree char *plural = language_plural(reader->language, number);
    return strcmp(form, digits) == 0    ? 2
           : strcmp(form, plural) == 0  ? 1
           : strcmp(form, "other") == 0 ? 0
                                        : -1;
}

/* The forms of a plural: each is read, the one that fits best is kept. */
static gboolean append_plural(GString *out, Reader *reader, const Value *number, GError **error)
{
    g_autoptr(GString) best = g_string_new(NULL);
    int best_fit = -1;
    for (skip_blanks(reader); *reader->at && *reader->at != '}'; skip_blanks(reader)) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autofree char *form = take_word(reader);
        if (!take_char(reader, '{'))
            return wrong(reader, error, "a form of a plural has no text in braces");
        if (!append_text(text, reader, number, error))
            return FALSE;
        if (!take_char(reader, '}'))
            return wrong(reader, error, "a form of a plural has no end");
        int now = fit(reader, form, number->number);
        if (now > best_fit) {
            best_fit = now;
            g_string_assign(best, text->str);
        }
    }
    if (best_fit < 0)
        return wrong(reader, error, "a plural has no form \"other\"");
    g_string_append(out, best->str);
    return take_char(reader, '}') || wrong(reader, error, "a plural has no end");
}

/* What stands between braces, from behind the first. */
static gboolean append_place(GString *out, Reader *reader, GError **error)
{
    skip_blanks(reader);
    g_autofree char *name = take_word(reader);
    const Value *value = find(reader, name, error);
    if (!value)
        return FALSE;
    if (take_char(reader, '}'))
        return append_value(out, reader, value, error);
    if (!take_char(reader, ','))
        return wrong(reader, error, "a brace is not closed");
    skip_blanks(reader);
    g_autofree char *format = take_word(reader);
    if (strcmp(format, "plural") != 0 || !take_char(reader, ',') || value->is != VALUE_IS_NUMBER)
        return wrong(reader, error, "only numbers have forms, and only of a plural");
    return append_plural(out, reader, value, error);
}

/* An apostrophe: two are one, one before a brace quotes up to the next; any other stands for itself. */
static void append_quoted(GString *out, Reader *reader)
{
    reader->at++;
    if (*reader->at != '{' && *reader->at != '}') {
        g_string_append_c(out, '\'');
        reader->at += *reader->at == '\'';
        return;
    }
    gsize n = strcspn(reader->at, "'");
    g_string_append_len(out, reader->at, (gssize)n);
    reader->at += n;
    take_char(reader, '\'');
}

/* Up to the end, or the brace that closes the form that we are in (`number` is what the form counts). */
static gboolean append_text(GString *out, Reader *reader, const Value *number, GError **error)
{
    if (++reader->depth > DEPTH_MOST)
        return wrong(reader, error, "forms stand too deep in one another");
    while (*reader->at && *reader->at != '}') {
        if (*reader->at == '\'') {
            append_quoted(out, reader);
        } else if (*reader->at == '#' && number) {
            reader->at++;
            language_append_number(reader->language, out, number->number);
        } else if (take_char(reader, '{')) {
            if (!append_place(out, reader, error))
                return FALSE;
        } else {
            g_string_append_c(out, *reader->at++);
        }
    }
    reader->depth--;
    return TRUE;
}

gboolean pattern_append(GString *out, const char *pattern, const Language *language, const Values *values,
                        GError **error)
{
    Reader reader = {.at = pattern, .whole = pattern, .language = language, .values = values};
    if (!append_text(out, &reader, NULL, error))
        return FALSE;
    return *reader.at == '\0' || wrong(&reader, error, "a brace is closed that was not open");
}
