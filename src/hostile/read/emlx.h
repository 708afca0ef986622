/* emlx.h - a mail as Apple Mail keeps it: how many bytes it has on a line, the mail, and a property list with its
 * flags. */
#pragma once
#include "lib/span.h"

typedef struct {
    gsize start, n;   /* the mail, in the file                          */
    guint64 missing;  /* bytes that the file should have behind its end */
    gboolean deleted; /* by its flags                                   */
} Emlx;

/* FALSE for other files. Of a long one, its first bytes are enough to tell. */
gboolean emlx_find(Span bytes, Emlx *emlx);
