/* mail_archive.h - the archive itself as a unit: all of it is unpacked and checked, and what cannot be read is a gap.
 *
 * Its members are items of their own (spool.h). Of the archive there are the hash of its bytes, and gaps: members that
 * are encrypted, damaged in part or no files, with their names; why its list ends early; what belongs to no member;
 * that there is nothing in it.
 * Places are PLACES_RECOVERED and the bytes of the archive behind it. */
#pragma once
#include "hostile/job.h"

void mail_archive_read(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end);
