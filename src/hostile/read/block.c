/* block.c - finds what stands in a text body by the marks at the front of a line. */
#include "hostile/read/block.h"

#include "hostile/read/seek.h"

static const char *const marks[] = {
    [BLOCK_UUENCODE] = "begin ",
    [BLOCK_YENC] = "=ybegin ",
    [BLOCK_PGP] = "-----BEGIN PGP MESSAGE-----",
};
/* Their first characters. */
static const char first_of_marks[3] = {'b', '=', '-'};

static gboolean stands_at(Span text, gsize at, const char *mark)
{
    gsize n = strlen(mark);
    return at + n <= text.n && memcmp(text.p + at, mark, n) == 0;
}

/* The next line from `from` (a line's start) on that begins with `mark`. */
static gsize find_line(Span text, gsize from, const char *mark)
{
    const char three[3] = {'\n', mark[0], mark[1]};
    while (!stands_at(text, from, mark)) {
        from = seek_three(text, from, three);
        if (from == SEEK_NOT_FOUND)
            return from;
        from++;
    }
    return from;
}

static Span line_at(Span text, gsize at)
{
    gsize end = seek_line_end(text, at);
    while (end > at && (text.p[end - 1] == '\r'))
        end--;
    return (Span){text.p + at, end - at};
}

/* A full line of uuencode, or the shorter last one: its first character says how long it is. Gateways cut
 * trailing blanks, old encoders add a check character. */
static gboolean is_uuencode_line(Span line)
{
    if (!line.n || line.p[0] < ' ' || line.p[0] > '`' || line.n > 70)
        return FALSE;
    gsize length = (gsize)(line.p[0] - ' ') & 63, full = 1 + (length + 2) / 3 * 4;
    if (length == 0 || length > 45 || line.n > full + 2)
        return FALSE;
    for (gsize i = 1; i < line.n; i++)
        if (line.p[i] < ' ' || line.p[i] > '`')
            return FALSE;
    return line.n + 3 >= full || length < 45;
}

/* "begin 644 name" and lines that hold. */
static gboolean read_uuencode(Span text, Block *block)
{
    Span first = line_at(text, block->start);
    gsize at = 6, digits = 0;
    for (; at < first.n && first.p[at] >= '0' && first.p[at] <= '7'; at++)
        digits++;
    if (digits < 3 || digits > 4 || at >= first.n || first.p[at] != ' ')
        return FALSE;
    block->name = span_trim((Span){first.p + at, first.n - at});
    gsize inside = seek_line_end(text, block->start) + 1, end = inside;
    while (end < text.n && is_uuencode_line(line_at(text, end)))
        end = seek_line_end(text, end) + 1;
    if (end <= inside)
        return FALSE;
    block->inside = (Span){text.p + inside, MIN(end, text.n) - inside};
    /* the line of length nought, then "end" */
    if (end < text.n && line_at(text, end).n <= 1)
        end = seek_line_end(text, end) + 1;
    if (end < text.n && span_equals(span_trim(line_at(text, end)), "end"))
        end = seek_line_end(text, end) + 1;
    block->end = MIN(end, text.n);
    return TRUE;
}

/* From its first line to the line that begins with `last`. */
static gboolean read_marked(Span text, const char *last, Block *block)
{
    gsize inside = MIN(seek_line_end(text, block->start) + 1, text.n);
    gsize end = find_line(text, inside, last);
    end = end == SEEK_NOT_FOUND ? text.n : end;
    block->inside = (Span){text.p + inside, end - inside};
    block->end = MIN(seek_line_end(text, end) + 1, text.n);
    return TRUE;
}

static gboolean read_block(Span text, Block *block)
{
    if (block->kind == BLOCK_UUENCODE)
        return read_uuencode(text, block);
    return read_marked(text, block->kind == BLOCK_YENC ? "=yend" : "-----END PGP MESSAGE-----", block);
}

/* Does the line at `at` open a block? */
static gboolean opens_at(Span text, gsize at, Block *block)
{
    for (guint kind = 0; kind < G_N_ELEMENTS(marks); kind++) {
        *block = (Block){.kind = (BlockKind)kind, .start = at};
        if (stands_at(text, at, marks[kind]))
            return read_block(text, block);
    }
    return FALSE;
}

gboolean block_next(BlockCursor *cursor, Block *block)
{
    gsize at = cursor->at;
    while (at != SEEK_NOT_FOUND && at < cursor->text.n) {
        if (opens_at(cursor->text, at, block)) {
            cursor->at = block->end;
            return TRUE;
        }
        at = seek_line_with(cursor->text, at, first_of_marks);
    }
    cursor->at = cursor->text.n;
    return FALSE;
}
