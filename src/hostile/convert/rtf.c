/* rtf.c - the converter of Rich Text Format. */
#include "hostile/convert/rtf.h"

#include "hostile/convert/rtf_word.h"
#include "hostile/limits.h"
#include "hostile/read/charset_label.h"

/* What a group inherits from the one around it, and gives back at its end. */
typedef struct {
    RtfDestination destination;
    guint skip;     /* characters that stand for one \u: \uc          */
    guint codepage; /* of the font, or the document's                 */
    gsize from;     /* where the destination began                    */
} Group;

typedef struct {
    Charsets *charsets;
    Made *made;
    guint contents;
    Span bytes;
    gsize at;
    GArray *groups; /* Group; the last is the open one                       */
    guint codepage; /* \ansicpg                                              */
    guint pending;  /* characters still to be skipped behind a \u            */
    guint high;     /* first half of a pair of \u                            */
    gboolean star;  /* the group began with \*: unknown words are not for us */
    Scratch run;    /* bytes that wait for their charset                     */
    Scratch decoded;
    GHashTable *fonts; /* number -> codepage                                 */
    gint64 font;       /* that the font table describes now                  */
} Rtf;

static Group *top(Rtf *rtf)
{
    return &g_array_index(rtf->groups, Group, rtf->groups->len - 1);
}

/* Whether the destination holds text; *content says of which kind. */
static gboolean has_text(RtfDestination destination, ConvertContent *content)
{
    static const ConvertContent contents[] = {[RTF_BODY] = CONTENT_BODY,
                                              [RTF_NOTE] = CONTENT_NOTES,
                                              [RTF_COMMENT] = CONTENT_COMMENTS,
                                              [RTF_PROPERTY] = CONTENT_PROPERTIES};
    if (destination >= G_N_ELEMENTS(contents))
        return FALSE;
    *content = contents[destination];
    return TRUE;
}

static gboolean is_told(const Rtf *rtf, RtfDestination destination)
{
    ConvertContent content;
    return destination == RTF_BODY || (has_text(destination, &content) && (rtf->contents >> content & 1));
}

/* Text in the charset of the run goes out before anything else does. */
static void flush(Rtf *rtf)
{
    char label[CHARSET_LABEL_BYTES];
    guint64 defects = 0;
    Span text;
    if (!rtf->run.n)
        return;
    charset_label_of_codepage(top(rtf)->codepage, label);
    scratch_reset(&rtf->decoded);
    if (charset_decode(rtf->charsets, span_of_string(label), scratch_span(&rtf->run), &rtf->decoded, &text,
                       &defects))
        made_text(rtf->made, text);
    rtf->run.n = 0;
}

static void put_byte(Rtf *rtf, char byte)
{
    if (rtf->pending) {
        rtf->pending--;
        return;
    }
    if (is_told(rtf, top(rtf)->destination))
        scratch_append(&rtf->run, &byte, 1);
}

static void put_text(Rtf *rtf, const char *text)
{
    if (!is_told(rtf, top(rtf)->destination))
        return;
    flush(rtf);
    made_text(rtf->made, span_of_string(text));
}

static void put_character(Rtf *rtf, gunichar c)
{
    char text[8] = {0};
    if (!c || !g_unichar_validate(c))
        c = 0xfffd;
    g_unichar_to_utf8(c, text);
    put_text(rtf, text);
}

/* \uN: a signed 16-bit number; beyond them two in a row. */
static void put_unicode(Rtf *rtf, gint64 number)
{
    guint unit = (guint)number & 0xffff;
    rtf->pending = top(rtf)->skip;
    if (unit >= 0xd800 && unit < 0xdc00) {
        rtf->high = unit;
        return;
    }
    gboolean is_low = unit >= 0xdc00 && unit < 0xe000;
    if (is_low && rtf->high)
        put_character(rtf, 0x10000 + ((rtf->high - 0xd800) << 10) + (unit - 0xdc00));
    else
        put_character(rtf, unit);
    rtf->high = 0;
}

/* --- groups ------------------------------------------------------------------------------------------------ */

