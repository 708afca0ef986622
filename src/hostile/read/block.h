/* block.h - stretches of a text body that are no text: uuencode, yEnc, PGP armour. */
#pragma once
#include "lib/span.h"

typedef enum { BLOCK_UUENCODE, BLOCK_YENC, BLOCK_PGP } BlockKind;

typedef struct {
    BlockKind kind;
    gsize start, end; /* with its first and last line                 */
    Span inside;      /* the lines between                            */
    Span name;        /* of the file, as it stands; SPAN_NONE if none */
} Block;

/* A walk over the blocks of a text; set `text`, zero the rest. */
typedef struct {
    Span text;
    gsize at;
} BlockCursor;

/* The next block; FALSE when there is none. A block that never ends reaches as far as its lines are well formed
 * (uuencode) or to the end of the text. */
gboolean block_next(BlockCursor *cursor, Block *block);
