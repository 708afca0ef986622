/* header.c - steps over header fields, folded lines, and the lines that should not be there. */
#include "hostile/read/header.h"

#include "hostile/limits.h"
#include "hostile/read/seek.h"

typedef struct {
    const char *name;
    FieldId id;
} FieldName;

/* By the name's length, so that most fields are told apart without comparing. */
#define LONGEST_NAME 25
static const FieldName names[LONGEST_NAME + 1][4] = {
    [2] = {{"to", FIELD_TO}, {"cc", FIELD_CC}},
    [3] = {{"bcc", FIELD_BCC}},
    [4] = {{"from", FIELD_FROM}, {"date", FIELD_DATE}},
    [6] = {{"sender", FIELD_SENDER}},
    [7] = {{"subject", FIELD_SUBJECT}},
    [8] = {{"reply-to", FIELD_REPLY_TO}, {"received", FIELD_RECEIVED}},
    [9] = {{"resent-to", FIELD_RESENT_TO}, {"resent-cc", FIELD_RESENT_CC}},
    [10] = {{"message-id", FIELD_MESSAGE_ID},
            {"resent-bcc", FIELD_RESENT_BCC},
            {"content-id", FIELD_CONTENT_ID}},
    [11] = {{"return-path", FIELD_RETURN_PATH},
            {"resent-from", FIELD_RESENT_FROM},
            {"in-reply-to", FIELD_IN_REPLY_TO},
            {"envelope-to", FIELD_DELIVERED_TO}},
    [12] = {{"content-type", FIELD_CONTENT_TYPE}, {"delivered-to", FIELD_DELIVERED_TO}},
    [13] = {{"resent-sender", FIELD_RESENT_SENDER}, {"x-original-to", FIELD_DELIVERED_TO}},
    [19] = {{"content-disposition", FIELD_CONTENT_DISPOSITION}},
    [22] = {{"x-apple-content-length", FIELD_CONTENT_ELSEWHERE}},
    [25] = {{"content-transfer-encoding", FIELD_CONTENT_ENCODING}},
};

FieldId field_id(Span name)
{
    if (name.n > LONGEST_NAME)
        return FIELD_OTHER;
    const FieldName *candidates = names[name.n];
    for (guint i = 0; i < G_N_ELEMENTS(names[0]) && candidates[i].name; i++)
        if ((name.p[0] | 0x20) == candidates[i].name[0] && span_is(name, candidates[i].name))
            return candidates[i].id;
    return FIELD_OTHER;
}

/* The field name at the front of a line: anything but blanks and controls up to a colon, white space before it
 * allowed. *value_at is where the value begins. */
static Span name_at(Span bytes, gsize line, gsize *value_at)
{
    gsize at = line;
    while (at < bytes.n && (guint8)bytes.p[at] > ' ' && bytes.p[at] != 0x7f && bytes.p[at] != ':')
        at++;
    Span name = {bytes.p + line, at - line};
    while (at < bytes.n && (bytes.p[at] == ' ' || bytes.p[at] == '\t'))
        at++;
    if (!name.n || at == bytes.n || bytes.p[at] != ':')
        return SPAN_NONE;
    *value_at = at + 1;
    return name;
}

static gboolean is_folded(Span bytes, gsize line)
{
    return line < bytes.n && (bytes.p[line] == ' ' || bytes.p[line] == '\t');
}

/* The LF (or the end) that ends a field that begins at `line`, its folded lines included. */
static gsize field_end(Span bytes, gsize line)
{
    gsize end = seek_line_end(bytes, line);
    while (is_folded(bytes, end + 1))
        end = seek_line_end(bytes, end + 1);
    return end;
}

static gboolean is_blank_line(Span bytes, gsize at)
{
    return at >= bytes.n || bytes.p[at] == '\n' ||
           (bytes.p[at] == '\r' && at + 1 < bytes.n && bytes.p[at + 1] == '\n');
}

