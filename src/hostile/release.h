/* release.h - the `release` request: a message again, as one customer may see it.
 *
 * For each message a group of O rows, each followed by the B rows of its bytes, or a lone G when the message is not at
 * its place any more (`source-changed`, retryable) or cannot be read again.  A party gets subjects, texts (of the mail,
 * and those that were made of attachments) and file names redacted (redact.h), and the bytes of the parts that the
 * conductor names by their hash; who is only mentioned gets excerpts around what is its own. */
#pragma once
#include "hostile/job.h"

/* What is asked of one message; beside its JobItem. */
typedef struct {
    guint8 sha256[DIGEST_BYTES]; /* of its bytes as found                                       */
    gboolean mentioned;          /* excerpts alone                                              */
    Span own;                    /* hex: fingerprints of 16 bytes that may be seen              */
    Span given;                  /* hex: SHA-256 of parts whose bytes are given                 */
    Span texts;                  /* as release_text.h has them; only where one message is asked */
} ReleaseAsked;

/* `asked` (ReleaseAsked, one an item) and `output` must live as long as the job. FALSE when the texts are none. */
gboolean release_job(Job *job, GArray *asked, int output);
void release_done(Job *job, RowBuffer *rows);
void release_job_clear(Job *job);
