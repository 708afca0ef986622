/* pieces.c - a log to its records, wherever their ends are. */
#include "hostile/log/pieces.h"

#include <unistd.h>
#include "hostile/limits.h"
#include "hostile/log/page.h"

#define BOM8 "\xef\xbb\xbf"
#define BOM16 "\xff\xfe"
/* Enough to see a BOM, a page's beginning, the first line of a CSV. */
#define BEGINNING_BYTES 4096
#define WINDOW_MOST (LIMIT_LOG_RECORD_BYTES + 2 * WINDOW_CHUNK)

/* --- bytes ----------------------------------------------------------------------------------------------------- */

/* Whether byte `i` of the text is there; what lies before `keep` may be forgotten. */
static gboolean have(LogPieces *it, guint64 i, guint64 keep)
{
    Window *window = &it->window;
    while (i >= window->base + window->length) {
        if (it->decoded)
            return FALSE;
        window_forget(window, MIN(keep, window->base + window->length));
        if (!window_more(window, WINDOW_MOST))
            return FALSE;
    }
    return TRUE;
}

static char byte_at(const LogPieces *it, guint64 i)
{
    return it->window.bytes[i - it->window.base];
}

static Span text_of(const LogPieces *it, guint64 from, guint64 to)
{
    return (Span){it->window.bytes + (from - it->window.base), (gsize)(to - from)};
}

/* Where byte `at` of the text, which is not before the last one asked for, stands in the file. */
static guint64 place_in_file(LogPieces *it, guint64 at)
{
    if (!it->decoded)
        return at;
    for (; it->raw_at < at; it->raw_at++) {
        guchar c = (guchar)byte_at(it, it->raw_at);
        if (c < 0x80 || c >= 0xc0) /* the first byte of a character: two units when it has four bytes */
            it->raw += c >= 0xf0 ? 4 : 2;
    }
    return it->raw;
}

/* The text [from, to) is a piece, and the next one begins behind it. */
static void end_piece(LogPieces *it, LogPiece *piece, guint64 from, guint64 to, const char *wrong)
{
    gboolean held = from >= it->window.base;
    piece->text = held ? text_of(it, from, to) : SPAN_OF("");
    piece->offset = place_in_file(it, from);
    piece->end = place_in_file(it, to);
    piece->wrong = wrong;
    it->at = to;
}

/* Why there are no more bytes where some were due. */
static const char *reason_of_end(const LogPieces *it)
{
    return it->window.failed ? "unreadable" : "record-cut";
}

/* The end of the line that `from` lies in, newline not included. */
static guint64 line_end(LogPieces *it, guint64 from)
{
    guint64 i = from;
    while (have(it, i, i) && byte_at(it, i) != '\n')
        i++;
    return i;
}

/* --- JSON ------------------------------------------------------------------------------------------------------ */

/* Whether the newline ends a record that stands open: where records are lines, or the next line begins one. */
static gboolean newline_ends_record(LogPieces *it, guint64 newline, guint64 keep)
{
    return it->by_line || (have(it, newline + 2, keep) && byte_at(it, newline + 1) == '{' &&
                           byte_at(it, newline + 2) == '"');
}

/* From the brace at `it->at` to the one that closes it. */
static void take_object(LogPieces *it, LogPiece *piece)
{
    const guint64 start = it->at;
    guint64 keep = start, i = start;
    guint depth = 0;
    gboolean in_string = FALSE, too_large = FALSE, has_newline = FALSE;
    gboolean is_line = have(it, start + 1, start) && byte_at(it, start + 1) == '"';
    for (;; i++) {
        if (!have(it, i, keep)) {
            if (it->window.at_end || too_large) {
                end_piece(it, piece, start, it->window.base + it->window.length,
                          too_large ? "record-too-large" : reason_of_end(it));
                return;
            }
            too_large = TRUE;
            keep = i--;
            continue;
        }
        keep = too_large ? i : start;
        char c = byte_at(it, i);
        if (c == '\n' && is_line && newline_ends_record(it, i, keep)) {
            end_piece(it, piece, start, i, too_large ? "record-too-large" : "record-cut");
            return;
        }
        has_newline |= c == '\n';
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = FALSE;
        } else if (c == '"') {
            in_string = TRUE;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            gboolean ends_line = !have(it, i + 1, keep) || strchr("\r\n", byte_at(it, i + 1));
            it->by_line = is_line && !has_newline && ends_line;
            end_piece(it, piece, start, i + 1, too_large ? "record-too-large" : NULL);
            return;
        }
    }
}

/* Pass over what stands between records. FALSE at the end. */
static gboolean skip_between(LogPieces *it)
{
    while (have(it, it->at, it->at)) {
        char c = byte_at(it, it->at);
        if (c == ']' && it->in_page) {
            have(it, it->at + BEGINNING_BYTES, it->at);
            it->at += page_tail(text_of(it, it->at, it->window.base + it->window.length));
            it->in_page = FALSE;
        } else if (c == ']' || c == '[' || c == ',' || g_ascii_isspace(c)) {
            it->at++;
        } else {
            return TRUE;
        }
    }
    return FALSE;
}

/* A page's beginning at `it->at` is passed over. */
static gboolean enter_page(LogPieces *it)
{
    have(it, it->at + BEGINNING_BYTES, it->at);
    gsize n = page_head(text_of(it, it->at, it->window.base + it->window.length));
    it->at += n;
    it->in_page = it->in_page || n;
    return n > 0;
}

