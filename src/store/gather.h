/* gather.h - rows that are written many at once. For src/store alone.
 *
 * A statement that is run for each row costs SQLite more to start and end than to write the row.  So the values of many
 * rows are gathered in memory and stand in a virtual table, from which one INSERT … SELECT takes them all
 * (doc/decisions/0070). */
#pragma once
#include <sqlite3.h>
#include "lib/span.h"

typedef struct Gathered Gathered;

/* Rows of the shape that `shape` declares ("CREATE TABLE incoming_match (…)"), to be read as the virtual table `table`
 * of this connection. NULL when SQLite has no memory. Freed before the connection is closed, after every statement
 * that reads it. */
Gathered *gathered_new(sqlite3 *sqlite, const char *table, const char *shape);
void gathered_free(Gathered *gathered);

/* A row in place of one that was begun and not ended: all its values are NULL. */
void gathered_begin_row(Gathered *gathered);
/* Set a value of it; columns count from 0. Bytes are copied. */
void gathered_int(Gathered *gathered, guint column, gint64 value);
void gathered_text(Gathered *gathered, guint column, Span value); /* SPAN_NONE: NULL */
void gathered_blob(Gathered *gathered, guint column, Span value);
/* The row is whole. TRUE when it is time to write: before another is begun. */
gboolean gathered_end_row(Gathered *gathered);
/* Whether whole rows wait. */
gboolean gathered_waits(const Gathered *gathered);
/* Forget all rows: they are written, or never will be. */
void gathered_clear(Gathered *gathered);