static void open_group(Rtf *rtf)
{
    flush(rtf);
    Group inner = *top(rtf);
    g_array_append_val(rtf->groups, inner);
    rtf->star = FALSE;
    rtf->pending = 0;
}

static void close_group(Rtf *rtf)
{
    flush(rtf);
    if (rtf->groups->len == 1)
        return;
    const Group inner = *top(rtf);
    ConvertContent content;
    g_array_set_size(rtf->groups, rtf->groups->len - 1);
    rtf->pending = 0;
    if (inner.destination == top(rtf)->destination)
        return;
    if (inner.destination == RTF_EMBEDDED)
        made_gap(rtf->made, "embedded", "picture or object", rtf->at - inner.from);
    else if (is_told(rtf, inner.destination))
        made_line(rtf->made);
    else if (has_text(inner.destination, &content))
        made_off(rtf->made, content, rtf->at - inner.from);
}

/* What goes into the body goes where the group around it goes: a link in a note is the note's. */
static void begin_destination(Rtf *rtf, RtfDestination destination)
{
    flush(rtf);
    Group *group = top(rtf);
    if (group->destination == RTF_SKIPPED || group->destination == RTF_EMBEDDED || destination == RTF_BODY ||
        destination == group->destination)
        return;
    if (is_told(rtf, destination))
        made_line(rtf->made);
    group->destination = destination;
    group->from = rtf->at;
}

/* --- words ------------------------------------------------------------------------------------------------- */

static guint codepage_or(Rtf *rtf, gint64 number)
{
    return number > 0 && number < 100000 ? (guint)number : rtf->codepage;
}

static void use_font(Rtf *rtf, gint64 number)
{
    flush(rtf);
    gpointer codepage = g_hash_table_lookup(rtf->fonts, GINT_TO_POINTER((gint)number));
    rtf->font = number;
    top(rtf)->codepage = codepage ? GPOINTER_TO_UINT(codepage) : rtf->codepage;
}

static void note_font_charset(Rtf *rtf, gint64 number)
{
    guint codepage = rtf_codepage_of_charset(number);
    if (codepage && g_hash_table_size(rtf->fonts) < 10000)
        g_hash_table_insert(rtf->fonts, GINT_TO_POINTER((gint)rtf->font), GUINT_TO_POINTER(codepage));
}

static void skip_binary(Rtf *rtf, gint64 number)
{
    gsize left = rtf->bytes.n - rtf->at, n = number > 0 ? MIN((gsize)number, left) : 0;
    rtf->at += n;
    if (n && top(rtf)->destination != RTF_EMBEDDED)
        made_gap(rtf->made, "embedded", "binary data", n);
}

static void obey(Rtf *rtf, const RtfWord *word, gint64 number)
{
    switch (word->kind) {
    case RTF_WORD_TEXT:
        put_text(rtf, word->text);
        break;
    case RTF_WORD_DESTINATION:
        begin_destination(rtf, word->destination);
        break;
    case RTF_WORD_UNICODE:
        put_unicode(rtf, number);
        break;
    case RTF_WORD_SKIP:
        top(rtf)->skip = number >= 0 && number < 100 ? (guint)number : 1;
        break;
    case RTF_WORD_CODEPAGE:
        rtf->codepage = codepage_or(rtf, number);
        top(rtf)->codepage = rtf->codepage;
        break;
    case RTF_WORD_FONT:
        use_font(rtf, number);
        break;
    case RTF_WORD_CHARSET:
        note_font_charset(rtf, number);
        break;
    case RTF_WORD_BINARY:
        skip_binary(rtf, number);
        break;
    }
}

