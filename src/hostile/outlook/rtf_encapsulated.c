/* rtf_encapsulated.c - HTML or plain text that was wrapped in RTF, taken out again, [MS-OXRTFEX].
 *
 * HTML stands in two kinds of places: markup in groups {\*\htmltag…}, text between them.  What is between \htmlrtf and
 * \htmlrtf0 is for readers of RTF alone.  Everything else that a reader of RTF would show is text. */
#include "hostile/outlook/rtf_compressed.h"

#include "hostile/convert/rtf_word.h"
#include "hostile/limits.h"
#include "hostile/outlook/rtf_token.h"
#include "hostile/read/charset_label.h"

/* The mark must be among the first tokens, [MS-OXRTFEX] 2.1.4.1. */
#define MARK_TOKENS 10
#define MOST_FONTS 10000

typedef enum { SHOWN, TAG, SKIPPED, FONTS } Destination;

/* What a group inherits, and gives back at its end. */
typedef struct {
    Destination destination;
    gboolean hidden; /* \htmlrtf                       */
    guint skip;      /* characters behind a \u: \uc    */
    guint codepage;  /* of the font                    */
} Group;

typedef struct {
    Charsets *charsets;
    Scratch *out;
    gboolean html, failed;
    GArray *groups; /* Group */
    guint too_deep; /* groups beyond the limit that are open */
    guint64 lost;   /* bytes of text in them                 */
    gboolean star;
    guint codepage; /* \ansicpg: of markup */
    gint32 base;    /* \deff                */
    guint pending;  /* characters to be passed over behind a \u */
    guint high;
    Scratch run; /* bytes that wait for their charset */
    GHashTable *fonts;
    gint32 font; /* that the table of fonts describes now */
} Unwrapping;

static Group *top(const Unwrapping *u)
{
    return &g_array_index(u->groups, Group, u->groups->len - 1);
}

static gboolean is_copied(const Unwrapping *u)
{
    const Group *group = top(u);
    return !u->too_deep && !group->hidden && (group->destination == SHOWN || group->destination == TAG);
}

static void flush(Unwrapping *u)
{
    char label[CHARSET_LABEL_BYTES];
    guint64 defects = 0;
    g_auto(Scratch) decoded = {0};
    Span text;
    if (!u->run.n)
        return;
    const Group *group = top(u);
    charset_label_of_codepage(group->destination == TAG ? u->codepage : group->codepage, label);
    if (!charset_decode(u->charsets, span_of_string(label), scratch_span(&u->run), &decoded, &text,
                        &defects) ||
        !scratch_append(u->out, text.p, text.n))
        u->failed = TRUE;
    u->run.n = 0;
}

static void put_bytes(Unwrapping *u, Span bytes)
{
    gsize passed = MIN(bytes.n, u->pending);
    u->pending -= (guint)passed;
    u->lost += u->too_deep ? bytes.n - passed : 0;
    if (is_copied(u) && bytes.n > passed && !scratch_append(&u->run, bytes.p + passed, bytes.n - passed))
        u->failed = TRUE;
}

static void put_text(Unwrapping *u, const char *text)
{
    u->lost += u->too_deep ? strlen(text) : 0;
    if (!is_copied(u))
        return;
    flush(u);
    if (!scratch_append(u->out, text, strlen(text)))
        u->failed = TRUE;
}

static void put_character(Unwrapping *u, gunichar c)
{
    char text[8] = {0};
    g_unichar_to_utf8(c && g_unichar_validate(c) ? c : 0xfffd, text);
    put_text(u, text);
}

