/* release_rows.c - the rows of what one customer may see of a message. */
#include "nouns/release_rows.h"

#include "nouns/take.h"

/* Bytes of a piece: a multiple of three, so that no piece but the last is padded. */
#define PIECE_BYTES (48UL << 10)

static const char *const kinds[OBJECT_COUNT] = {"subject", "text", "filename", "file", "excerpt"};

const char *object_kind_name(guint kind)
{
    return kind < OBJECT_COUNT ? kinds[kind] : NULL;
}

void object_row_write(RowBuffer *rows, const ObjectRow *object)
{
    row_begin(rows, 'O');
    row_put_uint(rows, object->item);
    row_put_string(rows, kinds[object->kind]);
    row_put(rows, object->path);
    row_put_uint(rows, object->removed);
    row_put_uint(rows, object->cut ? 1 : 0);
    row_put_uint(rows, object->bytes);
    row_end(rows);
}

gboolean object_row_read(const Row *row, ObjectRow *object, GError **error)
{
    Fields fields = {.row = row};
    ObjectRow read = {.item = take_uint(&fields, "bad item")};
    read.kind = take_name(&fields, "bad kind of object", kinds, OBJECT_COUNT);
    read.path = take_text(&fields, "bad path");
    read.removed = take_uint(&fields, "bad count");
    read.cut = take_uint(&fields, "bad truth") != 0;
    read.bytes = take_uint(&fields, "bad size");
    if (row->kind != 'O' || !taken(&fields, error))
        return row->kind == 'O' ? FALSE
                                : error_set(error, CANDOR_ERROR_FORMAT, "this is no row of an object");
    *object = read;
    return TRUE;
}

void piece_rows_write(RowBuffer *rows, Span bytes)
{
    for (gsize at = 0; at < bytes.n; at += PIECE_BYTES) {
        g_autofree char *text = g_base64_encode((const guchar *)bytes.p + at, MIN(PIECE_BYTES, bytes.n - at));
        row_begin(rows, 'B');
        row_put_string(rows, text);
        row_end(rows);
    }
}

gboolean piece_row_read(const Row *row, GByteArray *bytes, GError **error)
{
    gsize n = 0;
    if (row->kind != 'B' || row->count != 1 || row->field[0].n > 2 * PIECE_BYTES || row->field[0].n % 4)
        return error_set(error, CANDOR_ERROR_FORMAT, "a piece of an object is no base64");
    g_autofree char *text = span_dup(row->field[0]);
    if (strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != row->field[0].n)
        return error_set(error, CANDOR_ERROR_FORMAT, "a piece of an object is no base64");
    g_autofree guchar *plain = g_base64_decode(text, &n);
    g_byte_array_append(bytes, plain, (guint)n);
    return TRUE;
}
