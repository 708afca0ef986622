/* frame.c - what a box writes into its pipe. */
#include "hostile/frame.h"

#include <errno.h>
#include <unistd.h>

void frame_writer_init(FrameWriter *writer, int pipe, gboolean at_once)
{
    *writer = (FrameWriter){.pipe = pipe, .at_once = at_once, .bytes = g_malloc(FRAME_GATHER_BYTES)};
}

void frame_write_out(int pipe, const char *bytes, gsize n)
{
    while (n) {
        gssize written = write(pipe, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            _exit(1);
        bytes += written;
        n -= (gsize)written;
    }
}

void frame_flush(FrameWriter *writer)
{
    frame_write_out(writer->pipe, writer->bytes, writer->used);
    writer->used = 0;
    writer->evidence = 0;
}

static void gather(FrameWriter *writer, const void *bytes, gsize n)
{
    if (n > FRAME_GATHER_BYTES - writer->used)
        frame_flush(writer);
    if (n > FRAME_GATHER_BYTES) {
        frame_write_out(writer->pipe, bytes, n);
        return;
    }
    if (n)
        memcpy(writer->bytes + writer->used, bytes, n);
    writer->used += n;
}

void frame_write(FrameWriter *writer, const FrameHead *head, Span between, Span rows, Span more_rows)
{
    gather(writer, head, sizeof *head);
    gather(writer, between.p, between.n);
    gather(writer, rows.p, rows.n);
    gather(writer, more_rows.p, more_rows.n);
    writer->evidence += head->end - head->start;
    if (writer->at_once || writer->evidence >= FRAME_GATHER_EVIDENCE)
        frame_flush(writer);
}