/* \uN: a signed 16-bit number; beyond them two in a row. */
static void put_unicode(Unwrapping *u, gint32 number)
{
    guint unit = (guint)number & 0xffff, high = u->high;
    u->pending = top(u)->skip;
    u->high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    if (u->high)
        return;
    if (unit >= 0xdc00 && unit < 0xe000 && high)
        put_character(u, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
    else
        put_character(u, unit);
}

/* --- groups and fonts --------------------------------------------------------------------------------------------- */

static void begin(Unwrapping *u, Destination destination)
{
    flush(u);
    if (top(u)->destination != SKIPPED)
        top(u)->destination = destination;
}

static void use_font(Unwrapping *u, gint32 font)
{
    flush(u);
    u->font = font;
    gpointer codepage = g_hash_table_lookup(u->fonts, GINT_TO_POINTER(font));
    top(u)->codepage = codepage ? GPOINTER_TO_UINT(codepage) : u->codepage;
}

static void note_charset(Unwrapping *u, gint32 charset)
{
    guint codepage = rtf_codepage_of_charset(charset);
    if (codepage && top(u)->destination == FONTS && g_hash_table_size(u->fonts) < MOST_FONTS)
        g_hash_table_insert(u->fonts, GINT_TO_POINTER(u->font), GUINT_TO_POINTER(codepage));
}

static void use_codepage(Unwrapping *u, gint32 codepage)
{
    if (codepage > 0 && codepage < 100000)
        u->codepage = top(u)->codepage = (guint)codepage;
}

static void open_group(Unwrapping *u)
{
    Group inner = *top(u);
    flush(u);
    u->star = FALSE;
    u->pending = 0;
    if (u->groups->len >= LIMIT_RTF_DEPTH)
        u->too_deep++;
    else
        g_array_append_val(u->groups, inner);
}

static void close_group(Unwrapping *u)
{
    flush(u);
    u->pending = 0;
    u->star = FALSE;
    if (u->too_deep) {
        u->too_deep--;
        return;
    }
    Destination inner = top(u)->destination;
    if (u->groups->len > 1)
        g_array_set_size(u->groups, u->groups->len - 1);
    if (inner == FONTS && top(u)->destination == SHOWN)
        use_font(u, u->base);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* Words that stand for a character; in HTML some are written as it writes them. */
static gboolean obey_character(Unwrapping *u, const char *name)
{
    static const struct {
        const char *name, *text;
    } characters[] = {{"par", "\r\n"},
                      {"line", "\r\n"},
                      {"tab", "\t"},
                      {"lquote", "\xe2\x80\x98"},
                      {"rquote", "\xe2\x80\x99"},
                      {"ldblquote", "\xe2\x80\x9c"},
                      {"rdblquote", "\xe2\x80\x9d"},
                      {"bullet", "\xe2\x80\xa2"},
                      {"endash", "\xe2\x80\x93"},
                      {"emdash", "\xe2\x80\x94"}};
    for (gsize i = 0; i < G_N_ELEMENTS(characters); i++)
        if (strcmp(characters[i].name, name) == 0) {
            put_text(u, characters[i].text);
            return TRUE;
        }
    return FALSE;
}

/* Groups whose inside is not text. */
static gboolean obey_destination(Unwrapping *u, const char *name)
{
    static const char *const skipped[] = {"colortbl", "stylesheet", "info",  "pict",
                                          "object",   "header",     "footer"};
    if (strcmp(name, "htmltag") == 0) {
        if (top(u)->destination == SHOWN)
            begin(u, TAG);
        return TRUE;
    }
    if (strcmp(name, "fonttbl") == 0) {
        begin(u, FONTS);
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(skipped); i++)
        if (strcmp(skipped[i], name) == 0) {
            begin(u, SKIPPED);
            return TRUE;
        }
    return FALSE;
}

static void obey_number(Unwrapping *u, const RtfToken *token)
{
    gint32 number = token->number;
    if (strcmp(token->name, "u") == 0)
        put_unicode(u, number);
    else if (strcmp(token->name, "uc") == 0)
        top(u)->skip = number >= 0 && number < 100 ? (guint)number : 1;
    else if (strcmp(token->name, "f") == 0)
        use_font(u, number);
    else if (strcmp(token->name, "plain") == 0)
        use_font(u, u->base);
    else if (strcmp(token->name, "deff") == 0)
        u->base = number;
    else if (strcmp(token->name, "fcharset") == 0)
        note_charset(u, number);
    else if (strcmp(token->name, "ansicpg") == 0)
        use_codepage(u, number);
}

static void obey(Unwrapping *u, const RtfToken *token)
{
    gboolean star = u->star;
    u->star = FALSE;
    if (strcmp(token->name, "htmlrtf") == 0) {
        flush(u);
        top(u)->hidden = !token->has_number || token->number != 0;
    } else if (obey_destination(u, token->name) || obey_character(u, token->name)) {
        return;
    } else if (star) {
        begin(u, SKIPPED);
    } else {
        obey_number(u, token);
    }
}

static void obey_symbol(Unwrapping *u, char symbol)
{
    if (symbol == '*')
        u->star = TRUE;
    else if (symbol == '~')
        put_text(u, u->html ? "&nbsp;" : "\xc2\xa0");
    else if (symbol == '_')
        put_text(u, "-");
    else if (symbol == '\n' || symbol == '\r')
        put_text(u, "\r\n");
}

static void unwrap(Unwrapping *u, Span rtf)
{
    RtfToken token = {.kind = RTF_TOKEN_TEXT};
    for (gsize at = 0; token.kind != RTF_TOKEN_END && !u->failed;) {
        rtf_token_next(rtf, &at, &token);
        if (token.kind == RTF_TOKEN_OPEN)
            open_group(u);
        else if (token.kind == RTF_TOKEN_CLOSE)
            close_group(u);
        else if (token.kind == RTF_TOKEN_WORD)
            obey(u, &token);
        else if (token.kind == RTF_TOKEN_SYMBOL)
            obey_symbol(u, token.symbol);
        else if (token.kind == RTF_TOKEN_BYTE)
            put_bytes(u, (Span){&token.symbol, 1});
        else if (token.kind == RTF_TOKEN_TEXT)
            put_bytes(u, token.text);
    }
    flush(u);
}

/* Whether the RTF says at its front that it wraps something. */
static gboolean is_marked(Span rtf, gboolean *html)
{
    RtfToken token;
    gsize at = 0;
    for (guint i = 0; i < MARK_TOKENS; i++) {
        rtf_token_next(rtf, &at, &token);
        *html = token.kind == RTF_TOKEN_WORD && strcmp(token.name, "fromhtml") == 0;
        if (*html || (token.kind == RTF_TOKEN_WORD && strcmp(token.name, "fromtext") == 0))
            return TRUE;
    }
    return FALSE;
}

gboolean rtf_decapsulate(Span rtf, Charsets *charsets, Scratch *out, gboolean *html, guint64 *lost)
{
    *lost = 0;
    if (!is_marked(rtf, html))
        return FALSE;
    gsize before = out->n;
    Unwrapping u = {.charsets = charsets, .out = out, .html = *html, .codepage = 1252};
    Group outer = {.destination = SHOWN, .skip = 1, .codepage = 1252};
    u.groups = g_array_new(FALSE, FALSE, sizeof(Group));
    u.fonts = g_hash_table_new(NULL, NULL);
    g_array_append_val(u.groups, outer);
    unwrap(&u, rtf);
    g_array_unref(u.groups);
    g_hash_table_unref(u.fonts);
    scratch_clear(&u.run);
    *lost = u.lost;
    if (u.failed)
        out->n = before;
    return !u.failed;
}
