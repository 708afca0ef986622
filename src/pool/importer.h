/* importer.h - what the files of the importer share: its state, and the rows that it puts. */
#pragma once
#include "pool/import.h"

/* Texts that stand once in the store. */
typedef struct {
    GHashTable *ids; /* text -> id, of many of them */
    gint64 last;     /* id that was given           */
} Interned;

struct Importer {
    Store *store;
    Run *run;
    gint64 reader;
    gboolean again; /* units are read a second time */
    Interned emails, names;
    gint64 last_gap, last_event, last_signin;
    guint64 messages, bytes;
};

/* The message whose group is being read. */
typedef struct {
    const ImportUnit *unit;
    const MessageRow *row;
    gint64 content;
    gboolean fresh;
    gint64 addresses, mentions; /* so far */
    gint64 event_items;         /* of the log's last event, so far */
    gint64 event_start;
} Group;

/* The id of an address, of a display name: from memory, from the store, or new. */
gboolean importer_email(Importer *importer, Span address, gint64 *id, GError **error);
gboolean importer_name(Importer *importer, Span name, gint64 *id, GError **error);

/* Each puts one row into its table and its digest; `line` is read strictly. */
gboolean put_message(Importer *importer, const Group *group, GError **error);
gboolean put_copy(Importer *importer, const Group *group, GError **error);
gboolean put_address(Importer *importer, Group *group, const Row *line, GError **error);
gboolean put_part(Importer *importer, Group *group, const Row *line, GError **error);
gboolean put_mention(Importer *importer, Group *group, const Row *line, GError **error);
gboolean put_match(Importer *importer, Group *group, const Row *line, GError **error);
gboolean put_event(Importer *importer, Group *group, const Row *line, GError **error);
gboolean put_event_item(Importer *importer, Group *group, const Row *line, GError **error);
gboolean put_signin(Importer *importer, const Group *group, const Row *line, GError **error);
gboolean put_done(Importer *importer, const ImportUnit *unit, const Row *line, GError **error);
/* A gap of the group's message, or, without a group, of a whole message or item. What repeats for a copy of known
 * content is not written again, but for the gap that says that this very message could only be hashed. */
gboolean put_gap(Importer *importer, const ImportUnit *unit, const Group *group, const Row *line,
                 GError **error);
/* `group` is NULL for a whole item; `whole` says that the gap stands for a message or item that declared counts. */
gboolean put_gap_row(Importer *importer, const ImportUnit *unit, const Group *group, const GapRow *row,
                     gboolean whole, GError **error);
