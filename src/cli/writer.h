/* writer.h - rows on their way out: a table for people, NDJSON, or CSV (RFC 4180).
 *
 * A writer is given its fields once, then the values of each row in their order; the last value of a row
 * ends it.  Every value goes through lib/escape. */
#pragma once
#include <glib.h>
#include <stdio.h>
#include "lib/span.h"

typedef enum { FORMAT_TEXT, FORMAT_NDJSON, FORMAT_CSV, FORMAT_RECORD } Format;
/* Their names, in that order, ended by NULL; FORMAT_RECORD (a value a line, after its name; for one
 * thing on a screen) is not for people to choose. */
extern const char *const format_names[];

/* How a value is had from the store and printed. */
typedef enum {
    VALUE_TEXT,
    VALUE_NUMBER,
    VALUE_TRUTH,
    VALUE_TIME,       /* microseconds → RFC 3339 in UTC                                    */
    VALUE_HEX,        /* bytes → lower-case hex                                            */
    VALUE_VIEW,       /* a seal of context "view"                                          */
    VALUE_ROLE,       /* role_name                                                         */
    VALUE_PART_KIND,  /* part_kind_name                                                    */
    VALUE_PART_STATE, /* part_state_name                                                   */
    VALUE_ITEM_KIND,  /* item_kind_name                                                    */
    VALUE_COPY_STATE, /* copy_state_name                                                   */
    VALUE_LEVEL,      /* level_name                                                        */
    VALUE_FACT_KIND,  /* fact_kind_name                                                    */
    VALUE_STANDING,   /* standing_name                                                     */
    VALUE_DEFECTS,    /* defect_names                                                      */
    VALUE_BOX,        /* box_level_names                                                   */
    VALUE_IDENTITY,   /* four columns: content key, part SHA-256, type, fingerprint → hex  */
    VALUE_DIGEST,     /* the name of a table → hex of its digest                           */
} ValueKind;

typedef struct {
    const char *name;
    ValueKind kind;
    guint width; /* cells in a table for people; the last field takes what is left */
} Field;

typedef struct Writer Writer;

/* Write to `out` (not owned). `schema` ("messages.1") stands first in each NDJSON and CSV row, and as a
 * line above a table for people; NULL = none. A table without rows is not printed at all. `columns` is
 * the width of a table for people; 0 = cut nothing. */
Writer *writer_new(FILE *out, Format format, const char *schema, const Field *fields, guint count,
                   guint columns);
void writer_free(Writer *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Writer, writer_free)

void writer_text(Writer *writer, Span value); /* SPAN_NONE: null in NDJSON, empty elsewhere */
void writer_number(Writer *writer, gint64 value);
void writer_time(Writer *writer, gint64 moment); /* whole seconds for people */
void writer_truth(Writer *writer, gboolean value);
void writer_none(Writer *writer);
guint64 writer_rows(const Writer *writer);

/* How wide stdout is: its terminal's columns, or 0 when it is none. */
guint terminal_columns(void);
/* `text` escaped for a terminal and cut to `cells` with an ellipsis (0 = not cut); `used` is its width. */
void append_cells(GString *out, Span text, guint cells, guint *used);
