/* boxed.h - the inside of a box: descriptors in, frames out. */
#pragma once
#include "hostile/job.h"

/* What travels with each descriptor over the socket. */
typedef struct {
    guint64 item, start, end;
    guint64 size; /* of the whole file */
} Handed;

/* Read all that comes over BOX_IN, write to BOX_OUT, and end the process. */
void boxed_run(Boxed *boxed) G_GNUC_NORETURN;
