/* unpacked.h - what the box of an unpacker does and says: members of one archive, in its order.
 *
 * A head, and for UNPACKED_BYTES as many bytes behind it; the bytes of a member end with UNPACKED_END. */
#pragma once
#include "hostile/read/charset.h"

typedef enum {
    UNPACKED_BYTES,   /* n bytes of the member that is due                                              */
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
    const char *path;       /* of the archive         */
    guint64 size;           /* of it                  */
    const GPtrArray *names; /* of the members, in the order in which they are wanted */
    guint from;             /* the first of them      */
    Charsets *charsets;
} UnpackWork;

/* The archive lies on BOX_IN. */
void unpacked_run(gconstpointer work);
