/* mail.h - the `mail` request: messages of a range of an mbox, of whole files, or of a PST, to rows. */
#pragma once
#include "hostile/job.h"

typedef enum { MAIL_FILES, MAIL_RANGE, MAIL_PLACES, MAIL_ARCHIVE } MailKind;

/* Make a job of it: set its functions. Of a range of an mbox, and of places of a PST, it has one item. */
void mail_job(Job *job, MailKind kind);
/* Its 'D' row, once the job has run. */
void mail_done(Job *job, RowBuffer *rows);
void mail_job_clear(Job *job);
