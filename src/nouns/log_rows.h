/* log_rows.h - the rows of a worker's answer about a log: events, what they name, sign-ins.
 *
 * As in evidence.h: a Span belongs to whoever filled the struct, all text is UTF-8.  A text that the record does not
 * have is "".  Each record of a log is one group: V I*, or S; a record that could not be read is a lone G. */
#pragma once
#include "nouns/evidence.h"

/* 'V': one record of an audit log. The columns of the table `event`, which says what they mean. */
typedef struct {
    guint64 item, offset, length; /* in the file; length of the record as found                          */
    gint64 at;                    /* microseconds UTC; G_MININT64: no time that can be read              */
    Span record, operation, access, mailbox, actor, address, client, session, token, app, outcome;
    gboolean throttled;
    gboolean cut;       /* the record was cut off: what stood before the cut was read            */
    guint64 operations; /* 0: not said                                                            */
} EventRow;
void event_row_write(RowBuffer *rows, const EventRow *event);
gboolean event_row_read(const Row *row, EventRow *event, GError **error);

/* 'I': what the event before it names. */
typedef struct {
    Span folder, folder_ref, message_id, item_ref, recipient;
    guint64 size;
} EventItemRow;
void event_item_row_write(RowBuffer *rows, const EventItemRow *item);
gboolean event_item_row_read(const Row *row, EventItemRow *item, GError **error);

/* 'S': one sign-in. The columns of the table `signin`. */
typedef struct {
    guint64 item, offset, length;
    gint64 at;
    Span record, stream, account, account_ref, tenant, resource_tenant, app, address, agent, protocol;
    gint64 code; /* -1: not said */
    Span key_ref, token, session;
} SigninRow;
void signin_row_write(RowBuffer *rows, const SigninRow *signin);
gboolean signin_row_read(const Row *row, SigninRow *signin, GError **error);
