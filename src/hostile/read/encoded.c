/* encoded.c - RFC 2047 as mail has it: words in quotes, torn characters, blanks inside, no blanks between. */
#include "hostile/read/encoded.h"

#include "hostile/limits.h"
#include "hostile/read/seek.h"
#include "hostile/read/transfer.h"

typedef struct {
    Span charset;
    char encoding; /* 'b' or 'q' */
    Span text;
    gsize length; /* of the whole word */
} Word;

/* The encoded word at the front of `rest`, which begins with "=?". */
static gboolean word_at(Span rest, Word *word)
{
    const char *end = rest.p + rest.n, *charset = rest.p + 2;
    const char *mark = memchr(charset, '?', (gsize)(end - charset));
    if (!mark || mark == charset || mark + 3 >= end || mark[2] != '?')
        return FALSE;
    word->encoding = g_ascii_tolower(mark[1]);
    if (word->encoding != 'b' && word->encoding != 'q')
        return FALSE;
    const char *language = memchr(charset, '*', (gsize)(mark - charset));
    word->charset = (Span){charset, (gsize)((language ? language : mark) - charset)};
    const char *text = mark + 3;
    const char *close = memmem(text, MIN((gsize)(end - text), LIMIT_VALUE_BYTES), "?=", 2);
    if (!close)
        return FALSE;
    word->text = (Span){text, (gsize)(close - text)};
    word->length = (gsize)(close + 2 - rest.p);
    return TRUE;
}

static gboolean same_charset(Span a, Span b)
{
    return a.p && b.p && a.n == b.n && g_ascii_strncasecmp(a.p, b.p, a.n) == 0;
}

/* Append text that is UTF-8, up to the limit of one value; never half a character. */
static void append_text(Words *words, Span text)
{
    gsize room = LIMIT_VALUE_BYTES - words->out.n;
    gsize take = MIN(text.n, room);
    while (take > 0 && take < text.n && ((guint8)text.p[take] & 0xC0) == 0x80)
        take--;
    words->cut += text.n - take;
    if (!scratch_append(&words->out, text.p, take))
        words->cut += take;
}

static void append_charset(Words *words, Span label, Span bytes)
{
    Span text;
    scratch_reset(&words->scrap);
    if (charset_decode(words->charsets, label, bytes, &words->scrap, &text, &words->defects))
        append_text(words, text);
    else
        words->cut += bytes.n;
}

/* Raw header text: fold marks out, undeclared 8-bit bytes guessed. */
static void append_raw(Words *words, Span raw)
{
    while (raw.n) {
        const char *lf = memchr(raw.p, '\n', raw.n);
        gsize n = lf ? (gsize)(lf - raw.p) : raw.n;
        Span line = {raw.p, n && lf && raw.p[n - 1] == '\r' ? n - 1 : n};
        gboolean ascii;
        if (seek_utf8(line, &ascii)) {
            append_text(words, line);
        } else {
            guint64 known = words->defects;
            append_charset(words, SPAN_NONE, line);
            words->defects = known | DEFECT_RAW_8BIT_HEADER;
        }
        n += lf ? 1 : 0;
        raw = (Span){raw.p + n, raw.n - n};
    }
}

/* Words of one charset are decoded together: senders tear characters between them. */
static void flush(Words *words, Span *charset)
{
    if (words->bytes.n)
        append_charset(words, *charset, scratch_span(&words->bytes));
    words->bytes.n = 0;
    *charset = SPAN_NONE;
}

static void add_word(Words *words, const Word *word, Span *charset)
{
    guint64 defects = 0;
    gsize trailer = 0;
    if (!same_charset(word->charset, *charset))
        flush(words, charset);
    *charset = word->charset;
    gboolean done = word->encoding == 'b' ? base64_decode(word->text, &words->bytes, &defects, &trailer)
                                          : quoted_word_decode(word->text, &words->bytes, &defects);
    if (!done)
        words->cut += word->length;
    if (defects)
        words->defects |= DEFECT_BAD_ENCODED_WORD;
}

static gboolean is_blank(Span text)
{
    return span_trim(text).n == 0;
}

static void decode_all(Words *words, Span value)
{
    Span charset = SPAN_NONE;
    guint count = 0;
    gsize raw = 0, at = 0; /* raw: from where text was not yet taken */
    while (at + 2 <= value.n) {
        const char *mark = memmem(value.p + at, value.n - at, "=?", 2);
        Word word;
        if (!mark)
            break;
        at = (gsize)(mark - value.p);
        if (!word_at((Span){mark, value.n - at}, &word)) {
            words->defects |= DEFECT_BAD_ENCODED_WORD;
            at += 2;
            continue;
        }
        if (++count > LIMIT_VALUE_WORDS) {
            words->cut += value.n - raw;
            raw = value.n;
            break;
        }
        Span between = {value.p + raw, at - raw};
        if (!charset.p || !is_blank(between)) {
            flush(words, &charset);
            append_raw(words, between);
        }
        add_word(words, &word, &charset);
        raw = at = at + word.length;
    }
    flush(words, &charset);
    append_raw(words, (Span){value.p + raw, value.n - raw});
}

static Span finish(Words *words)
{
    return arena_copy(words->arena, scratch_span(&words->out));
}

/* Text that can be handed on as it stands. */
static gboolean is_plain(Span value)
{
    return value.n <= LIMIT_VALUE_BYTES && seek_ascii(value) == value.n && !memchr(value.p, '\n', value.n);
}

Span words_plain(Words *words, Span value)
{
    if (!value.p || is_plain(value))
        return value;
    scratch_reset(&words->out);
    append_raw(words, value);
    return finish(words);
}

Span words_from_charset(Words *words, Span label, Span bytes)
{
    if (is_plain(bytes) && !label.n)
        return bytes;
    scratch_reset(&words->out);
    append_charset(words, label, bytes);
    return finish(words);
}

Span words_decode(Words *words, Span value)
{
    if (!value.p || (is_plain(value) && !memmem(value.p, value.n, "=?", 2)))
        return value;
    scratch_reset(&words->out);
    scratch_reset(&words->bytes);
    decode_all(words, value);
    return finish(words);
}

void words_clear(Words *words)
{
    scratch_clear(&words->bytes);
    scratch_clear(&words->out);
    scratch_clear(&words->scrap);
}
