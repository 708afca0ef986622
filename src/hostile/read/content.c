/* content.c - Content-Type, -Disposition, -Transfer-Encoding and -ID, as they are written in the wild. */
#include "hostile/read/content.h"

#include "hostile/read/seek.h"

void content_init(Content *content, const char *default_type)
{
    *content = (Content){.media_type = span_of_string(default_type)};
}

/* "type/subtype" of token characters. */
static gboolean is_media_type(Span type)
{
    const char *slash = memchr(type.p, '/', type.n);
    if (!slash || slash == type.p || slash + 1 == type.p + type.n || type.n > 255)
        return FALSE;
    for (gsize i = 0; i < type.n; i++)
        if (type.p[i] <= ' ' || type.p[i] == 0x7f ||
            (type.p + i != slash && strchr("()<>@,;:\\\"[]?=/", type.p[i])))
            return FALSE;
    return TRUE;
}

/* Common types need no copy. */
static Span lower_type(Reader *reader, Span type)
{
    static const char *const common[] = {"text/plain", "text/html", "multipart/alternative",
                                         "multipart/mixed"};
    for (guint i = 0; i < G_N_ELEMENTS(common); i++)
        if (span_is(type, common[i]))
            return span_of_string(common[i]);
    return arena_lower(&reader->arena, type);
}

/* Up to white space: "application/msword doc" is application/msword. */
static Span first_word(Span text)
{
    gsize n = 0;
    while (n < text.n && !g_ascii_isspace(text.p[n]))
        n++;
    return (Span){text.p, n};
}

static void take_type(Reader *reader, Content *content, Span value)
{
    Parameters *parameters = &reader->parameters;
    parameters_parse(parameters, value, &reader->words);
    Span type = parameters->value, word = first_word(type);
    if (word.n < type.n)
        reader->head->defects |= DEFECT_BAD_TYPE;
    if (is_media_type(word)) {
        content->media_type = lower_type(reader, word);
    } else {
        content->media_type = SPAN_OF("text/plain");
        content->bad_type = TRUE;
        reader->head->defects |= DEFECT_BAD_TYPE;
    }
    if (!parameters->count)
        return;
    Span charset = parameters_get(parameters, "charset", &reader->words);
    content->charset = charset.n ? arena_lower(&reader->arena, charset) : SPAN_NONE;
    content->name = parameters_get(parameters, "name", &reader->words);
    content->boundary = parameters_get(parameters, "boundary", &reader->words);
    content->smime_type = parameters_get(parameters, "smime-type", &reader->words);
}

static void take_disposition(Reader *reader, Content *content, Span value)
{
    parameters_parse(&reader->parameters, value, &reader->words);
    Span kind = words_plain(&reader->words, reader->parameters.value);
    content->disposition = kind.n ? arena_lower(&reader->arena, kind) : SPAN_NONE;
    content->filename = parameters_get(&reader->parameters, "filename", &reader->words);
    if (!content->filename.p)
        content->filename = parameters_get(&reader->parameters, "name", &reader->words);
}

static void take_encoding(Reader *reader, Content *content, Span value)
{
    Span label = words_plain(&reader->words, value);
    const char *end = label.n ? memchr(label.p, ';', label.n) : NULL;
    label = span_trim((Span){label.p, end ? (gsize)(end - label.p) : label.n});
    while (label.n && strchr("\"'", label.p[0]))
        label = (Span){label.p + 1, label.n - 1};
    while (label.n && strchr("\"'", label.p[label.n - 1]))
        label.n--;
    const char *comment = label.n ? memchr(label.p, '(', label.n) : NULL;
    if (comment)
        label = span_trim((Span){label.p, (gsize)(comment - label.p)});
    content->encoding_label = label.n ? arena_lower(&reader->arena, label) : SPAN_NONE;
    if (span_is(label, "base64"))
        content->encoding = ENCODING_BASE64;
    else if (span_is(label, "quoted-printable"))
        content->encoding = ENCODING_QUOTED;
    else if (span_is(label, "x-uuencode") || span_is(label, "x-uue") || span_is(label, "uuencode"))
        content->encoding = ENCODING_UUENCODE;
    else if (label.n && !span_is(label, "7bit") && !span_is(label, "8bit") && !span_is(label, "binary"))
        reader->head->defects |= DEFECT_UNKNOWN_ENCODING;
}

static void take_id(Reader *reader, Content *content, Span value)
{
    Span id = words_plain(&reader->words, value);
    if (id.n >= 2 && id.p[0] == '<' && id.p[id.n - 1] == '>')
        id = (Span){id.p + 1, id.n - 2};
    content->content_id = id.n ? id : SPAN_NONE;
}

void content_field(Reader *reader, Content *content, const Field *field)
{
    guint32 bit = (guint32)1 << field->id;
    if (content->seen & bit) {
        reader->head->defects |= DEFECT_DUPLICATE_FIELD;
        return;
    }
    content->seen |= bit;
    if (field->id == FIELD_CONTENT_TYPE)
        take_type(reader, content, field->value);
    else if (field->id == FIELD_CONTENT_DISPOSITION)
        take_disposition(reader, content, field->value);
    else if (field->id == FIELD_CONTENT_ENCODING)
        take_encoding(reader, content, field->value);
    else if (field->id == FIELD_CONTENT_ELSEWHERE)
        content->elsewhere = !span_equals(field->value, "0");
    else
        take_id(reader, content, field->value);
}

gboolean content_is_multipart(const Content *content)
{
    return span_begins(content->media_type, "multipart/");
}

gboolean content_is_message(const Content *content)
{
    Span type = content->media_type;
    return span_equals(type, "message/rfc822") || span_equals(type, "message/global") ||
           span_equals(type, "message/news");
}

gboolean content_is_elsewhere(const Content *content, Span bytes)
{
    return content->elsewhere && !span_trim(bytes).n;
}

gboolean content_is_html(const Content *content)
{
    return span_equals(content->media_type, "text/html") ||
           span_equals(content->media_type, "application/xhtml+xml");
}

static gboolean ends_with(Span text, const char *end)
{
    gsize n = strlen(end);
    return text.n >= n && memcmp(text.p + text.n - n, end, n) == 0;
}

gboolean content_is_text(const Content *content)
{
    static const char *const others[] = {
        "application/json",         "application/xml",      "application/javascript", "application/csv",
        "application/x-sh",         "application/sql",      "application/yaml",       "application/x-yaml",
        "application/x-javascript", "application/x-ndjson", "application/pgp-keys",   "application/x-perl"};
    Span type = content->media_type;
    if (span_begins(type, "text/"))
        return !span_equals(type, "text/rtf"); /* RTF needs its converter */
    if (span_begins(type, "message/") || ends_with(type, "+xml") || ends_with(type, "+json"))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (span_equals(type, others[i]))
            return TRUE;
    return FALSE;
}
