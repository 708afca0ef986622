/* member.h - the files in an archive, in the order in which they lie there, under names that no other of it has.
 *
 * A name is made: UTF-8, no empty, "." or ".." between its slashes, no control characters; of two members with the same
 * name the second is "name#2".  What was compressed without a list is one member, called as its file without the
 * ending.  The same archive gives the same names each time. */
#pragma once
#include "hostile/read/charset.h"

typedef struct {
    const char *name;   /* good until the next member                                 */
    guint64 size;       /* as the archive says; 0 when it does not                    */
    gint64 mtime;       /* microseconds; 0 when it is not said                        */
    const char *reason; /* why it cannot be read: encrypted, not-regular; NULL: it can */
} Member;

typedef struct Members Members;

/* Of `file`, `size` bytes, called `path`, which is read by pread. Never NULL. `busy` (may be NULL) is called now and
 * then while bytes are taken in, with how many have been. */
Members *members_open(int file, guint64 size, const char *path, Charsets *charsets,
                      void (*busy)(void *user, guint64 taken), void *user);
void members_close(Members *members);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Members, members_close)

/* The next member that is no folder. FALSE at the end. */
gboolean members_next(Members *members, Member *member);
/* Whether a member can be passed over without reading what lies before it: of a zip alone. Once there was a member. */
gboolean members_are_apart(const Members *members);
/* Whether it is a compressed file and no archive: its one member is what is wanted, whatever it is called. */
gboolean members_are_alone(const Members *members);
/* At the end: bytes of the file that belong to no member, before the first of a zip or behind the last of others. */
guint64 members_rest(Members *members);
/* Why a member gave -1: archive-damaged, or method-not-read. */
const char *members_why(const Members *members);
/* Why there was no more: NULL when the archive is whole, else archive-damaged, encrypted (its list), or
 * too-many-entries. */
const char *members_end(const Members *members);
/* The next bytes of the member that came last: 0 at its end, -1 when it is damaged. */
gssize members_read(Members *members, char *bytes, gsize n);

/* Whether the archive is a document (docx, odt, jar) and no collection of files. */
gboolean members_are_document(int file, guint64 size, Charsets *charsets);
/* Whether members of these sizes cannot be: what all of them would unpack to is more than LIMIT_ARCHIVE_RATIO of the
 * archive and LIMIT_ARCHIVE_FREE_BYTES. */
gboolean members_are_too_large(guint64 archive, guint64 unpacked);
