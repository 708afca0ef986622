/* attachment.h - the `convert` request: parts of messages, each to text and matches.
 *
 * A boxed reader reads the message again, gives the part's bytes, and says whether a converter takes them; the feeder
 * sees that their hash is the one that was asked for, puts them into a sealed memfd, and starts a converter's box for
 * it (partbox.h); a part that none takes has no box. It parses neither. */
#pragma once
#include "hostile/job.h"

/* One part that was asked for; the items of the job are their messages, in the same order. */
typedef struct {
    Span path; /* of the part */
    guint8 sha256[DIGEST_BYTES];
    Span media_type;
} Attachment;

/* `attachments` (Attachment) must live as long as the job. Groups are written to `output` as they come. */
void attachment_job(Job *job, GArray *attachments, int output);
void attachment_done(Job *job, RowBuffer *rows);
void attachment_job_clear(Job *job);
