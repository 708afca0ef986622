/* logs.h - the `log` request: records of a range of an audit or sign-in log to rows. */
#pragma once
#include "hostile/job.h"

void logs_job(Job *job);
/* Its 'D' row, once the job has run. */
void logs_done(Job *job, RowBuffer *rows);
void logs_job_clear(Job *job);
