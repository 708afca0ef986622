/* log.h - whether a file is a log, and where it may be cut. */
#pragma once
#include "lib/span.h"

/* By the first bytes of the file: a unified audit log, or sign-ins; as JSON of any arrangement, or CSV with a column
 * AuditData; also in UTF-16LE. */
gboolean log_is_audit(Span start);
gboolean log_is_signin(Span start);

/* A log with a record on each line: call `found` for ranges of about 64 MiB that begin at a record; together they are
 * [0, size). FALSE, without a call, when it is no such log. */
gboolean log_cut(int file, guint64 size, void (*found)(void *user, guint64 start, guint64 end), void *user);