static gboolean next_json(LogPieces *it, LogPiece *piece)
{
    while (skip_between(it)) {
        if (byte_at(it, it->at) != '{') {
            end_piece(it, piece, it->at, line_end(it, it->at), "not-a-record");
            return TRUE;
        }
        if (!it->in_page && enter_page(it))
            continue;
        take_object(it, piece);
        return TRUE;
    }
    return FALSE;
}

/* --- CSV ------------------------------------------------------------------------------------------------------- */

/* The end of the row at `from`; *closed: whether every quote is. */
static guint64 row_end(LogPieces *it, guint64 from, gboolean *closed)
{
    gboolean in_quotes = FALSE;
    guint64 i = from;
    for (; have(it, i, from); i++) {
        char c = byte_at(it, i);
        if (c == '"' && !it->unquoted)
            in_quotes = !in_quotes;
        else if (c == '\n' && !in_quotes)
            break;
    }
    *closed = !in_quotes;
    return i;
}

static gboolean next_csv(LogPieces *it, LogPiece *piece)
{
    while (have(it, it->at, it->at) && (byte_at(it, it->at) == '\n' || byte_at(it, it->at) == '\r'))
        it->at++;
    if (!have(it, it->at, it->at))
        return FALSE;
    gboolean closed;
    guint64 from = it->at, to = row_end(it, from, &closed);
    if (closed) {
        end_piece(it, piece, from, to, NULL);
        return TRUE;
    }
    /* What the quote swallowed is read line by line. */
    it->unquoted = TRUE;
    to = from;
    while (to < it->window.base + it->window.length && byte_at(it, to) != '\n')
        to++;
    end_piece(it, piece, from, to, reason_of_end(it));
    return TRUE;
}

GPtrArray *csv_fields(Span row)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(g_free);
    GString *field = g_string_new(NULL);
    gboolean in_quotes = FALSE;
    while (row.n && row.p[row.n - 1] == '\r')
        row.n--;
    for (gsize i = 0; i < row.n; i++) {
        char c = row.p[i];
        if (in_quotes && c == '"' && i + 1 < row.n && row.p[i + 1] == '"')
            g_string_append_c(field, row.p[i++]);
        else if (c == '"')
            in_quotes = !in_quotes;
        else if (c == ',' && !in_quotes) {
            g_ptr_array_add(fields, g_string_free(field, FALSE));
            field = g_string_new(NULL);
        } else
            g_string_append_c(field, c);
    }
    g_ptr_array_add(fields, g_string_free(field, FALSE));
    return fields;
}

/* --- the file -------------------------------------------------------------------------------------------------- */

void log_pieces_init(LogPieces *it)
{
    *it = (LogPieces){0};
    window_init(&it->window);
}

void log_pieces_clear(LogPieces *it)
{
    g_clear_pointer(&it->header, g_ptr_array_unref);
    window_clear(&it->window);
}

/* Decode the whole file; its text becomes the window. */
static const char *decode(LogPieces *it, int file, guint64 end)
{
    if (end > LIMIT_LOG_UTF16_BYTES)
        return "log-too-large";
    g_autofree char *bytes = g_try_malloc(end);
    gsize got = 0;
    for (gssize n = 1; bytes && got < end && n > 0; got += n > 0 ? (gsize)n : 0)
        n = pread(file, bytes + got, end - got, (off_t)got);
    glong read = 0, units = (glong)(end - 2) / 2, length;
    g_autofree char *text = NULL;
    if (bytes && got == end)
        text = g_utf16_to_utf8((const gunichar2 *)(gpointer)(bytes + 2), units, &read, &length, NULL);
    if (text && read != units) /* GLib stops at a NUL */
        return "log-not-text";
    if (!text)
        return bytes && got == end ? "log-not-text" : "unreadable";
    window_clear(&it->window);
    it->window.bytes = g_steal_pointer(&text);
    it->window.length = it->window.capacity = (gsize)length;
    it->window.at_end = it->decoded = TRUE;
    it->raw = 2;
    it->raw_at = 0;
    return NULL;
}

/* What a box that goes on in the middle of a file must know of its beginning. */
static void look_at_beginning(LogPieces *it)
{
    have(it, 3, 0);
    Span start = text_of(it, 0, it->window.base + it->window.length);
    if (start.n >= 3 && memcmp(start.p, BOM8, 3) == 0)
        it->at = 3;
    while (have(it, it->at, it->at) && g_ascii_isspace(byte_at(it, it->at)))
        it->at++;
    char first = have(it, it->at, it->at) ? byte_at(it, it->at) : '{';
    it->is_csv = first != '{' && first != '[';
    if (!it->is_csv) {
        if (first == '{')
            enter_page(it);
        return;
    }
    LogPiece row;
    if (next_csv(it, &row) && !row.wrong)
        it->header = csv_fields(row.text);
}

const char *log_pieces_turn(LogPieces *it, int file, guint64 start, guint64 end)
{
    char bom[2];
    const char *wrong = NULL;
    log_pieces_clear(it);
    log_pieces_init(it);
    window_turn(&it->window, file, 0, end);
    if (pread(file, bom, sizeof bom, 0) == sizeof bom && memcmp(bom, BOM16, sizeof bom) == 0)
        wrong = decode(it, file, end);
    if (wrong)
        return wrong;
    look_at_beginning(it);
    if (it->window.failed)
        return "unreadable";
    if (it->decoded) {
        while (it->at < it->window.length && place_in_file(it, it->at) < start)
            it->at++;
    } else if (start > it->at) {
        window_turn(&it->window, file, start, end);
        it->at = start;
    }
    return it->is_csv && !it->header ? "log-not-text" : NULL;
}

gboolean log_pieces_next(LogPieces *it, LogPiece *piece)
{
    return it->is_csv ? next_csv(it, piece) : next_json(it, piece);
}
