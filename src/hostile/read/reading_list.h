/* reading_list.h - one message as lists that two readers can be compared by. For tests. */
#pragma once
#include "hostile/read/reader.h"

typedef struct {
    char *type, *filename; /* filename may be NULL */
    char *charset;         /* may be NULL          */
    gboolean uuencoded;    /* found in a text; ours only */
    guint8 sha256[DIGEST_BYTES];
    guint8 sha256_as_lines[DIGEST_BYTES]; /* with CRLF, as a text file that came as lines; theirs only */
    gsize size;
} ListedLeaf;

typedef struct {
    GPtrArray *leaves;          /* ListedLeaf, in order                             */
    GPtrArray *addresses;       /* "role name|address", in order of role             */
    char *subject, *message_id; /* NULL when absent                          */
    guint64 defects;            /* ours only                                        */
} ReadingList;

ReadingList *reading_list_of(Reader *reader, Span mail);
/* GMime's reading of the same; only where GMime is there. NULL when its parser gives none. */
ReadingList *reading_list_of_gmime(Span mail);
void reading_list_free(ReadingList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReadingList, reading_list_free)

/* For whoever fills a list. */
ReadingList *reading_list_new(void);
void reading_list_add_address(ReadingList *list, Role role, const char *name, const char *address);
