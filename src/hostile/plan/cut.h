/* cut.h - an mbox to ranges of about 64 MiB that begin at message boundaries. */
#pragma once
#include "hostile/open/mbox.h"

#define CUT_BYTES (64UL << 20)
/* No range is smaller, unless the file is: a unit is a transaction. */
#define CUT_LEAST_BYTES (32UL << 20)

/* Call `found` for each range of the file, in order; together they are [0, size). A file without Content-Length is
 * searched only near the cuts; else it is gone through message by message, since a length may be true and hide an
 * envelope line. */
void cut_mbox(int file, guint64 size, void (*found)(void *user, guint64 start, guint64 end), void *user);

/* Whether an mbox is one message and no more: then it is read as a single mail, many to a unit, since exports of a mail
 * a file often keep the envelope line. A file over CUT_SINGLE_BYTES is not looked into. */
#define CUT_SINGLE_BYTES (1UL << 20)
gboolean cut_holds_one(int file, guint64 size);
