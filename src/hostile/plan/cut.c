/* cut.c - an mbox to ranges of about 64 MiB that begin at message boundaries. */
#include "hostile/plan/cut.h"

#include "hostile/limits.h"
#include "hostile/open/boundary.h"

/* How much of the start tells whether the mailbox has lengths. */
#define SAMPLE_BYTES (1UL << 20)

/* The first boundary at or behind `from`, near enough by envelope lines alone; `size` when there is none. */
static guint64 boundary_behind(Window *window, int file, guint64 size, guint64 from, char newline)
{
    window_turn(window, file, from - 1, size);
    if (!window_more(window, LIMIT_MESSAGE_BYTES))
        return size;
    guint64 at = from;
    gboolean quoted;
    Boundary found;
    while ((found = boundary_seek(window, newline, at, SAMPLE_BYTES, &at, &quoted)) == BOUNDARY_FULL)
        window_forget(window, MAX(window->base, at - BOUNDARY_CONTEXT));
    return found == BOUNDARY_FOUND ? at : size;
}

static guint64 jump(Window *window, int file, guint64 size, guint64 start, char newline)
{
    return boundary_behind(window, file, size, start + CUT_BYTES, newline);
}

static gboolean has_lengths(Window *window, int file, guint64 size, char *newline)
{
    window_turn(window, file, 0, MIN(size, SAMPLE_BYTES));
    while (window_more(window, 4 * SAMPLE_BYTES))
        continue;
    Span text = {window->bytes, window->length};
    gsize empty = 0;
    while (empty < text.n && (text.p[empty] == '\n' || text.p[empty] == '\r'))
        empty++;
    *newline = boundary_newline((Span){text.p + empty, text.n - empty});
    for (gsize at = 0; at < text.n;) {
        const char *stop = memchr(text.p + at, *newline, text.n - at);
        gsize n = stop ? (gsize)(stop - text.p) - at : text.n - at;
        if (n > 15 && g_ascii_strncasecmp(text.p + at, "content-length:", 15) == 0)
            return TRUE;
        at += n + 1;
    }
    return FALSE;
}

/* Message by message until the range is large enough. */
static guint64 walk(Mbox *mbox, int file, guint64 size, guint64 start)
{
    MboxPiece piece;
    mbox_turn(mbox, file, start, size);
    while (mbox->at < size && mbox->at - start < CUT_BYTES)
        mbox_next(mbox, &piece);
    return mbox->at;
}

void cut_mbox(int file, guint64 size, void (*found)(void *user, guint64 start, guint64 end), void *user)
{
    Mbox mbox;
    char newline;
    mbox_init(&mbox, NULL, LIMIT_MESSAGE_BYTES);
    gboolean step_by_step = has_lengths(&mbox.window, file, size, &newline);
    for (guint64 start = 0; start < size;) {
        guint64 end = size;
        if (size - start >= CUT_BYTES + CUT_LEAST_BYTES) {
            end = step_by_step ? walk(&mbox, file, size, start)
                               : jump(&mbox.window, file, size, start, newline);
            if (size - end < CUT_LEAST_BYTES)
                end = size;
        }
        found(user, start, end);
        start = end;
    }
    mbox_clear(&mbox);
}

gboolean cut_holds_one(int file, guint64 size)
{
    if (size > CUT_SINGLE_BYTES)
        return FALSE;
    Mbox mbox;
    MboxPiece piece;
    mbox_init(&mbox, NULL, LIMIT_MESSAGE_BYTES);
    mbox_turn(&mbox, file, 0, size);
    mbox_next(&mbox, &piece);
    gboolean one = piece.kind == MBOX_MESSAGE;
    if (one)
        mbox_next(&mbox, &piece);
    mbox_clear(&mbox);
    return one && piece.kind == MBOX_END;
}
