/* visible.h - what one customer may see, as far as the tables say. */
#pragma once
#include "store/store.h"

typedef enum { SHOW_MESSAGE, SHOW_EXCERPTS, SHOW_HELD, SHOW_UNREADABLE } ShowState;

/* One message of the customer's. */
typedef struct {
    gint64 class;
    guint8 key[DIGEST_BYTES], sha256[DIGEST_BYTES]; /* sha256: of the copy as found */
    gint64 date;                                    /* MOMENT_NONE                  */
    gint64 standing;
    gboolean alone; /* nobody else stands to this message          */
    ShowState state;
    char *root, *item, *kind; /* where a copy lies: source, path in it, kind of file */
    guint64 start, length;
    GString *own;         /* hex of the fingerprints that may be seen    */
    GString *given;       /* hex of the hashes of parts whose bytes are given */
    GHashTable *withheld; /* paths of attachments that are others' alone */
    GString *detail;      /* rows A, F and L of the manifest             */
} Shown;

/* Whether an object of this part is left out: the part is others' alone, or lies within one that is. */
gboolean shown_withholds(const Shown *shown, const char *path);

/* The manifest's rows for one customer, before the objects are known. */
typedef struct {
    GPtrArray *messages; /* Shown *, by key                             */
    GString *elsewhere;  /* rows D                                      */
    guint64 data;        /* of them                                     */
} Visible;

/* NULL with *error; visible_free. */
Visible *visible_read(Store *store, const char *customer, GError **error);
void visible_free(Visible *visible);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Visible, visible_free)
