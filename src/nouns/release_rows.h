/* release_rows.h - the rows of what one customer may see of a message: objects, and their bytes in pieces.
 *
 * The answer to a `release` request is, for each message, a group O (B* O)* of objects, or a lone G.  B rows carry
 * base64, since attachments hold every byte. */
#pragma once
#include "nouns/evidence.h"

/* What an object is. */
typedef enum {
    OBJECT_SUBJECT,
    OBJECT_TEXT,
    OBJECT_FILENAME,
    OBJECT_FILE,
    OBJECT_EXCERPT,
    OBJECT_COUNT
} ObjectKind;
/* "subject" … ; NULL for a number that is none. */
const char *object_kind_name(guint kind);

/* 'O' */
typedef struct {
    guint64 item;    /* message of the request                                              */
    guint kind;      /* ObjectKind                                                          */
    Span path;       /* of the part; "" for the message's own subject                       */
    guint64 removed; /* spans that stand no more                                            */
    gboolean cut;    /* the rest is left out, since it could not be looked through          */
    guint64 bytes;   /* in the B rows                                                       */
} ObjectRow;

void object_row_write(RowBuffer *rows, const ObjectRow *object);
gboolean object_row_read(const Row *row, ObjectRow *object, GError **error);
/* 'B' rows. */
void piece_rows_write(RowBuffer *rows, Span bytes);
/* Append a piece's bytes; FORMAT when it is no base64. */
gboolean piece_row_read(const Row *row, GByteArray *bytes, GError **error);
