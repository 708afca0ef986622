/* pieces.h - a log to its records, wherever their ends are: JSON lines, objects one after the other, one array, pages
 * of an interface ({"value": […]}), or CSV (RFC 4180) with a header.
 *
 * Records are found by their braces or quotes alone, so that a broken one costs itself and not the rest: a line that
 * begins with {" ends whatever stands open before it. UTF-8, with or without BOM, or UTF-16LE with BOM. */
#pragma once
#include "hostile/open/window.h"

typedef struct {
    Span text;           /* UTF-8; good until the next piece                                             */
    guint64 offset, end; /* in the file as it is                                                         */
    const char *wrong;   /* the reason of a gap; NULL for a whole record. A cut record has its text      */
} LogPiece;

typedef struct {
    Window window;
    guint64 at; /* in the text                                                                  */
    gboolean is_csv;
    gboolean by_line;    /* the last whole record was a line of its own: so are the others               */
    gboolean in_page;    /* within the array of a page                                                   */
    gboolean unquoted;   /* of a CSV: a quote was never closed, so that lines are rows from there on     */
    GPtrArray *header;   /* of a CSV: names of its columns                                               */
    gboolean decoded;    /* the window holds the whole text of a file in UTF-16                          */
    guint64 raw, raw_at; /* then: byte `raw` of the file is byte `raw_at` of the text                    */
} LogPieces;

void log_pieces_init(LogPieces *pieces);
void log_pieces_clear(LogPieces *pieces);

/* Turn to [start, end) of a file; a CSV's header is read from its beginning. Returns NULL, or the reason of a gap for
 * all of it. */
const char *log_pieces_turn(LogPieces *pieces, int file, guint64 start, guint64 end);
/* The next record, or what is none. FALSE at the end. */
gboolean log_pieces_next(LogPieces *pieces, LogPiece *piece);

/* The fields of a row of CSV, unquoted; char *. */
GPtrArray *csv_fields(Span row);
