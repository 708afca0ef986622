/* plain.c - the converter of what is text, whatever it is called. */
#include "hostile/convert/plain.h"

#include "hostile/limits.h"
#include "hostile/read/html.h"
#include "hostile/read/transfer.h"

/* How much is looked at to tell text from other bytes. */
#define LOOK_BYTES (64UL << 10)
/* One control character in so many bytes is no text any more. */
#define BYTES_A_CONTROL 50

static gboolean begins(Span text, const char *word)
{
    gsize n = strlen(word);
    return text.n >= n && g_ascii_strncasecmp(text.p, word, n) == 0;
}

/* --- charset ----------------------------------------------------------------------------------------------- */

/* UTF-16 without a mark: every other byte of what is mostly Latin is NUL. */
static const char *wide_charset(Span bytes)
{
    gsize n = MIN(bytes.n, LOOK_BYTES) / 2, even = 0, odd = 0;
    for (gsize i = 0; i < n; i++) {
        even += bytes.p[2 * i] ? 0 : 1;
        odd += bytes.p[2 * i + 1] ? 0 : 1;
    }
    if (n < 4 || (even && odd))
        return NULL;
    return odd * 2 > n ? "utf-16le" : even * 2 > n ? "utf-16be" : NULL;
}

/* Mark, or what gives itself away; NULL: it must be guessed. */
static const char *charset_of(Span bytes)
{
    if (begins(bytes, "\xff\xfe"))
        return "utf-16le";
    if (begins(bytes, "\xfe\xff"))
        return "utf-16be";
    return begins(bytes, "\xef\xbb\xbf") ? "utf-8" : wide_charset(bytes);
}

static gboolean is_control(char c)
{
    return ((guint8)c < ' ' && !strchr("\t\n\r\f\v\x1b", c)) || c == 0x7f;
}

gboolean text_takes(Span bytes, Span media_type)
{
    Span front = {bytes.p, MIN(bytes.n, LOOK_BYTES)};
    gsize controls = 0;
    (void)media_type;
    if (charset_of(bytes))
        return TRUE;
    if (!bytes.n || memchr(front.p, 0, front.n))
        return FALSE;
    for (gsize i = 0; i < front.n; i++)
        controls += is_control(front.p[i]) ? 1 : 0;
    return controls <= front.n / BYTES_A_CONTROL;
}

/* What a page of HTML or XML says at its front. */
static Span said_charset(Span bytes)
{
    static const char *const words[] = {"charset=", "encoding="};
    Span front = {bytes.p, MIN(bytes.n, 1024)};
    for (guint i = 0; i < G_N_ELEMENTS(words) && front.n && *front.p == '<'; i++) {
        const char *word = memmem(front.p, front.n, words[i], strlen(words[i])), *end = front.p + front.n;
        if (!word)
            continue;
        const char *from = word + strlen(words[i]);
        while (from < end && strchr("\"' ", *from))
            from++;
        const char *to = from;
        while (to < end && (g_ascii_isalnum(*to) || strchr("-_.:", *to)))
            to++;
        if (to > from)
            return (Span){from, (gsize)(to - from)};
    }
    return SPAN_NONE;
}

/* --- cards and calendars ----------------------------------------------------------------------------------- */

static gboolean is_folded(Span text)
{
    return begins(text, "BEGIN:VCARD") || begins(text, "BEGIN:VCALENDAR");
}

/* A line goes on where the next one begins with a blank. */
static gboolean unfold(Span text, Scratch *out)
{
    for (gsize i = 0; i < text.n; i++) {
        gsize end = i;
        while (end < text.n && (text.p[end] == '\r' || text.p[end] == '\n') && end - i < 2)
            end++;
        if (end > i && end < text.n && (text.p[end] == ' ' || text.p[end] == '\t'))
            i = end;
        else if (!scratch_append(out, text.p + i, 1))
            return FALSE;
    }
    return TRUE;
}

/* Quoted-printable of old vCards: the whole card is decoded, since hardly anything else has '=' before hexadecimal
 * digits. */
static Span undo_quoted(Span text, Scratch *out)
{
    guint64 defects = 0;
    gboolean quoted = memmem(text.p, text.n, "QUOTED-PRINTABLE", 16) != NULL;
    return quoted && quoted_decode(text, out, &defects) ? scratch_span(out) : text;
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static void put_text(Made *made, Span text)
{
    g_auto(Scratch) unfolded = {0}, stripped = {0};
    if (begins(text, "\xef\xbb\xbf"))
        text = (Span){text.p + 3, text.n - 3};
    if (is_folded(text) && unfold(text, &unfolded))
        text = scratch_span(&unfolded);
    else if (html_looks(text) && html_strip(text, &stripped))
        text = scratch_span(&stripped);
    made_text(made, text);
    made_line(made);
}

void text_convert(Charsets *charsets, Span bytes, guint contents, Made *made)
{
    g_auto(Scratch) decoded = {0}, quoted = {0};
    guint64 defects = 0;
    Span text, read = {bytes.p, MIN(bytes.n, LIMIT_TEXT_BYTES / 3)};
    const char *charset = charset_of(bytes);
    (void)contents;
    if (begins(bytes, "-----BEGIN PGP MESSAGE-----")) {
        made_worse(made, PART_ENCRYPTED, "encrypted", NULL, bytes.n);
        return;
    }
    if (is_folded(read))
        read = undo_quoted(read, &quoted);
    Span label = charset ? span_of_string(charset) : said_charset(read);
    if (charset_decode(charsets, label, read, &decoded, &text, &defects))
        put_text(made, text);
    else
        made_worse(made, PART_CUT, "memory", NULL, bytes.n);
    if (bytes.n > LIMIT_TEXT_BYTES / 3)
        made_worse(made, PART_CUT, "text-too-large", NULL, bytes.n - LIMIT_TEXT_BYTES / 3);
}
