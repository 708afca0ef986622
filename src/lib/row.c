/* row.c - lines of tab-separated, percent-encoded fields. */
#include "lib/row.h"

#include <stdlib.h>
#include "lib/error.h"

static const char hex_upper[] = "0123456789ABCDEF";
static const char hex_lower[] = "0123456789abcdef";

void row_buffer_init(RowBuffer *rows, gsize ceiling)
{
    *rows = (RowBuffer){.ceiling = ceiling};
}

void row_buffer_clear(RowBuffer *rows)
{
    g_free(rows->bytes);
    *rows = (RowBuffer){.ceiling = rows->ceiling};
}

/* Room for `more` bytes, or NULL with rows->failed set. */
static char *make_room(RowBuffer *rows, gsize more)
{
    if (G_LIKELY(rows->capacity - rows->length >= more))
        return rows->bytes + rows->length;
    gsize need = rows->length + more;
    if (rows->failed || need > rows->ceiling) {
        rows->failed = TRUE;
        return NULL;
    }
    gsize capacity = MAX(rows->capacity * 2, 4096);
    capacity = MIN(MAX(capacity, need), rows->ceiling);
    char *bytes = g_try_realloc(rows->bytes, capacity);
    if (!bytes) {
        rows->failed = TRUE;
        return NULL;
    }
    rows->bytes = bytes;
    rows->capacity = capacity;
    return bytes + rows->length;
}

static inline gboolean needs_escape(guint8 byte)
{
    return byte < 0x20 || byte == 0x7f || byte == '%';
}

void row_begin(RowBuffer *rows, char kind)
{
    char *to = make_room(rows, 1);
    if (to) {
        *to = kind;
        rows->length++;
    }
}

void row_put(RowBuffer *rows, Span value)
{
    char *start = make_room(rows, value.p ? value.n * 3 + 1 : 2);
    if (!start)
        return;
    char *to = start;
    *to++ = '\t';
    if (!value.p)
        *to++ = '%';
    for (gsize i = 0; i < value.n; i++) {
        guint8 byte = (guint8)value.p[i];
        if (G_LIKELY(!needs_escape(byte))) {
            *to++ = (char)byte;
        } else {
            *to++ = '%';
            *to++ = hex_upper[byte >> 4];
            *to++ = hex_upper[byte & 15];
        }
    }
    rows->length += (gsize)(to - start);
}

void row_put_string(RowBuffer *rows, const char *value)
{
    row_put(rows, span_of_string(value));
}

void row_put_uint(RowBuffer *rows, guint64 value)
{
    char digits[20];
    gsize n = 0;
    do {
        digits[sizeof digits - ++n] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    row_put(rows, (Span){digits + sizeof digits - n, n});
}

void row_put_int(RowBuffer *rows, gint64 value)
{
    if (value >= 0) {
        row_put_uint(rows, (guint64)value);
        return;
    }
    char text[24];
    int n = g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, value);
    row_put(rows, (Span){text, (gsize)n});
}

void row_put_hex(RowBuffer *rows, const guint8 *bytes, gsize n)
{
    char *to = make_room(rows, 2 * n + 1);
    if (!to)
        return;
    *to++ = '\t';
    for (gsize i = 0; i < n; i++) {
        *to++ = hex_lower[bytes[i] >> 4];
        *to++ = hex_lower[bytes[i] & 15];
    }
    rows->length += 2 * n + 1;
}

void row_end(RowBuffer *rows)
{
    char *to = make_room(rows, 1);
    if (to) {
        *to = '\n';
        rows->length++;
    }
}

void row_buffer_append(RowBuffer *rows, Span whole_rows)
{
    char *to = whole_rows.n ? make_room(rows, whole_rows.n) : NULL;
    if (to) {
        memcpy(to, whole_rows.p, whole_rows.n);
        rows->length += whole_rows.n;
    }
}

