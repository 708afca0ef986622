/* mbox.c - a range of an mbox to its messages. */
#include "hostile/open/mbox.h"

#include <unistd.h>
#include "hostile/limits.h"
#include "hostile/open/boundary.h"
#include "hostile/open/fromline.h"
#include "hostile/open/seek.h"

/* What is looked at of a message's start to find its Content-Length. */
#define HEADER_VIEW (16UL << 10)
/* Pieces in which what is too long to hold is hashed. */
#define LONG_PIECE (4UL << 20)

void mbox_init(Mbox *mbox, Hashing *hashing, gsize most)
{
    *mbox = (Mbox){.hashing = hashing, .newline = '\n', .most = most};
    window_init(&mbox->window);
}

void mbox_clear(Mbox *mbox)
{
    window_clear(&mbox->window);
}

void mbox_turn(Mbox *mbox, int file, guint64 start, guint64 end)
{
    Window *window = &mbox->window;
    window_turn(window, file, start, end);
    window_more(window, mbox->most);
    gsize empty = 0;
    while (empty < window->length && empty < 4 &&
           (window->bytes[empty] == '\n' || window->bytes[empty] == '\r'))
        empty++;
    mbox->at = start;
    mbox->newline = boundary_newline((Span){window->bytes + empty, window->length - empty});
}

static guint64 window_end(const Window *window)
{
    return window->base + window->length;
}

static void hold(Mbox *mbox, guint64 end)
{
    while (window_end(&mbox->window) < end && window_more(&mbox->window, mbox->most))
        continue;
}

static Span view(const Window *window, guint64 from, guint64 end)
{
    guint64 stop = MIN(end, window_end(window));
    return (Span){window->bytes + (from - window->base), stop > from ? (gsize)(stop - from) : 0};
}

/* The end of [start, boundary) without the one empty line that mbox writers put behind a message. */
static guint64 without_empty_line(const Mbox *mbox, guint64 start, guint64 boundary)
{
    const Window *window = &mbox->window;
    Span text = view(window, start, boundary);
    gsize n = text.n;
    if (!n || text.p[n - 1] != mbox->newline)
        return boundary;
    n--;
    while (mbox->newline == '\n' && n && text.p[n - 1] == '\r')
        n--;
    return n == 0 || text.p[n - 1] == mbox->newline ? start + n : boundary;
}

/* Whether [T, …) is where a message ends: looked at without moving the window, so that a lie costs one pread. */
static gboolean ends_at(const Mbox *mbox, guint64 claimed_end, guint64 *boundary)
{
    const Window *window = &mbox->window;
    char far_bytes[FROM_LINE_BYTES + 16];
    if (claimed_end > window->limit)
        return FALSE;
    gsize want = (gsize)MIN(sizeof far_bytes, window->limit - claimed_end);
    Span there;
    if (claimed_end >= window->base && claimed_end + want <= window_end(window)) {
        there = view(window, claimed_end, claimed_end + want);
    } else {
        gssize got = pread(window->file, far_bytes, want, (off_t)claimed_end);
        there = (Span){far_bytes, got > 0 ? (gsize)got : 0};
        if (there.n < want)
            return FALSE;
    }
    gsize skip;
    if (!boundary_is_at(there, claimed_end + want == window->limit, mbox->newline, &skip))
        return FALSE;
    *boundary = claimed_end + skip;
    return TRUE;
}

/* Where the message's own Content-Length says that it ends, if that is true. */
static gboolean believe_length(Mbox *mbox, guint64 start, MboxPiece *piece, guint64 *boundary)
{
    hold(mbox, start + HEADER_VIEW);
    guint64 length;
    gsize body;
    Span head = view(&mbox->window, start, start + LIMIT_HEADER_BYTES);
    if (!boundary_claimed_length(head, mbox->newline, &length, &body))
        return FALSE;
    if (ends_at(mbox, start + body + length, boundary))
        return TRUE;
    piece->defects |= DEFECT_LENGTH_LIED;
    return FALSE;
}

static gboolean has_quoted_from(Span text, char newline)
{
    for (gsize at = 0; (at = seek_from(text, at, newline)) < text.n; at++)
        if (at > 0 && text.p[at - 1] == '>')
            return TRUE;
    return FALSE;
}

/* Hash [start, boundary) in pieces through a window of its own; without a `known` boundary look for one. */
static guint64 hash_long(Mbox *mbox, guint64 start, guint64 known, MboxPiece *piece)
{
    gboolean lone_cr = memchr(piece->bytes, '\n', piece->held) == NULL;
    CanonStream *stream = canon_stream_new(mbox->hashing, lone_cr);
    Window scan;
    window_init(&scan);
    window_turn(&scan, mbox->window.file, start, known ? known : mbox->window.limit);
    guint64 at = start, next = start;
    gboolean quoted = FALSE;
    Boundary found = BOUNDARY_FULL;
    while (stream && found == BOUNDARY_FULL && window_more(&scan, 2 * LONG_PIECE)) {
        if (known) {
            next = window_end(&scan);
            found = scan.at_end ? BOUNDARY_END : BOUNDARY_FULL;
        } else {
            found = boundary_seek(&scan, mbox->newline, next, LONG_PIECE, &next, &quoted);
        }
        /* The last bytes before a boundary may be the empty line, which is not the message's. */
        guint64 safe = MAX(at, next - MIN(next - at, BOUNDARY_CONTEXT));
        canon_stream_feed(stream, view(&scan, at, safe));
        at = safe;
        window_forget(&scan, at);
    }
    guint64 end = next;
    if (stream) {
        Window *window = &mbox->window;
        Window held = *window;
        *window = scan;
        end = without_empty_line(mbox, at, next);
        *window = held;
        canon_stream_feed(stream, view(&scan, at, end));
        canon_stream_end(stream, &piece->hashes);
    }
    window_clear(&scan);
    piece->kind = stream ? MBOX_MESSAGE : MBOX_BROKEN;
    piece->too_long = TRUE;
    return end;
}

