/* record.c - one record of a log to rows, whichever of its wrappings it came in. */
#include "hostile/log/record.h"

#include "hostile/limits.h"

void record_reader_init(RecordReader *reader)
{
    *reader = (RecordReader){0};
    values_init(&reader->values);
    row_buffer_init(&reader->first, LIMIT_FRAME_BYTES / 2);
    row_buffer_init(&reader->rows, LIMIT_FRAME_BYTES / 2);
}

void record_reader_clear(RecordReader *reader)
{
    values_clear(&reader->values);
    row_buffer_clear(&reader->first);
    row_buffer_clear(&reader->rows);
}

static gboolean has(json_object *object, const char *key)
{
    return json_object_object_get_ex(object, key, NULL);
}

/* A sign-in of Microsoft Graph, of a Log Analytics table, or of a diagnostic setting. */
static gboolean is_signin(json_object *object)
{
    gboolean who =
        has(object, "userPrincipalName") || has(object, "servicePrincipalId") || has(object, "appId");
    if (has(object, "createdDateTime") && who && (has(object, "ipAddress") || has(object, "status")))
        return TRUE;
    return has(object, "ResultType") &&
           (has(object, "UserPrincipalName") || has(object, "ServicePrincipalId")) &&
           (has(object, "IPAddress") || has(object, "AppId"));
}

/* What is inside the wrapping, at most so many deep. NULL when nothing that is known comes to light. */
static json_object *unwrap(RecordReader *reader, json_object *object, guint depth, RecordKind *kind)
{
    static const char *const wrappings[] = {"AuditData", "auditData", "RawEventData", NULL};
    if (depth > LIMIT_LOG_WRAPPERS || !json_object_is_type(object, json_type_object))
        return NULL;
    json_object *inside = value_of(&reader->values, object, wrappings);
    if (inside)
        return unwrap(reader, inside, depth + 1, kind);
    *kind = has(object, "Operation") ? RECORD_EVENT : is_signin(object) ? RECORD_SIGNIN : RECORD_NONE;
    if (*kind != RECORD_NONE)
        return object;
    inside = value_at(&reader->values, object, "properties");
    return inside ? unwrap(reader, inside, depth + 1, kind) : NULL;
}

static const char *read_object(RecordReader *reader, json_object *object, const EventRow *place)
{
    RecordKind kind = RECORD_NONE;
    row_buffer_reset(&reader->first);
    row_buffer_reset(&reader->rows);
    reader->outer = object;
    reader->record = unwrap(reader, object, 0, &kind);
    if (!reader->record)
        return "record-unknown";
    if (kind == RECORD_EVENT)
        event_to_rows(reader, place);
    else
        signin_to_rows(reader, place);
    return reader->first.failed || reader->rows.failed ? "rows-too-large" : NULL;
}

const char *record_read_json(RecordReader *reader, Span text, const EventRow *place)
{
    values_forget(&reader->values);
    json_object *object = values_parse(&reader->values, text);
    return object ? read_object(reader, object, place) : "record-not-json";
}

const char *record_read_csv(RecordReader *reader, const GPtrArray *header, const GPtrArray *fields,
                            const EventRow *place)
{
    values_forget(&reader->values);
    json_object *object = json_object_new_object();
    g_ptr_array_add(reader->values.owned, object);
    for (guint i = 0; i < MIN(header->len, fields->len); i++) {
        const char *name = header->pdata[i], *value = fields->pdata[i];
        gsize n = strlen(value);
        if (n && n <= LIMIT_LOG_RECORD_BYTES)
            json_object_object_add(object, name, json_object_new_string_len(value, (int)n));
    }
    return read_object(reader, object, place);
}
