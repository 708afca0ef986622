/* values.c - what stands in a record's JSON, whatever form the export gave it. */
#include "hostile/log/values.h"

#include "hostile/limits.h"
#include "hostile/log/repair.h"
#include "lib/moment.h"
#include "lib/row.h"

static void put_object(gpointer object)
{
    json_object_put(object);
}

void values_init(Values *values)
{
    *values =
        (Values){.owned = g_ptr_array_new_with_free_func(put_object), .texts = g_string_chunk_new(4096)};
}

void values_forget(Values *values)
{
    g_ptr_array_set_size(values->owned, 0);
    g_string_chunk_clear(values->texts);
    values->cut = FALSE;
}

void values_clear(Values *values)
{
    g_ptr_array_unref(values->owned);
    g_string_chunk_free(values->texts);
}

/* --- parsing --------------------------------------------------------------------------------------------------- */

static json_object *parse(Span text, enum json_tokener_error *how)
{
    json_tokener *tokener = json_tokener_new_ex(LIMIT_LOG_DEPTH);
    json_object *object = tokener ? json_tokener_parse_ex(tokener, text.p, (int)text.n) : NULL;
    *how = tokener ? json_tokener_get_error(tokener) : json_tokener_error_depth;
    json_tokener_free(tokener);
    return object;
}

json_object *values_parse(Values *values, Span text)
{
    enum json_tokener_error how;
    if (!text.n || text.n > LIMIT_LOG_RECORD_BYTES)
        return NULL;
    json_object *object = parse(text, &how);
    if (!object && how == json_tokener_continue) {
        g_autoptr(GString) closed = json_close(text);
        if (closed)
            object = parse((Span){closed->str, closed->len}, &how);
        values->cut = values->cut || object;
    }
    if (object)
        g_ptr_array_add(values->owned, object);
    return object;
}

static gboolean looks_like_json(Span text)
{
    while (text.n && g_ascii_isspace(*text.p))
        text = (Span){text.p + 1, text.n - 1};
    return text.n > 1 && (*text.p == '{' || *text.p == '[' || *text.p == '"');
}

static Span raw_text(json_object *value)
{
    return (Span){json_object_get_string(value), (gsize)json_object_get_string_len(value)};
}

/* A text that holds JSON stands for what it holds. */
static json_object *opened(Values *values, json_object *value)
{
    for (guint wrapped = 0; wrapped < LIMIT_LOG_WRAPPERS && json_object_is_type(value, json_type_string);
         wrapped++) {
        json_object *inner = looks_like_json(raw_text(value)) ? values_parse(values, raw_text(value)) : NULL;
        if (!inner)
            break;
        value = inner;
    }
    return value;
}

json_object *value_at(Values *values, json_object *object, const char *key)
{
    json_object *value = NULL;
    if (json_object_is_type(object, json_type_object) && json_object_object_get_ex(object, key, &value))
        return opened(values, value);
    return NULL;
}

json_object *value_of(Values *values, json_object *object, const char *const *keys)
{
    json_object *value = NULL;
    for (; *keys && !value; keys++)
        value = value_at(values, object, *keys);
    return value;
}

guint list_length(json_object *list)
{
    if (json_object_is_type(list, json_type_array))
        return (guint)json_object_array_length(list);
    return json_object_is_type(list, json_type_object) ? 1 : 0;
}

json_object *list_item(json_object *list, guint i)
{
    return json_object_is_type(list, json_type_array) ? json_object_array_get_idx(list, i) : list;
}

/* --- texts ----------------------------------------------------------------------------------------------------- */

static gboolean is_clean(Span text)
{
    return text.n <= LIMIT_LOG_TEXT_BYTES && g_utf8_validate_len(text.p, text.n, NULL);
}

/* A copy that is valid, without NUL, and short enough; cut between characters. */
static Span cleaned(Values *values, Span text)
{
    g_autofree char *valid = g_utf8_make_valid(text.p, (gssize)text.n);
    gsize n = strlen(valid); /* NULs have become U+FFFD */
    if (n > LIMIT_LOG_TEXT_BYTES)
        n = (gsize)(g_utf8_find_prev_char(valid, valid + LIMIT_LOG_TEXT_BYTES + 1) - valid);
    return (Span){g_string_chunk_insert_len(values->texts, valid, (gssize)n), n};
}

Span text_of_value(Values *values, json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_string:
    case json_type_int:
    case json_type_boolean:
        break;
    default:
        return SPAN_OF("");
    }
    Span text = json_object_is_type(value, json_type_string) ? raw_text(value)
                                                             : span_of_string(json_object_get_string(value));
    while (text.n && g_ascii_isspace(text.p[0]))
        text = (Span){text.p + 1, text.n - 1};
    while (text.n && g_ascii_isspace(text.p[text.n - 1]))
        text.n--;
    return is_clean(text) ? text : cleaned(values, text);
}

Span text_at(Values *values, json_object *object, const char *key)
{
    json_object *value = NULL;
    if (!json_object_is_type(object, json_type_object) || !json_object_object_get_ex(object, key, &value))
        return SPAN_OF("");
    return text_of_value(values, value);
}

Span text_of_first(Values *values, json_object *object, const char *const *keys)
{
    Span text = SPAN_OF("");
    for (; *keys && !text.n; keys++)
        text = text_at(values, object, *keys);
    return text;
}

Span text_lower(Values *values, Span text)
{
    char *lower = g_string_chunk_insert_len(values->texts, text.p, (gssize)text.n);
    for (gsize i = 0; i < text.n; i++)
        lower[i] = g_ascii_tolower(lower[i]);
    return (Span){lower, text.n};
}

guint64 number_at(json_object *object, const char *key)
{
    json_object *value = NULL;
    if (!json_object_is_type(object, json_type_object) || !json_object_object_get_ex(object, key, &value))
        return 0;
    return (guint64)MAX(json_object_get_int64(value), 0);
}

gint64 moment_of(Span text)
{
    gint64 moment, milliseconds;
    if (moment_parse(text, &moment))
        return moment;
    const char *open = text.n > 6 && memcmp(text.p, "/Date(", 6) == 0 ? text.p + 6 : NULL;
    const char *close = open ? memchr(open, ')', text.n - 6) : NULL;
    if (!close || !row_int((Span){open, (gsize)(close - open)}, &milliseconds) ||
        ABS(milliseconds) > G_MAXINT64 / 1000)
        return MOMENT_NONE;
    return milliseconds * 1000;
}

Span bare_message_id(Span text)
{
    const char *open = text.n ? memchr(text.p, '<', text.n) : NULL;
    if (open)
        text = (Span){open + 1, text.n - (gsize)(open + 1 - text.p)};
    const char *close = text.n ? memchr(text.p, '>', text.n) : NULL;
    return close ? (Span){text.p, (gsize)(close - text.p)} : text;
}

Span identifier(Values *values, Span text)
{
    gsize n = 0;
    while (n < text.n && strchr("0-{}", text.p[n]))
        n++;
    return n == text.n ? SPAN_OF("") : text_lower(values, text);
}