/* Value of a hex digit plus one, 0 for all else. */
static const guint8 hex_plus_one[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static inline int hex_value(char c)
{
    return hex_plus_one[(guint8)c] - 1;
}

/* Decode what stands from the first '%' of [from, end) on, in place. FALSE on a bad escape; "%" alone is the absent
 * value. */
static gboolean decode_escapes(char *from, char *percent, char *end, Span *field)
{
    if (percent == from && end - from == 1) {
        *field = SPAN_NONE;
        return TRUE;
    }
    char *write = percent;
    for (const char *read = percent; read < end;) {
        if (*read != '%') {
            *write++ = *read++;
            continue;
        }
        int high = end - read >= 3 ? hex_value(read[1]) : -1;
        int low = high >= 0 ? hex_value(read[2]) : -1;
        if (low < 0)
            return FALSE;
        *write++ = (char)(high << 4 | low);
        read += 3;
    }
    field->n = (gsize)(write - from);
    return TRUE;
}

static gboolean decode(char *from, char *end, Span *field)
{
    gsize length = (gsize)(end - from);
    char *percent = length ? memchr(from, '%', length) : NULL;
    *field = (Span){from, length};
    return G_LIKELY(!percent) || decode_escapes(from, percent, end, field);
}

/* The field at *cursor: *stop is its end. FALSE where there is none. */
static gboolean bound_field(char **cursor, char *end, char **from, char **stop)
{
    *from = *cursor;
    if (!*from || *from > end)
        return FALSE;
    char *tab = memchr(*from, '\t', (gsize)(end - *from));
    *stop = tab ? tab : end;
    *cursor = *stop + 1; /* past `end` by one when this was the last field */
    return TRUE;
}

gboolean row_next_field(char **cursor, char *end, Span *field)
{
    char *from, *stop;
    if (!bound_field(cursor, end, &from, &stop))
        return FALSE;
    if (decode(from, stop, field))
        return TRUE;
    *cursor = NULL;
    return FALSE;
}

gboolean row_split(char *line, gsize n, Row *row, GError **error)
{
    if (n == 0 || (n > 1 && line[1] != '\t'))
        return error_set(error, CANDOR_ERROR_FORMAT, "a row does not begin with its kind");
    row->kind = line[0];
    row->count = 0;
    char *cursor = line + 2, *end = line + n, *from, *stop;
    gboolean plain = memchr(line, '%', n) == NULL; /* as nearly all rows: one look instead of one a field */
    while (bound_field(&cursor, end, &from, &stop)) {
        if (row->count == ROW_MAX_FIELDS)
            return error_set(error, CANDOR_ERROR_FORMAT, "a row of kind '%c' has more than %d fields",
                             row->kind, ROW_MAX_FIELDS);
        Span *field = &row->field[row->count++];
        *field = (Span){from, (gsize)(stop - from)};
        if (!plain && !decode(from, stop, field))
            return error_set(error, CANDOR_ERROR_FORMAT, "field %u of a row of kind '%c' has a bad escape",
                             row->count, row->kind);
    }
    return TRUE;
}

gboolean row_uint(Span field, guint64 *value)
{
    if (field.n == 0 || field.n > 20)
        return FALSE;
    guint64 sum = 0;
    gboolean wrong = FALSE;
    for (gsize i = 0; i < field.n; i++) {
        guint digit = (guint8)field.p[i] - (guint)'0';
        wrong |= digit > 9;
        wrong |= __builtin_mul_overflow(sum, 10, &sum);
        wrong |= __builtin_add_overflow(sum, digit, &sum);
    }
    if (wrong)
        return FALSE;
    *value = sum;
    return TRUE;
}

gboolean row_int(Span field, gint64 *value)
{
    gboolean negative = field.n > 0 && field.p[0] == '-';
    guint64 magnitude;
    if (!row_uint((Span){field.p + (negative ? 1 : 0), field.n - (negative ? 1 : 0)}, &magnitude))
        return FALSE;
    if (magnitude > (guint64)G_MAXINT64 + (negative ? 1 : 0))
        return FALSE;
    *value = negative ? (gint64)(0 - magnitude) : (gint64)magnitude;
    return TRUE;
}

/* The value of a hex digit; *wrong is set for all else. No table, no jump: compilers do many digits at once. */
static inline guint8 hex_digit(char c, guint8 *wrong)
{
    guint8 digit = (guint8)((guint8)c - '0'), letter = (guint8)(((guint8)c | 0x20) - 'a');
    *wrong |= (guint8)((digit > 9) & (letter > 5));
    return (guint8)(((guint8)c & 15) + (digit > 9 ? 9 : 0));
}

gboolean row_hex(Span field, guint8 *bytes, gsize n)
{
    guint8 wrong = 0;
    if (field.n != 2 * n)
        return FALSE;
    for (gsize i = 0; i < n; i++)
        bytes[i] = (guint8)(hex_digit(field.p[2 * i], &wrong) << 4 | hex_digit(field.p[2 * i + 1], &wrong));
    return !wrong;
}
