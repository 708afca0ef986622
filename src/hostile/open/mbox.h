/* mbox.h - a range of an mbox to its messages: mboxo, mboxrd, mboxcl, mboxcl2, with LF, CRLF or bare CR line ends.
 *
 * A message begins behind an envelope line (fromline.h) that stands at the start of the range, behind an empty
 * line, or (some writers forget the empty line) before a line that is a header field.  A Content-Length that ends
 * exactly before an envelope line or the end is believed over envelope lines inside; one that does not is a
 * defect.  What stands before the first envelope line is a piece of its own: nothing is passed over in silence. */
#pragma once
#include "hostile/open/canon.h"
#include "hostile/open/window.h"

typedef struct {
    Window window;
    Hashing *hashing;
    guint64 at;   /* where the next piece begins: the end of the last */
    char newline; /* the byte that ends a line                        */
    gsize most;   /* bytes of one message that are held               */
} Mbox;

typedef enum {
    MBOX_MESSAGE,
    MBOX_GARBAGE, /* no envelope line where one must be: `length` bytes from `offset` */
    MBOX_BROKEN,  /* could not be read (error, or shorter than it was): the rest of the range */
    MBOX_END,     /* nothing more; `between` is what stood behind the last message */
} MboxKind;

typedef struct {
    MboxKind kind;
    Span between;           /* from the end of the last piece: empty line and envelope line       */
    guint64 offset, length; /* the bytes as found                                                 */
    char *bytes;            /* those, in the window, one spare byte behind; the first `held`      */
    gsize held;
    gboolean quoted;   /* for canon_make                                                     */
    gboolean too_long; /* not held whole: `hashes` is filled, and canon_make must not be used */
    Canon hashes;
    guint64 defects; /* DEFECT_LENGTH_LIED or 0                                            */
} MboxPiece;

void mbox_init(Mbox *mbox, Hashing *hashing, gsize most);
void mbox_clear(Mbox *mbox);
/* Begin at `start`, a message boundary (or the end of a message), and stop at `end`. */
void mbox_turn(Mbox *mbox, int file, guint64 start, guint64 end);
/* The next piece; its spans and bytes are good until the next call. */
void mbox_next(Mbox *mbox, MboxPiece *piece);
/* A whole file as one message (EML, Maildir): MBOX_MESSAGE or MBOX_BROKEN. */
void mbox_whole(Mbox *mbox, int file, guint64 size, MboxPiece *piece);
