/* record.h - one record of a log to rows, whichever of its wrappings it came in. */
#pragma once
#include "hostile/log/values.h"
#include "nouns/log_rows.h"

/* What a record turned out to be. */
typedef enum { RECORD_EVENT, RECORD_SIGNIN, RECORD_NONE } RecordKind;

typedef struct {
    Values values;
    json_object *outer, *record; /* of the present record: the wrapping, and what was in it */
    RowBuffer first, rows;       /* the row of the record, and those behind it            */
} RecordReader;

void record_reader_init(RecordReader *reader);
void record_reader_clear(RecordReader *reader);

/* Read the record whose JSON is `text`, or whose row of CSV has `fields` under `header` (char *, both). Its
 * rows are in reader->first and reader->rows. Returns NULL, or the reason of a gap: it is no JSON, or says
 * nothing that candor knows, or more than rows may. `place`: item, offset, length of what was read. */
const char *record_read_json(RecordReader *reader, Span text, const EventRow *place);
const char *record_read_csv(RecordReader *reader, const GPtrArray *header, const GPtrArray *fields,
                            const EventRow *place);

/* For record.c: the rows of what it has unwrapped. */
void event_to_rows(RecordReader *reader, const EventRow *place);
void signin_to_rows(RecordReader *reader, const EventRow *place);
