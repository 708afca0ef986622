/* partwork.h - what is done with a part inside its box; and what crosses the pipe, for partbox.c. */
#pragma once
#include "hostile/partbox.h"

/* Goes before the text and the rows. */
typedef struct {
    guint64 text, rows; /* bytes behind this     */
    guint64 matches, gaps;
    guint64 unscanned;
    guint32 state;
    char converter[32], version[128];
} PartHead;

/* A CellInside; `work` is a PartWork. */
void partwork_run(gconstpointer work);
