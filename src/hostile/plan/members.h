/* members.h - the `members` request: what lies in archives of a source. */
#pragma once
#include "hostile/job.h"

void members_job(Job *job);
void members_done(Job *job, RowBuffer *rows);