/* The letters, number and one blank of a control word. */
static void read_word(Rtf *rtf)
{
    char name[32];
    gsize n = 0;
    gint64 number = 0;
    gboolean minus = FALSE, numbered = FALSE;
    for (; rtf->at < rtf->bytes.n && g_ascii_isalpha(rtf->bytes.p[rtf->at]); rtf->at++)
        if (n < sizeof name - 1)
            name[n++] = rtf->bytes.p[rtf->at];
    name[n] = '\0';
    if (rtf->at + 1 < rtf->bytes.n && rtf->bytes.p[rtf->at] == '-' &&
        g_ascii_isdigit(rtf->bytes.p[rtf->at + 1])) {
        minus = TRUE;
        rtf->at++;
    }
    for (; rtf->at < rtf->bytes.n && g_ascii_isdigit(rtf->bytes.p[rtf->at]); rtf->at++, numbered = TRUE)
        if (number < G_MAXINT32)
            number = number * 10 + (rtf->bytes.p[rtf->at] - '0');
    if (rtf->at < rtf->bytes.n && rtf->bytes.p[rtf->at] == ' ')
        rtf->at++;
    const RtfWord *word = rtf_word_find(name);
    if (word)
        obey(rtf, word, minus ? -number : numbered || !word->needs_number ? number : 1);
    else if (rtf->star)
        begin_destination(rtf, RTF_SKIPPED);
    rtf->star = FALSE;
}

static int hex_value(Rtf *rtf)
{
    if (rtf->at + 2 > rtf->bytes.n)
        return -1;
    int high = g_ascii_xdigit_value(rtf->bytes.p[rtf->at]),
        low = g_ascii_xdigit_value(rtf->bytes.p[rtf->at + 1]);
    if (high < 0 || low < 0)
        return -1;
    rtf->at += 2;
    return high * 16 + low;
}

/* What stands behind a backslash. */
static void read_control(Rtf *rtf)
{
    if (rtf->at >= rtf->bytes.n)
        return;
    char c = rtf->bytes.p[rtf->at];
    if (g_ascii_isalpha(c)) {
        read_word(rtf);
        return;
    }
    rtf->at++;
    if (c == '\'') {
        int value = hex_value(rtf);
        if (value >= 0)
            put_byte(rtf, (char)value);
    } else if (c == '*') {
        rtf->star = TRUE;
    } else if (c == '~') {
        put_text(rtf, " ");
    } else if (c == '\n' || c == '\r') {
        put_text(rtf, "\n");
    } else if (c == '_') {
        put_text(rtf, "-");
    } else if (strchr("\\{}", c)) {
        put_byte(rtf, c);
    }
}

static void read_all(Rtf *rtf)
{
    while (rtf->at < rtf->bytes.n && !rtf->made->full) {
        char c = rtf->bytes.p[rtf->at++];
        if (c == '\\') {
            read_control(rtf);
        } else if (c == '{') {
            if (rtf->groups->len >= LIMIT_RTF_DEPTH) {
                made_worse(rtf->made, PART_CUT, "too-deep", NULL, rtf->bytes.n - rtf->at);
                return;
            }
            open_group(rtf);
        } else if (c == '}') {
            close_group(rtf);
        } else if (c != '\n' && c != '\r') {
            put_byte(rtf, c);
        }
    }
    if (rtf->made->full)
        rtf->made->unscanned += rtf->bytes.n - rtf->at;
    else if (rtf->groups->len > 1)
        made_worse(rtf->made, PART_BROKEN, "broken", "it ends inside of a group", 0);
}

gboolean rtf_takes(Span bytes)
{
    while (bytes.n && g_ascii_isspace(bytes.p[0]))
        bytes = (Span){bytes.p + 1, bytes.n - 1};
    return bytes.n >= 5 && memcmp(bytes.p, "{\\rtf", 5) == 0;
}

void rtf_convert(Charsets *charsets, Span bytes, guint contents, Made *made)
{
    Rtf rtf = {.charsets = charsets, .made = made, .contents = contents, .bytes = bytes, .codepage = 1252};
    Group outer = {.destination = RTF_BODY, .skip = 1, .codepage = 1252};
    rtf.groups = g_array_new(FALSE, FALSE, sizeof(Group));
    rtf.fonts = g_hash_table_new(NULL, NULL);
    g_array_append_val(rtf.groups, outer);
    read_all(&rtf);
    flush(&rtf);
    made->unscanned = MIN(made->unscanned, bytes.n);
    g_array_unref(rtf.groups);
    g_hash_table_unref(rtf.fonts);
    scratch_clear(&rtf.run);
    scratch_clear(&rtf.decoded);
}
