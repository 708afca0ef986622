/* take.h - the fields of a row, one by one; the first that is wrong is remembered. For the readers of rows alone. */
#pragma once
#include "lib/error.h"
#include "lib/row.h"
#include "nouns/evidence.h"

/* The index of `name` among `count` names, or -1. */
static inline int index_of(Span name, const char *const *names, guint count)
{
    for (guint i = 0; i < count; i++)
        if (span_equals(name, names[i]))
            return (int)i;
    return -1;
}

/* A cursor over a row's fields that remembers the first thing that was wrong. */
typedef struct {
    const Row *row;
    guint next;
    const char *wrong; /* what the bad field was, or NULL */
} Fields;

static inline Span take(Fields *fields)
{
    if (fields->next >= fields->row->count) {
        fields->wrong = fields->wrong ? fields->wrong : "too few fields";
        return SPAN_NONE;
    }
    return fields->row->field[fields->next++];
}

/* Whether all bytes are ASCII and none is NUL, as in most texts; eight at a time. */
static inline gboolean is_plain(Span text)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
    guint64 high = 0, word;
    gsize i = 0;
    for (; i + sizeof word <= text.n; i += sizeof word) {
        memcpy(&word, text.p + i, sizeof word);
        high |= word | (word - ones);
    }
    word = ones;
    memcpy(&word, text.p + i, text.n - i);
    high |= word | (word - ones);
    return (high & (ones << 7)) == 0;
}

static inline Span take_text(Fields *fields, const char *what)
{
    Span text = take(fields);
    if (text.p && !fields->wrong && !is_plain(text) && !g_utf8_validate_len(text.p, text.n, NULL))
        fields->wrong = what;
    return text;
}

static inline guint64 take_uint(Fields *fields, const char *what)
{
    guint64 value = 0;
    if (!row_uint(take(fields), &value) && !fields->wrong)
        fields->wrong = what;
    return value;
}

static inline gint64 take_int(Fields *fields, const char *what)
{
    gint64 value = 0;
    if (!row_int(take(fields), &value) && !fields->wrong)
        fields->wrong = what;
    return value;
}

static inline void take_hex(Fields *fields, const char *what, guint8 *bytes, gsize n)
{
    if (!row_hex(take(fields), bytes, n) && !fields->wrong)
        fields->wrong = what;
}

static inline guint take_name(Fields *fields, const char *what, const char *const *names, guint count)
{
    int index = index_of(take(fields), names, count);
    if (index < 0 && !fields->wrong)
        fields->wrong = what;
    return index < 0 ? 0 : (guint)index;
}

static inline gboolean taken(const Fields *fields, GError **error)
{
    if (!fields->wrong && fields->next == fields->row->count)
        return TRUE;
    return error_set(error, CANDOR_ERROR_FORMAT, "row of kind '%c': %s", fields->row->kind,
                     fields->wrong ? fields->wrong : "too many fields");
}
