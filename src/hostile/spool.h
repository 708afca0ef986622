/* spool.h - members of archives as files.
 *
 * A path "export.zip//Inbox/1.eml" is the member Inbox/1.eml of the archive export.zip; an archive in an archive is
 * "export.zip//old.tar.gz//2.eml".  The archive is read in a box, whose bytes the feeder writes into a file without a
 * name: in memory, a large one in the folder that TMPDIR names (else /var/tmp).  It is gone with its last descriptor.
 * From there on it is read as any file (doc/decisions/0016). */
#pragma once
#include "hostile/job.h"

typedef struct Spool Spool;

/* `root` and the items of `job` must live as long. */
Spool *spool_new(int root, const Job *job);
void spool_free(Spool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_free)

gboolean spool_is_member(const char *path);

/* Open the member that item `index` names, for which rising numbers in the order of the archive are cheap: an archive
 * is gone through once for all members that follow one another. -1 with a reason of a gap: missing, unreadable,
 * encrypted, not-regular, archive-damaged, zip-bomb, too-deep, too-many-entries, no-space, or how the box ended;
 * *retryable says whether it may come to be there. Of a damaged member what lies before the damage is the file. */
int spool_open(Spool *spool, guint index, guint64 *size, const char **reason, gboolean *retryable);
