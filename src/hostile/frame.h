/* frame.h - what a box writes into its pipe: a head, the evidence bytes between two pieces, rows.
 *
 * A frame is one piece of evidence, read (a message's group of rows) or not (a lone gap), so a box that dies has
 * answered for whole pieces only.  Frames are gathered before they are written; when the feeder must know exactly
 * how far the box came (after a death), every frame is written at once. */
#pragma once
#include "lib/span.h"

typedef struct {
    guint32 rows;       /* bytes of rows; 0: only the bytes between are answered for */
    guint32 between;    /* bytes of evidence since the end of the last piece         */
    guint64 item;       /* of the job                                                */
    guint64 start, end; /* the piece in the item, behind the bytes between           */
} FrameHead;

/* Gathered rows, and evidence read since the last write: either limit makes it write. The second bounds how
 * much processor time an honest box can use between two answers. */
#define FRAME_GATHER_BYTES (256UL << 10)
#define FRAME_GATHER_EVIDENCE (8UL << 20)

typedef struct {
    int pipe;
    char *bytes;
    gsize used;
    guint64 evidence;
    gboolean at_once;
} FrameWriter;

/* All of these end the process when memory or the pipe is gone: there is nobody left to tell. */
void frame_writer_init(FrameWriter *writer, int pipe, gboolean at_once);
void frame_write(FrameWriter *writer, const FrameHead *head, Span between, Span rows, Span more_rows);
void frame_flush(FrameWriter *writer);
/* Bytes as they are. */
void frame_write_out(int pipe, const char *bytes, gsize n);