/* Does a field that mail is known to have begin here? Then the line before it was noise, not the body. */
static gboolean known_field_at(Span bytes, gsize at)
{
    gsize value_at;
    Span name = name_at(bytes, at, &value_at);
    return name.p &&
           (field_id(name) != FIELD_OTHER || span_begins(name, "x-") || span_begins(name, "content-") ||
            span_is(name, "mime-version") || span_is(name, "references"));
}

/* Step over empty lines before a header that does follow. */
static void skip_leading_lines(HeaderCursor *cursor)
{
    gsize at = cursor->at;
    while (at < cursor->bytes.n && is_blank_line(cursor->bytes, at))
        at = seek_line_end(cursor->bytes, at) + 1;
    if (at != cursor->at && !cursor->is_part && known_field_at(cursor->bytes, at)) {
        cursor->at = at;
        cursor->defects |= DEFECT_BAD_HEADER_LINE;
    }
}

/* A line that is no field: step over it when the header goes on behind it. */
static gboolean skip_bad_line(HeaderCursor *cursor)
{
    gboolean envelope =
        span_begins((Span){cursor->bytes.p + cursor->at, cursor->bytes.n - cursor->at}, "From ");
    gsize next = field_end(cursor->bytes, cursor->at) + 1;
    if (!envelope)
        cursor->defects |= cursor->fields || cursor->is_part ? DEFECT_BAD_HEADER_LINE : 0;
    if (!known_field_at(cursor->bytes, next))
        return FALSE;
    if (!envelope)
        cursor->defects |= DEFECT_BAD_HEADER_LINE;
    cursor->at = MIN(next, cursor->bytes.n);
    return TRUE;
}

/* The header is over its limit: the rest of it is not looked at. */
static HeaderStep cut(HeaderCursor *cursor)
{
    gsize from = cursor->at > 0 ? cursor->at - 1 : 0;
    const char *gap = memmem(cursor->bytes.p + from, cursor->bytes.n - from, "\n\n", 2);
    gsize end = gap ? (gsize)(gap - cursor->bytes.p) + 2 : cursor->bytes.n;
    cursor->skipped += end - cursor->at;
    cursor->defects |= DEFECT_HEADER_CUT;
    cursor->at = end;
    return HEADER_END;
}

static gboolean over_limit(const HeaderCursor *cursor)
{
    return cursor->fields >= LIMIT_HEADER_FIELDS || cursor->at - cursor->start > LIMIT_HEADER_BYTES;
}

/* Take the field whose name and value_at are known. */
static void take_field(HeaderCursor *cursor, Span name, gsize value_at, Field *field)
{
    gsize end = field_end(cursor->bytes, cursor->at);
    gsize value_end = MIN(end, cursor->bytes.n);
    value_at = MIN(value_at, value_end);
    if (value_end - value_at > LIMIT_HEADER_BYTES) {
        cursor->skipped += value_end - value_at - LIMIT_HEADER_BYTES;
        cursor->defects |= DEFECT_HEADER_CUT;
        value_end = value_at + LIMIT_HEADER_BYTES;
    }
    field->id = field_id(name);
    field->name = name;
    field->value = span_trim((Span){cursor->bytes.p + value_at, value_end - value_at});
    cursor->at = MIN(end + 1, cursor->bytes.n);
    cursor->fields++;
}

HeaderStep header_next(HeaderCursor *cursor, Field *field)
{
    if (!cursor->begun) {
        cursor->begun = TRUE;
        skip_leading_lines(cursor);
        cursor->start = cursor->at;
    }
    for (;;) {
        Span bytes = cursor->bytes;
        gsize at = cursor->at, value_at;
        if (is_blank_line(bytes, at)) {
            cursor->at = MIN(seek_line_end(bytes, at) + 1, bytes.n);
            return HEADER_END;
        }
        if (cursor->is_delimiter && bytes.p[at] == '-' && cursor->is_delimiter(cursor->user, at))
            return HEADER_DELIMITER;
        if (over_limit(cursor))
            return cut(cursor);
        Span name = name_at(bytes, at, &value_at);
        if (name.p) {
            take_field(cursor, name, value_at, field);
            return HEADER_FIELD;
        }
        if (!skip_bad_line(cursor))
            return HEADER_END;
    }
}
