/* row.h - lines of tab-separated, percent-encoded fields: the language between conductor and worker.
 *
 * A row is a kind letter, then fields, each preceded by a tab, then a newline.  In a field every byte
 * below 0x20, 0x7f and '%' stands as %XX (upper-case hex); every other byte stands for itself.  An absent
 * value is the lone field "%" (which no encoded value can be); so empty and absent differ.
 * Numbers are decimal; digests are lower-case hex. */
#pragma once
#include <glib.h>
#include "lib/span.h"

/* The most fields that a row has. A row with more is refused. Requests (lists of paths) are split by
 * row_next_field instead, which has no such limit. */
#define ROW_MAX_FIELDS 32

/* A growing buffer of rows. Owned by its user; clear with row_buffer_clear. `failed` is set, and stays set,
 * once memory could not be had or the ceiling was met: writers need no check in between. */
typedef struct {
    char *bytes;
    gsize length;
    gsize capacity;
    gsize ceiling;
    gboolean failed;
} RowBuffer;

void row_buffer_init(RowBuffer *rows, gsize ceiling);
void row_buffer_clear(RowBuffer *rows);
static inline void row_buffer_reset(RowBuffer *rows)
{
    rows->length = 0;
    rows->failed = FALSE;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RowBuffer, row_buffer_clear)

/* Writing: row_begin, any number of row_put_*, row_end. */
void row_begin(RowBuffer *rows, char kind);
void row_put(RowBuffer *rows, Span value);               /* SPAN_NONE writes the absent value */
void row_put_string(RowBuffer *rows, const char *value); /* NULL writes the absent value      */
void row_put_uint(RowBuffer *rows, guint64 value);
void row_put_int(RowBuffer *rows, gint64 value);
void row_put_hex(RowBuffer *rows, const guint8 *bytes, gsize n);
void row_end(RowBuffer *rows);
/* Whole rows, as they are. */
void row_buffer_append(RowBuffer *rows, Span whole_rows);

/* Reading. A row split in place: the fields point into the line, which is overwritten by the decoding. */
typedef struct {
    char kind;
    guint count;
    Span field[ROW_MAX_FIELDS];
} Row;

/* Split `line` of `n` bytes (no newline). FALSE with FORMAT when it is not a row: bad escape, too many
 * fields, empty kind. */
gboolean row_split(char *line, gsize n, Row *row, GError **error);

/* Take the next tab-separated field of [*cursor, end), decode it in place, and move *cursor behind it.
 * FALSE when nothing is left or the escape is bad (then *cursor is set to NULL). */
gboolean row_next_field(char **cursor, char *end, Span *field);

/* Fields as numbers and digests; FALSE when absent or not exactly that. */
gboolean row_uint(Span field, guint64 *value);
gboolean row_int(Span field, gint64 *value);
gboolean row_hex(Span field, guint8 *bytes, gsize n);
