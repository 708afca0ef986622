/* convert.h - the second pass of collect: parts that are no text by themselves, each once. */
#pragma once
#include "pool/pool.h"

/* Convert the parts that nobody has converted yet; with `again`, those that another version of their converter has, and
 * scan again the texts that other rules have.  A batch of parts is one transaction, so a run that dies is resumed at
 * the next batch.  Reads part, reading_attempt, copy, item, source_path; writes converter, conversion,
 * conversion_match, conversion_gap and the case's cache. */
gboolean convert_parts(Store *store, Run *run, Pool *pool, gboolean again, GError **error);
