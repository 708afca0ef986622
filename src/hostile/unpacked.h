/* unpacked.h - what the box of an unpacker does and says: members of one archive, in its order.
 *
 * Of a zip those that are wanted, in the order in which they are, until one does not come.  Of an archive whose members
 * hang together (tar.gz, 7z) all of them, each behind its name: what is passed over has to be unpacked in any case, and
 * so the box can go on for the next request.  A head, and as many bytes behind it as it says. */
#pragma once
#include "hostile/read/charset.h"

typedef enum {
    UNPACKED_ALL,     /* first of all: every member comes, and its name before it                       */
    UNPACKED_NAME,    /* the name of the next, n bytes                                                  */
    UNPACKED_BYTES,   /* n bytes of it                                                                  */
    UNPACKED_END,     /* its end; reason says why it is not whole, "" when it is                        */
    UNPACKED_MISSING, /* it does not lie behind the one before; reason says why the archive ended early */
    UNPACKED_BUSY,    /* the archive is being read                                                      */
    UNPACKED_COUNT
} UnpackedKind;

#define UNPACKED_MOST_BYTES (256UL << 10)

typedef struct {
    guint32 kind, n;
    char reason[24];
} UnpackedHead;

typedef struct {
    const char *path;       /* of the archive                                         */
    guint64 size;           /* of it                                                  */
    const GPtrArray *names; /* of the members, in the order in which they are wanted  */
    Charsets *charsets;
} UnpackWork;

/* The archive lies on BOX_IN. */
void unpacked_run(gconstpointer work);
