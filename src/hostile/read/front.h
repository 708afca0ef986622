/* front.h - a message's own fields: who, when, what. */
#pragma once
#include "hostile/read/reading.h"

/* Whose header it is. */
typedef struct {
    Span path;    /* of the message part that is forwarded; SPAN_NONE: the message itself */
    guint32 seen; /* FieldIds met, as bits */
} Front;

/* Take a field. Of the message itself: addresses to the sink, date, subject and ids to the head. Of a forwarded
 * one: its addresses are mentions (of its path, start 0), its subject the pseudo-part "@subject:PATH". */
void front_field(Reader *reader, Front *front, const Field *field);
/* Behind the last field of the message itself: the pseudo-parts "@subject" and "@display-name" and the gap of too
 * many addresses, since all addresses come first. */
void front_end(Reader *reader);

/* The first id of a Message-ID-like value, normalised: without <>, comments and white space; SPAN_NONE when
 * empty. Source: SC-IDS: what stands in brackets, else the first word with an '@', else the first word. */
Span front_message_id(Words *words, Span value);
