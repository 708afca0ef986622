/* find.h - the `find` request: reread messages and say where words stand in their subjects and texts.
 *
 * W rows: index of the message in the request, path, start, end, excerpt.  An excerpt shows no match of the scanner:
 * its mask stands there instead; behind more matches than are reported there is no excerpt. */
#pragma once
#include "hostile/job.h"

typedef struct {
    guint8 sha256[DIGEST_BYTES]; /* of the message as it was found: another is the gap "source-changed" */
} FindAsked;

/* `asked` (FindAsked, one for each item) must live as long as the job. FALSE with FORMAT when there are no words. */
gboolean find_job(Job *job, const char *words, const GArray *asked, GError **error);
void find_done(Job *job, RowBuffer *rows);
void find_job_clear(Job *job);
