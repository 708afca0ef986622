/* made.c - what a conversion has made so far. */
#include "hostile/convert/made.h"

#include "hostile/limits.h"

const char *const content_names[CONTENT_COUNT + 1] = {
    [CONTENT_BODY] = "body",         [CONTENT_NOTES] = "notes",
    [CONTENT_COMMENTS] = "comments", [CONTENT_PROPERTIES] = "properties",
    [CONTENT_HIDDEN] = "hidden",
};

void made_begin(Made *made, ConvertGap gap, void *user)
{
    Scratch text = made->text;
    scratch_reset(&text);
    *made = (Made){.text = text, .state = PART_READ, .gap = gap, .user = user};
}

static void give_gap(Made *made, const char *reason, const char *detail, guint64 bytes)
{
    GapRow gap = {.reason = span_of_string(reason), .detail = span_of_string(detail), .bytes = bytes};
    if (made->gap)
        made->gap(made->user, &gap);
}

void made_end(Made *made)
{
    if (made->gaps > LIMIT_CONVERT_GAPS)
        give_gap(made, "too-many-gaps", NULL, made->untold);
}

void made_gap(Made *made, const char *reason, const char *detail, guint64 bytes)
{
    made->unscanned += bytes;
    if (made->gaps++ < LIMIT_CONVERT_GAPS)
        give_gap(made, reason, detail, bytes);
    else
        made->untold += bytes;
}

/* From whole to useless, whatever the numbers of the states are. */
static guint badness(PartState state)
{
    static const guint order[PART_STATE_COUNT] = {
        [PART_READ] = 0, [PART_CUT] = 1, [PART_BROKEN] = 2, [PART_ENCRYPTED] = 3, [PART_UNREAD] = 4};
    return order[state];
}

void made_worse(Made *made, PartState state, const char *reason, const char *detail, guint64 bytes)
{
    if (badness(state) > badness(made->state))
        made->state = state;
    made_gap(made, reason, detail, bytes);
}

void made_off(Made *made, ConvertContent content, guint64 bytes)
{
    made_worse(made, PART_CUT, "contents-off", content_names[content], bytes);
}

void made_text(Made *made, Span text)
{
    if (made->full)
        return;
    gsize room = LIMIT_CONVERTED_TEXT_BYTES - made->text.n, n = MIN(text.n, room);
    while (n < text.n && n > 0 && ((guint8)text.p[n] & 0xc0) == 0x80)
        n--;
    gboolean stored = scratch_append(&made->text, text.p, n);
    if (stored && n == text.n)
        return;
    made->full = TRUE;
    made_worse(made, PART_CUT, stored ? "text-too-large" : "memory", NULL, 0);
}

void made_char(Made *made, char c)
{
    made_text(made, (Span){&c, 1});
}

void made_line(Made *made)
{
    if (made->text.n && made->text.p[made->text.n - 1] != '\n')
        made_char(made, '\n');
}