static void place(Mbox *mbox, guint64 start, MboxPiece *piece)
{
    piece->offset = start;
    piece->bytes = mbox->window.bytes + (start - mbox->window.base);
    piece->held = (gsize)(window_end(&mbox->window) - start);
}

static void finish(Mbox *mbox, guint64 end, MboxPiece *piece)
{
    piece->length = end - piece->offset;
    piece->held = (gsize)MIN(piece->held, piece->length);
    mbox->at = end;
}

/* The message behind an envelope line. */
static void read_message(Mbox *mbox, guint64 start, MboxPiece *piece)
{
    guint64 boundary;
    gboolean known = believe_length(mbox, start, piece, &boundary);
    gboolean held_whole;
    if (known) {
        hold(mbox, boundary);
        held_whole = window_end(&mbox->window) >= boundary || mbox->window.at_end;
        boundary = MIN(boundary, MAX(window_end(&mbox->window), start));
        piece->quoted = held_whole && has_quoted_from(view(&mbox->window, start, boundary), mbox->newline);
    } else {
        held_whole = boundary_seek(&mbox->window, mbox->newline, start, mbox->most, &boundary,
                                   &piece->quoted) != BOUNDARY_FULL;
    }
    place(mbox, start, piece);
    guint64 end = held_whole ? without_empty_line(mbox, start, boundary)
                             : hash_long(mbox, start, known ? boundary : 0, piece);
    finish(mbox, end, piece);
}

/* Bytes without an envelope line before them, up to where one stands. */
static void read_garbage(Mbox *mbox, guint64 start, MboxPiece *piece)
{
    guint64 boundary;
    boundary_seek(&mbox->window, mbox->newline, start + 1, LONG_PIECE, &boundary, &piece->quoted);
    piece->kind = MBOX_GARBAGE;
    place(mbox, start, piece);
    finish(mbox, MAX(boundary, start + 1), piece);
}

static void read_nothing(Mbox *mbox, guint64 from, MboxPiece *piece)
{
    piece->kind = from < mbox->window.limit ? MBOX_BROKEN : MBOX_END;
    piece->offset = from;
    piece->length = mbox->window.limit - from;
    mbox->at = mbox->window.limit;
}

/* Bring the start of the next piece, and what is looked at of it, into the window. */
static Span turn_to_next(Mbox *mbox)
{
    Window *window = &mbox->window;
    if (mbox->at >= window_end(window)) {
        /* What follows was not held (a message too long), or there is nothing more. */
        gboolean failed = window->failed;
        window_turn(window, window->file, mbox->at, window->limit);
        window->at_end |= failed;
    } else if (mbox->at - window->base >= WINDOW_CHUNK) {
        window_forget(window, mbox->at);
    }
    hold(mbox, mbox->at + FROM_LINE_BYTES + 128);
    return view(window, mbox->at, mbox->at + FROM_LINE_BYTES + 128);
}

void mbox_next(Mbox *mbox, MboxPiece *piece)
{
    *piece = (MboxPiece){.kind = MBOX_MESSAGE};
    Span head = turn_to_next(mbox), sender;
    guint64 from = mbox->at;
    gsize skip = 0, line_end;
    while (skip < head.n && skip < BOUNDARY_CONTEXT && (head.p[skip] == '\n' || head.p[skip] == '\r'))
        skip++;
    if (skip == head.n) {
        read_nothing(mbox, from + skip, piece);
        piece->between = view(&mbox->window, from, from + skip);
    } else if (!boundary_envelope((Span){head.p + skip, head.n - skip}, mbox->newline, &sender, &line_end)) {
        read_garbage(mbox, from, piece);
    } else {
        guint64 start = from + skip + line_end;
        read_message(mbox, start, piece);
        /* Only now, since the window moves while it is read on. */
        piece->between = (Span){mbox->window.bytes + (from - mbox->window.base), (gsize)(start - from)};
    }
}

void mbox_whole(Mbox *mbox, int file, guint64 size, MboxPiece *piece)
{
    *piece = (MboxPiece){.kind = MBOX_MESSAGE};
    Window *window = &mbox->window;
    window_turn(window, file, 0, size);
    hold(mbox, size);
    mbox->newline = memchr(window->bytes, '\n', window->length) ? '\n' : '\r';
    place(mbox, 0, piece);
    guint64 end = window_end(window);
    if (!window->at_end)
        end = hash_long(mbox, 0, size, piece);
    else
        piece->quoted = has_quoted_from((Span){window->bytes, window->length}, mbox->newline);
    finish(mbox, end, piece);
    if (window->failed)
        piece->kind = MBOX_BROKEN;
}
