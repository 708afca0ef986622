/* check.h - whether a worker's rows have the shape that the protocol promises.
 *
 * A worker's boxed reader may have been captured by what it read, so its rows are outside bytes themselves.  The
 * feeder checks each group before it lets it out, the conductor each unit before its transaction: order of the
 * rows (M A* (X|N|G|P)* E, or a lone G), places inside the unit, rising and without overlap, sums, counts.
 * It reads the rows where they lie and copies nothing.  What it cannot see (a false subject) is in doc/privsep.md. */
#pragma once
#include "nouns/evidence.h"

/* The bytes between two messages of an mbox: an empty line and an envelope line. More is not passed over. */
#define CHECK_BETWEEN_BYTES 1100

/* What a group says of its place. */
typedef struct {
    gboolean is_message; /* FALSE: a lone G, for a message or item that could not be read */
    guint64 sequence;    /* of a message                                                  */
    guint64 item, offset;
    guint64 length;              /* of the message, or the gap's bytes                            */
    guint8 sha256[DIGEST_BYTES]; /* of a message                                             */
} GroupFacts;

/* How many bytes the first group of rows takes, its last newline included; 0 when it is not whole (or there is
 * none: the rest is 'D' or another kind). */
gsize group_length(Span rows);

/* Check one group by itself. FORMAT names the row that is wrong. */
gboolean group_check(Span group, GroupFacts *facts, GError **error);

/* A unit as it was asked for, and how far its answer has come. */
typedef struct {
    guint64 unit;
    gboolean is_range;  /* one item, [start, end) of it; else a list of whole items */
    gboolean is_places; /* a range of places: each message is one, and most are empty */
    guint64 items;
    guint64 start, end;
    guint64 next_item; /* of a list: the least that may come                       */
    guint64 position;  /* of a range: where the last group ended                   */
    guint64 messages, gaps, bytes;
} UnitCheck;

void unit_check_range(UnitCheck *check, guint64 unit, guint64 start, guint64 end);
/* Places of a PST. Which of them hold an item only the reader knows: what it passes over is not seen here. */
void unit_check_places(UnitCheck *check, guint64 unit, guint64 start, guint64 end);
/* The bytes that an answered unit has read: of places those of the whole file, in the unit that holds
 * what was recovered. */
guint64 unit_check_bytes(const UnitCheck *check);
void unit_check_list(UnitCheck *check, guint64 unit, guint64 items);

/* Take the next group's facts. FORMAT when its place or number is not what may follow. */
gboolean unit_check_group(UnitCheck *check, const GroupFacts *facts, GError **error);

/* Whether the unit is answered whole and `done` adds up. */
gboolean unit_check_done(const UnitCheck *check, const DoneRow *done, GError **error);

/* All of the above on a unit's whole answer, 'D' row included. */
gboolean unit_check_answer(UnitCheck *check, Span rows, DoneRow *done, GError **error);
