/* rewrite.c - found bytes to canonical bytes, in pieces of any size. */
#include "hostile/open/rewrite.h"

#include "hostile/open/fromline.h"

static const char from[] = "From ";

static void emit(Rewriter *rewriter, const char *bytes, gsize n)
{
    while (n) {
        if (rewriter->used == rewriter->room)
            rewriter->drain(rewriter);
        gsize some = MIN(n, rewriter->room - rewriter->used);
        memmove(rewriter->out + rewriter->used, bytes, some);
        rewriter->used += some;
        bytes += some;
        n -= some;
    }
}

static void emit_many(Rewriter *rewriter, char byte, guint64 *count)
{
    for (; *count; --*count)
        emit(rewriter, &byte, 1);
}

/* Something follows the newlines and returns that were held back: they are part of the text. */
static void settle(Rewriter *rewriter)
{
    emit_many(rewriter, '\n', &rewriter->newlines);
    rewriter->saw_lone_cr |= rewriter->returns > 0;
    emit_many(rewriter, '\r', &rewriter->returns);
}

/* The line does not begin with quotes and "From ": what was held back of it is text. */
static void release_line_start(Rewriter *rewriter)
{
    rewriter->at_line_start = FALSE;
    if (rewriter->quotes) {
        settle(rewriter);
        emit_many(rewriter, '>', &rewriter->quotes);
        emit(rewriter, from, rewriter->matched);
    }
    rewriter->matched = 0;
}

static void end_line(Rewriter *rewriter)
{
    release_line_start(rewriter);
    rewriter->saw_crlf |= rewriter->returns > 0;
    rewriter->saw_lf |= rewriter->returns == 0;
    rewriter->returns = 0;
    rewriter->newlines++;
    rewriter->at_line_start = TRUE;
}

static void take_break(Rewriter *rewriter, char byte)
{
    if (byte == '\n' || rewriter->lone_cr_ends_line) {
        end_line(rewriter);
    } else {
        release_line_start(rewriter);
        rewriter->returns++;
    }
}

/* One byte that is no line break, at a line's start. FALSE: it is ordinary text, and not yet taken. */
static gboolean take_line_start(Rewriter *rewriter, char byte)
{
    if (byte == '>' && rewriter->matched == 0) {
        rewriter->quotes++;
        return TRUE;
    }
    if (rewriter->quotes && byte == from[rewriter->matched]) {
        if (++rewriter->matched == sizeof from - 1) {
            settle(rewriter);
            emit(rewriter, from, sizeof from - 1);
            rewriter->quotes = rewriter->matched = 0;
            rewriter->at_line_start = FALSE;
        }
        return TRUE;
    }
    release_line_start(rewriter);
    return FALSE;
}

/* The first CR or LF at or behind p. */
static const char *next_break(const char *p, const char *end)
{
    const char *newline = memchr(p, '\n', (gsize)(end - p));
    const char *stop = newline ? newline : end;
    const char *cr = memchr(p, '\r', (gsize)(stop - p));
    return cr ? cr : stop;
}

void rewrite_piece(Rewriter *rewriter, Span piece)
{
    for (const char *p = piece.p, *end = p + piece.n; p < end;) {
        if (*p == '\n' || *p == '\r') {
            take_break(rewriter, *p++);
        } else if (rewriter->at_line_start && take_line_start(rewriter, *p)) {
            p++;
        } else {
            const char *stop = next_break(p, end);
            settle(rewriter);
            emit(rewriter, p, (gsize)(stop - p));
            p = stop;
        }
    }
}

void rewrite_end(Rewriter *rewriter)
{
    release_line_start(rewriter);
    rewriter->newlines = 1;
    rewriter->returns = 0;
    settle(rewriter);
}

gsize rewrite_envelope(Span found)
{
    for (gsize at = 0;;) {
        gsize start = at;
        while (start < found.n && found.p[start] == '>')
            start++;
        if (found.n - start < 5 || memcmp(found.p + start, from, 5) != 0)
            return at;
        const char *line = found.p + start, *end = found.p + found.n;
        const char *stop = next_break(line, end);
        Span sender;
        if (!from_line_read((Span){line, (gsize)(stop - line)}, &sender))
            return at;
        const char *next = stop;
        while (next < end && *next == '\r')
            next++;
        if (next < end && *next == '\n')
            next++;
        else
            next = MIN(stop + 1, end); /* a lone CR ends just this line */
        at = (gsize)(next - found.p);
    }
}
