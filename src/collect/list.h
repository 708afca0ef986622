/* list.h - the files beneath a source, by name and size alone. */
#pragma once
#include <glib.h>

typedef struct {
    char *path; /* relative to the source; "" for a source that is a file; of a member of an archive behind that of
                   the archive and MEMBER_BETWEEN */
    guint64 size;
    gint64 mtime; /* microseconds                                           */
    guint64 inode;
    gboolean maildir; /* in cur/ or new/ of a Maildir: mail for certain     */
} ListedFile;

/* What could not be listed, and why: a reason of the gaps. */
typedef struct {
    char *path;
    const char *reason; /* unreadable, symlink, not-regular */
} ListedGap;

typedef struct {
    GPtrArray *files; /* ListedFile *, sorted by path in byte order */
    GPtrArray *gaps;  /* ListedGap *                                */
    gboolean folder;
    gboolean maildir; /* the source itself is one                   */
} Listing;

/* List `path`. Links are not followed, whatever they point at; tmp/ of a Maildir and its index files are no mail and
 * are left out. FALSE with MISSING or IO when the source itself cannot be listed. */
Listing *list_source(const char *path, GError **error);
void listing_free(Listing *listing);
void listed_file_free(gpointer file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listing, listing_free)

/* The mail folder that a file of the source lies in: "INBOX", "Sent/2024" for Maildir++ ".Sent.2024/cur/x"; the
 * folder's path for others. g_free. */
char *list_folder_of(const char *path, gboolean maildir);
