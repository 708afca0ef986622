/* release_text.h - texts that were made of a message's attachments, while the message is released: on descriptor 4.
 *
 * They belong to the one message of the request, so the box that reads it may see them all. */
#pragma once
#include "lib/row.h"

typedef struct {
    Span path; /* of the part, within the request */
    Span text;
} ReleaseText;

typedef struct {
    GArray *each; /* ReleaseText               */
    char *memory; /* of descriptor 4, or NULL  */
    gsize size;
} ReleaseTexts;

/* Take "PATH START LENGTH", commas between; "" for none. FALSE when that is malformed, or not on the descriptor. Boxes
 * that are forked before the texts are closed inherit them. Close in either case. */
gboolean release_texts_open(ReleaseTexts *texts, Span field);
void release_texts_close(ReleaseTexts *texts);
