/* mail_pst.h - the items of a range of a PST's places, to rows: the box's side of the `mail` request for it. */
#pragma once
#include "hostile/group.h"
#include "hostile/job.h"

/* Write a frame for each place of [start, end) that has an item or stands for what is not there, and one without rows
 * for each stretch between. `sequence` counts messages. A PST that cannot be opened is one gap at the range's start. */
void mail_pst_read(Boxed *boxed, Group *group, guint64 *sequence, guint64 item, int file, guint64 start,
                   guint64 end);
