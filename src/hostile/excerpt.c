/* excerpt.c - the places of words in a text, each with its surroundings, in which every match is masked. */
#include "hostile/excerpt.h"

#define EXCERPT_BYTES 160
#define EXCERPT_BEFORE 50
#define HITS_PER_TEXT 100

typedef struct {
    gsize start, end;
    char mask[32];
} Masked;

typedef struct {
    Span text;
    GArray *masked;  /* Masked, by start               */
    gsize known_end; /* masks are known up to here     */
} Masks;

static void note_match(void *user, const Match *match)
{
    Masks *masks = user;
    Masked masked = {.start = match->start, .end = match->end};
    gsize n = MIN(match->masked.n, sizeof masked.mask - 1);
    if (n)
        memcpy(masked.mask, match->masked.p, n);
    g_array_append_val(masks->masked, masked);
}

static gboolean begins_character(Span text, gsize at)
{
    return at >= text.n || ((guint8)text.p[at] & 0xc0) != 0x80;
}

/* The surroundings of a hit, cut between characters. */
static void choose_excerpt(Span text, gsize hit, gsize *from, gsize *to)
{
    *from = hit > EXCERPT_BEFORE ? hit - EXCERPT_BEFORE : 0;
    while (!begins_character(text, *from))
        ++*from;
    *to = MIN(text.n, *from + EXCERPT_BYTES - 32);
    while (!begins_character(text, *to))
        --*to;
}

static char *masked_excerpt(const Masks *masks, gsize hit)
{
    gsize from, to;
    Span text = masks->text;
    choose_excerpt(text, hit, &from, &to);
    if (to > masks->known_end)
        return NULL;
    g_autoptr(GString) excerpt = g_string_new(NULL);
    gsize shown = from;
    for (guint i = 0; i < masks->masked->len; i++) {
        const Masked *masked = &g_array_index(masks->masked, Masked, i);
        if (masked->end <= shown || masked->start >= to)
            continue;
        if (masked->start > shown)
            g_string_append_len(excerpt, text.p + shown, (gssize)(masked->start - shown));
        g_string_append_printf(excerpt, "[%s]", masked->mask[0] ? masked->mask : "…");
        shown = masked->end;
    }
    if (shown < to)
        g_string_append_len(excerpt, text.p + shown, (gssize)(to - shown));
    gsize n = MIN(excerpt->len, EXCERPT_BYTES);
    while (n < excerpt->len && ((guint8)excerpt->str[n] & 0xc0) == 0x80)
        n--;
    return g_utf8_make_valid(excerpt->str, (gssize)n);
}

void excerpts_write(Scanner *scanner, const Words *words, guint64 item, Span path, Span text, RowBuffer *rows)
{
    gsize start, end;
    if (!words_find(words, text, 0, &start, &end))
        return;
    g_autoptr(GArray) masked = g_array_new(FALSE, FALSE, sizeof(Masked));
    Masks masks = {.text = text, .masked = masked, .known_end = text.n};
    if (scanner_scan(scanner, text, note_match, &masks) && masked->len)
        masks.known_end = g_array_index(masked, Masked, masked->len - 1).start;
    for (guint hits = 0; hits < HITS_PER_TEXT; hits++) {
        g_autofree char *excerpt = masked_excerpt(&masks, start);
        row_begin(rows, 'W');
        row_put_uint(rows, item);
        row_put(rows, path);
        row_put_uint(rows, start);
        row_put_uint(rows, end);
        row_put_string(rows, excerpt);
        row_end(rows);
        if (!words_find(words, text, end, &start, &end))
            return;
    }
}
