/* job.h - one request as work for boxes: which files, what is done with them inside, how the answer is checked.
 *
 * The feeder (feeder.h) runs any job: it opens the files, starts boxes, checks and relays what they answer, and
 * goes on behind what killed one.  Each file of a job is an item; what is read of an item at a time is a piece (a
 * message of an mbox, or the whole file). */
#pragma once
#include "hostile/frame.h"
#include "hostile/outlook/pst.h"
#include "hostile/tools.h"
#include "nouns/check.h"

typedef struct {
    const char *path; /* beneath the root; NULL for descriptor 4 (`scan`) */
    gboolean whole;   /* [0, size); else the range below                  */
    gboolean single;  /* the file is one message, perhaps in another form than mail (file_form.h) */
    gboolean places;  /* of a PST: the range is one of places, not bytes  */
    guint64 start, end;
} JobItem;

/* A place in a job: everything before it has been answered for. */
typedef struct {
    guint64 item, offset;
} Place;

/* Written by a box, read by the feeder once it is dead: which piece it was at. Not to be trusted. */
typedef struct {
    volatile guint64 item, start, end; /* from the end of the piece before; end 0 while it is looked for */
} Progress;

typedef struct Job Job;

/* A box at work, from the inside. */
typedef struct {
    Job *job;
    FrameWriter frames;
    Progress *progress;
    gboolean has_bare; /* the piece that begins at `bare` is only hashed: it killed a box */
    Place bare;
    GapRow bare_gap; /* why */
    guint64 size;    /* of the file that is being read */
    Pst *pst;        /* the one that was read last, for the next item of the same path */
    const char *pst_path;
} Boxed;

struct Job {
    guint64 unit;
    Tools *tools;
    const char *root;
    GArray *items; /* JobItem */

    /* In the box: read [start, end) of an item's file and write a frame for each piece, the last ending at `end`. */
    void (*read_item)(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end);
    /* In the feeder: FORMAT when a frame is not what may follow; it counts what it lets pass. */
    gboolean (*check)(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error);
    /* In the feeder: a piece or item without an answer. Writes the row and counts it. */
    void (*gap)(Job *job, const GapRow *gap, RowBuffer *rows);
    /* In the feeder, may be NULL: a file was opened, before any box gets it. */
    void (*opened)(Job *job, int file, guint64 size);
    /* Whether what lies between two pieces may be passed over: places without an item. */
    gboolean has_holes;
    /* Whether a piece can be read bare, before it becomes a gap. */
    gboolean can_be_bare;
    /* Frames are for `check` alone, and not relayed. */
    gboolean is_silent;
    guint64 most_rows; /* bytes in one frame; 0: LIMIT_FRAME_BYTES */

    UnitCheck totals;      /* of the jobs that read mail                     */
    EVP_MD_CTX *unit_hash; /* over hashes of messages and the bytes between  */
    guint64 salt;          /* decides which messages are hashed again; drawn anew once a box is forked,
                                 so that it cannot know                         */
    gpointer more;         /* the job's own                                  */
};
