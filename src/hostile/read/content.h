/* content.h - what an entity's Content-* fields say. */
#pragma once
#include "hostile/read/reading.h"

/* How Content-Transfer-Encoding is read. */
typedef enum { ENCODING_IDENTITY, ENCODING_BASE64, ENCODING_QUOTED, ENCODING_UUENCODE } Encoding;

/* Spans live until the next message; SPAN_NONE is "not said". */
typedef struct {
    Span media_type; /* always there, lower case */
    Span charset;
    Span filename; /* of Content-Disposition, else the name of Content-Type */
    Span name;
    Span disposition;
    Span encoding_label;
    Span content_id;
    Span boundary;
    Span smime_type;
    Encoding encoding;
    gboolean
        elsewhere; /* Apple Mail says how long it is, and keeps it in a file beside if the body is empty */
    gboolean bad_type; /* the type could not be read: text/plain is only a guess */
    guint32 seen;      /* FieldIds met, as bits */
} Content;

/* Before the first field: the type that holds when none is said. */
void content_init(Content *content, const char *default_type);
/* Take a Content-* field; the first of each kind holds. */
void content_field(Reader *reader, Content *content, const Field *field);

gboolean content_is_multipart(const Content *content);
/* message/rfc822 and its kin: a whole mail. */
gboolean content_is_message(const Content *content);
/* Types whose bytes are text for people or for a pattern. */
gboolean content_is_text(const Content *content);
/* A part whose bytes Apple Mail keeps beside the message (.partial.emlx): its field says so, and the body is empty. */
gboolean content_is_elsewhere(const Content *content, Span bytes);
gboolean content_is_html(const Content *content);
