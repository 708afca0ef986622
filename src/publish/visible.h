/* visible.h - what one customer may see, as far as the tables say. */
#pragma once
#include "store/store.h"

typedef enum { SHOW_MESSAGE, SHOW_EXCERPTS, SHOW_HELD, SHOW_UNREADABLE } ShowState;

/* A text that was made of an attachment. */
typedef struct {
    char *path, *converter, *version;
    guint8 sha256[DIGEST_BYTES]; /* of the part */
    guint64 bytes;               /* of the text */
    gboolean bytes_given;        /* those of the part are shown, too */
} MadeText;

/* One message of the customer's, or one that mentions it. */
typedef struct {
    gint64 class;
    guint8 key[DIGEST_BYTES], sha256[DIGEST_BYTES]; /* sha256: of the copy as found */
    gint64 date;                                    /* MOMENT_NONE                  */
    gint64 standing;
    gboolean alone; /* nobody else is a party to this message      */
    ShowState state;
    char *root, *item, *kind; /* where a copy lies: source, path in it, kind of file */
    guint64 start, length;
    GString *own;         /* hex of the fingerprints that may be seen    */
    GString *given;       /* hex of the hashes of parts whose bytes are given */
    GHashTable *withheld; /* paths of attachments that are others' alone */
    GPtrArray *texts;     /* MadeText *                                  */
    GString *detail;      /* rows A, F and L of the manifest             */
} Shown;

/* Whether an object of this part is left out: the part is others' alone, or lies within one that is. */
gboolean shown_withholds(const Shown *shown, const char *path);

/* A row L: an attachment whose text was made, and is not at hand now; unless its bytes are given. */
void shown_lacks_text(Shown *shown, const MadeText *text);

/* What may be seen of each message: Shown *, by key; g_ptr_array_unref. NULL with *error. */
GPtrArray *visible_read(Store *store, const char *customer, GError **error);
