/* find.h - the `find` request: reread messages and say where words stand in their subjects and texts.
 *
 * W rows: index of the message in the request, path, start, end, excerpt.  An excerpt shows no match of the scanner:
 * its mask stands there instead; behind more matches than are reported there is no excerpt. */
#pragma once
#include "hostile/job.h"

/* FALSE with FORMAT when there are no words. `words` must live as long as the job. */
gboolean find_job(Job *job, const char *words, GError **error);
void find_done(Job *job, RowBuffer *rows);
void find_job_clear(Job *job);
