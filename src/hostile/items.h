/* items.h - the files of a job while boxes work on them: opened in turn, handed over, passed by; for feeder.c. */
#pragma once
#include "hostile/cell.h"
#include "hostile/spool.h"

/* An item of the job while it is open. */
typedef struct {
    gboolean looked_at;
    int file;
    guint64 start, end, size;
    const char *reason; /* why it has no file */
    gboolean retryable; /* it may come to have one */
} Opened;

typedef struct {
    Job *job;
    int root;
    Spool *spool; /* once a member of an archive is opened */
    Opened *opened;
    Place place; /* everything before it is answered for                     */
    guint64
        large; /* behind the last large member that was unpacked: it must be answered for before others are */
    guint handed;   /* items before this one are with the present box, or gaps  */
    RowBuffer *out; /* where gaps are written                                   */
} Items;

/* FALSE with IO when the job's root cannot be opened. Clear in either case. */
gboolean items_init(Items *items, Job *job, RowBuffer *out, GError **error);
void items_clear(Items *items);

guint items_count(const Items *items);
/* A gap at the present place. */
void items_gap(Items *items, const CellEnd *end, guint64 bytes);
/* Pass over items that are answered for: read to the end, or never to be read. */
void items_advance(Items *items);
/* Whether the box should get more: few enough are open without an answer. */
gboolean items_may_hand_over(const Items *items);
/* Hand the next items to the box, as many as its socket takes; close the socket behind the last. */
void items_hand_over(Items *items, Cell *cell);
