/* mail.h - the `mail` request: messages of a range of an mbox, or of whole files, to rows. */
#pragma once
#include "hostile/job.h"

/* Make a job of it: set its functions. `is_range`: its one item is a range of an mbox. */
void mail_job(Job *job, gboolean is_range);
/* Its 'D' row, once the job has run. */
void mail_done(Job *job, RowBuffer *rows);
void mail_job_clear(Job *job);
