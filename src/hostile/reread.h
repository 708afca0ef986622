/* reread.h - a message that was read before, read again at its place, in the box. */
#pragma once
#include "hostile/job.h"

/* Where it is: of the job's item `item`, whose file is open. */
typedef struct {
    guint64 item;
    int file;
    guint64 start, end;
} RereadPlace;

/* Read it as one message and tell `sink`. What cannot be read any more of a run of bytes is as if not there. FALSE for
 * an item of a PST that is not there, or whose properties have another SHA-256 than `sha256` (NULL: whoever asks knows
 * by its parts whether it is the one). */
gboolean reread_message(Boxed *boxed, const RereadPlace *place, const guint8 *sha256, const ReaderSink *sink,
                        void *user);
