/* log_check.h - whether a worker's rows about a log have the shape that the protocol promises.
 *
 * As check.h does for mail: a group is V I*, or S, or a lone G; groups stand in the order of the file, inside the unit
 * and without overlap; counts add up. */
#pragma once
#include "nouns/log_rows.h"

/* Messages and folders that one record names. Exchange lists up to some hundred; a record with more is
 * marked as cut. */
#define LOG_ITEMS_MAX 20000

typedef struct {
    guint64 unit, start, end; /* the range of the one item              */
    guint64 position;         /* where the last group ended             */
    guint64 records, gaps;    /* records: V and S rows                  */
} LogCheck;

void log_check_begin(LogCheck *check, guint64 unit, guint64 start, guint64 end);
/* Take the next group, which must lie in [from, to). FORMAT names what is wrong. */
gboolean log_check_group(LogCheck *check, Span group, guint64 from, guint64 to, GError **error);
/* Whether the unit's totals are those of its groups. */
gboolean log_check_done(const LogCheck *check, const DoneRow *done, GError **error);
/* All of it on a unit's whole answer, 'D' row included. */
gboolean log_check_answer(LogCheck *check, Span rows, GError **error);
