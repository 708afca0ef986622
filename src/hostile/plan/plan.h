/* plan.h - the `plan` request: files of a source to units of work. */
#pragma once
#include "hostile/job.h"

void plan_job(Job *job);
void plan_done(Job *job, RowBuffer *rows);
