/* mail_pst.h - the items of a range of a PST's places, to rows: the box's side of the `mail` request for it. */
#pragma once
#include "hostile/group.h"
#include "hostile/job.h"

/* Write a frame for each place of [start, end) that has an item, and one without rows for each stretch that has none.
 * `sequence` counts messages. A PST that cannot be opened is one gap, in the range that begins at 0. */
void mail_pst_read(Boxed *boxed, Group *group, guint64 *sequence, guint64 item, int file, guint64 start,
                   guint64 end);
