/* feeder.h - run a job: files to boxes, checked rows out, and on behind whatever killed a box.
 *
 * The feeder parses nothing.  It opens the job's files beneath the root, hands them to a box, checks each frame
 * that comes back, and relays its rows.  When a box dies, lies, or uses up its time, what it had answered stands;
 * a fresh box goes on at the first piece without an answer, reads that one bare (hashes only) if it is the one that
 * killed before, and if even that kills, the piece becomes a lone gap.  So a piece costs at most itself. */
#pragma once
#include "hostile/job.h"

/* Run it and write the rows to `output`. FALSE with IO (output or root gone, no more processes) or DENIED (no
 * floor). What cannot be read is a gap, not an error. */
gboolean feeder_run(Job *job, int output, GError **error);

/* Write all bytes. */
gboolean feeder_write(int output, Span bytes, GError **error);
