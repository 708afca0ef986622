/* group.h - one message to its group of rows: the reader's callbacks, the scanner, sums and limits. */
#pragma once
#include "hostile/outlook/item_mail.h"
#include "hostile/tools.h"

typedef struct {
    Tools *tools;
    RowBuffer first; /* the M row, known last                  */
    RowBuffer body;  /* everything behind it, E included       */
    guint64 item, offset;
    EndRow sums;
    Span path;             /* of the text that is being scanned      */
    const GArray *losses;  /* ItemLoss of it; or NULL                              */
    const GArray *damages; /* ItemDamage of the item that is read, rising; or NULL */
    guint damage;          /* the next of them                                     */
} Group;

void group_init(Group *group, Tools *tools);

/* Begin a message's group. `item` and `offset` are its place, for its gaps. */
void group_begin(Group *group, guint64 item, guint64 offset);
/* Rows in the group, in the protocol's order. */
void group_gap(Group *group, const char *reason, Span detail, guint64 bytes, gboolean retryable);
/* Read the message, scan its text; *head as reader_read fills it. */
void group_read(Group *group, Span canonical, MessageRow *head);
/* What an item of Outlook's lost: gaps, once it is read (group_read). Both live until the group's end. */
void group_losses(Group *group, const Item *item, const GArray *damages);
/* Close the group. A message with more rows than LIMIT_FRAME_BYTES keeps its M row and a gap. */
void group_end(Group *group, const MessageRow *head);
