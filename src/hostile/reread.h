/* reread.h - a message that was read before, read again at its place, in the box. */
#pragma once
#include "hostile/job.h"

/* Where it is: of the job's item `item`, whose file is open. */
typedef struct {
    guint64 item;
    int file;
    guint64 start, end;
} RereadPlace;

/* Read it as one message and tell `sink`. FALSE, and nothing is told, when it is not there any more, not whole, cannot
 * be read, or has another SHA-256 than `sha256` (of the bytes as found; of an item of a PST, of its properties): the
 * gap "source-changed". With NULL whoever asks knows by its parts whether it is the one: then what is left of a run of
 * bytes is told. */
gboolean reread_message(Boxed *boxed, const RereadPlace *place, const guint8 *sha256, const ReaderSink *sink,
                        void *user);
