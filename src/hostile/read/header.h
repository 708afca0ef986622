/* header.h - the fields of one header, in order, as they stand. */
#pragma once
#include "lib/span.h"
#include "nouns/evidence.h"

/* The fields that the reader knows; all others are FIELD_OTHER. */
typedef enum {
    FIELD_OTHER,
    FIELD_FROM,
    FIELD_SENDER,
    FIELD_REPLY_TO,
    FIELD_TO,
    FIELD_CC,
    FIELD_BCC,
    FIELD_RESENT_FROM,
    FIELD_RESENT_SENDER,
    FIELD_RESENT_TO,
    FIELD_RESENT_CC,
    FIELD_RESENT_BCC,
    FIELD_RETURN_PATH,
    FIELD_DELIVERED_TO,
    FIELD_DATE,
    FIELD_MESSAGE_ID,
    FIELD_IN_REPLY_TO,
    FIELD_SUBJECT,
    FIELD_CONTENT_TYPE,
    FIELD_CONTENT_ENCODING,
    FIELD_CONTENT_DISPOSITION,
    FIELD_CONTENT_ID,
    FIELD_CONTENT_ELSEWHERE, /* X-Apple-Content-Length */
    FIELD_RECEIVED,
    FIELD_COUNT
} FieldId;

typedef struct {
    FieldId id;
    Span name;  /* as it stands                                              */
    Span value; /* trimmed; may hold folded lines                            */
} Field;

typedef enum {
    HEADER_FIELD,     /* *field is filled                                                          */
    HEADER_END,       /* cursor->at is where the body begins                                       */
    HEADER_DELIMITER, /* cursor->at is the start of a delimiter line: the entity ends without body */
} HeaderStep;

/* A walk over a header. Set bytes, at, is_part and is_delimiter; zero the rest. */
typedef struct {
    Span bytes;
    gsize at;
    gboolean is_part; /* of a multipart: then an empty first line is an empty header */
    /* Is the line that begins at `at` with '-' a delimiter of a multipart? May be NULL. */
    gboolean (*is_delimiter)(const void *user, gsize at);
    const void *user;
    guint64 defects; /* met so far                                            */
    gsize skipped;   /* bytes over LIMIT_HEADER_BYTES or _FIELDS, not looked at */
    gsize start;
    guint fields;
    gboolean begun;
} HeaderCursor;

/* The next field, or why there is none. Lines that are no field and are followed by a known field are
 * stepped over (DEFECT_BAD_HEADER_LINE); otherwise the body begins with them. Stray "From " lines of an
 * mbox are stepped over. Each call moves forward. */
HeaderStep header_next(HeaderCursor *cursor, Field *field);

/* The id of a field name, in either case. */
FieldId field_id(Span name);
