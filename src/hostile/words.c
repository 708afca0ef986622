/* words.c - where a phrase stands in a text. */
#include "hostile/words.h"

/* The character at `at` in lower case, every blank as ' '; *next is behind it. A broken byte is one character. */
static gunichar folded_at(Span text, gsize at, gsize *next)
{
    guint8 byte = (guint8)text.p[at];
    *next = at + 1;
    if (byte < 0x80)
        return g_ascii_isspace((char)byte) ? ' ' : (gunichar)g_ascii_tolower((char)byte);
    gunichar c = g_utf8_get_char_validated(text.p + at, (gssize)(text.n - at));
    if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0)
        return 0xfffd;
    *next = at + (gsize)g_unichar_to_utf8(c, NULL);
    return g_unichar_isspace(c) ? ' ' : g_unichar_tolower(c);
}

gboolean words_fold(Words *words, Span phrase)
{
    words->count = 0;
    for (gsize at = 0, next; at < phrase.n && words->count < WORDS_CHARACTERS; at = next) {
        gunichar c = folded_at(phrase, at, &next);
        gboolean is_repeated_blank = c == ' ' && (!words->count || words->folded[words->count - 1] == ' ');
        if (!is_repeated_blank)
            words->folded[words->count++] = c;
    }
    while (words->count && words->folded[words->count - 1] == ' ')
        words->count--;
    return words->count > 0;
}

/* Where the phrase that begins at `at` ends, or `at`. */
static gsize end_of_match(const Words *words, Span text, gsize at)
{
    gsize place = at, next;
    for (gsize i = 0; i < words->count; i++) {
        if (place >= text.n || folded_at(text, place, &next) != words->folded[i])
            return at;
        place = next;
        while (words->folded[i] == ' ' && place < text.n && folded_at(text, place, &next) == ' ')
            place = next;
    }
    return place;
}

gboolean words_find(const Words *words, Span text, gsize from, gsize *start, gsize *end)
{
    for (gsize at = from, next; at < text.n; at = next) {
        gsize stop = folded_at(text, at, &next) == words->folded[0] ? end_of_match(words, text, at) : at;
        if (stop > at) {
            *start = at;
            *end = stop;
            return TRUE;
        }
    }
    return FALSE;
}
