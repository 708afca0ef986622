/* boxed.c - the inside of a box: descriptors in, frames out. */
#include "hostile/boxed.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>
#include "lib/box.h"

typedef struct {
    guint count;
    Handed handed[BOX_BATCH];
    int file[BOX_BATCH];
} Batch;

static gssize receive_message(struct msghdr *message, FrameWriter *frames)
{
    gssize got = recvmsg(BOX_IN, message, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) {
        /* The feeder must not wait for what is only gathered while we wait for it. */
        frame_flush(frames);
        do
            got = recvmsg(BOX_IN, message, 0);
        while (got < 0 && errno == EINTR);
    }
    return got;
}

/* FALSE at the end. */
static gboolean receive(Batch *batch, FrameWriter *frames)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof batch->file)];
    } control;
    struct iovec part = {batch->handed, sizeof batch->handed};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    gssize got = receive_message(&message, frames);
    if (got <= 0)
        return FALSE;
    struct cmsghdr *first = CMSG_FIRSTHDR(&message);
    batch->count = (guint)((gsize)got / sizeof *batch->handed);
    if (!first || first->cmsg_type != SCM_RIGHTS || first->cmsg_len != CMSG_LEN(batch->count * sizeof(int)))
        _exit(1);
    memcpy(batch->file, CMSG_DATA(first), batch->count * sizeof(int));
    return TRUE;
}

void boxed_run(Boxed *boxed)
{
    Batch batch;
    while (receive(&batch, &boxed->frames)) {
        for (guint i = 0; i < batch.count; i++) {
            const Handed *handed = &batch.handed[i];
            boxed->size = handed->size;
            boxed->job->read_item(boxed, handed->item, batch.file[i], handed->start, handed->end);
            close(batch.file[i]);
        }
    }
    frame_flush(&boxed->frames);
    _exit(0);
}
