/* mail_archive.c - the archive itself as a unit. */
#include "hostile/mail_archive.h"

#include "hostile/archive/member.h"
#include "hostile/limits.h"

#define READ_BYTES (256UL << 10)

typedef struct {
    Boxed *boxed;
    guint64 item, start, at, end; /* places before `at` are answered for */
    guint64 size, unpacked;
    guint members, gaps;
    char bytes[READ_BYTES];
} Checking;

static void show_progress(const Checking *it)
{
    *it->boxed->progress = (Progress){it->item, it->at, 0};
}

static void pass_over(Checking *it, guint64 to)
{
    if (it->at >= to)
        return;
    frame_write(&it->boxed->frames, &(FrameHead){.item = it->item, .start = to, .end = to}, SPAN_NONE,
                SPAN_NONE, SPAN_NONE);
    frame_flush(&it->boxed->frames);
    it->at = to;
    show_progress(it);
}

static void on_busy(void *user, guint64 taken)
{
    Checking *it = user;
    /* Half of the places are for gaps, which come behind what is read ahead. */
    pass_over(it, it->start + MIN(taken, it->size) / 2);
}

static void send_gap(Checking *it, const char *reason, Span detail, guint64 bytes, gboolean retryable)
{
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, LIMIT_FRAME_BYTES);
    gap_row_write(&rows, &(GapRow){.item = it->item,
                                   .offset = it->at,
                                   .reason = span_of_string(reason),
                                   .detail = detail,
                                   .bytes = bytes,
                                   .retryable = retryable});
    FrameHead head = {.rows = (guint32)rows.length, .item = it->item, .start = it->at, .end = it->at + 1};
    frame_write(&it->boxed->frames, &head, SPAN_NONE, (Span){rows.bytes, rows.length}, SPAN_NONE);
    it->at++;
    it->gaps++;
    show_progress(it);
}

/* The last place is kept for the gap that stands for all that are left. */
static void add_gap(Checking *it, const char *reason, Span detail, guint64 bytes)
{
    gboolean last = it->gaps + 1 >= LIMIT_ARCHIVE_GAPS || it->at + 1 >= it->end;
    if (it->gaps >= LIMIT_ARCHIVE_GAPS || it->at >= it->end)
        return;
    if (last && it->gaps)
        send_gap(it, "too-many-gaps", SPAN_NONE, 0, FALSE);
    else
        send_gap(it, reason, detail, bytes, FALSE);
    it->gaps = last ? LIMIT_ARCHIVE_GAPS : it->gaps;
}

/* A member of which nothing comes is an item without a file: that is where the gap stands. FALSE when nothing behind it
 * is looked at any more, for the same reason. */
static gboolean check_member(Checking *it, Members *members, const Member *member)
{
    guint64 before = it->unpacked;
    gssize got = 1;
    it->members++;
    while (got > 0 && !member->reason && !members_are_too_large(it->size, it->unpacked)) {
        got = members_read(members, it->bytes, READ_BYTES);
        it->unpacked += got > 0 ? (guint64)got : 0;
    }
    if (member->reason)
        add_gap(it, member->reason, span_of_string(member->name), member->size);
    else if (got < 0 && it->unpacked > before)
        add_gap(it, members_why(members), span_of_string(member->name), member->size);
    return !members_are_too_large(it->size, it->unpacked);
}

void mail_archive_read(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    g_autofree Checking *it = g_new0(Checking, 1);
    *it = (Checking){
        .boxed = boxed, .item = item, .start = start, .at = start, .end = end, .size = boxed->size};
    show_progress(it);
    if (boxed->has_bare && boxed->bare.item == item) {
        send_gap(it, boxed->bare_gap.reason.p, SPAN_NONE, 0, boxed->bare_gap.retryable);
        pass_over(it, end);
        return;
    }
    const char *path = g_array_index(boxed->job->items, JobItem, item).path;
    g_autoptr(Members) members =
        members_open(file, boxed->size, path, boxed->job->tools->charsets, on_busy, it);
    Member member;
    gboolean more = TRUE;
    while (more && members_next(members, &member))
        more = check_member(it, members, &member);
    if (more && members_end(members))
        add_gap(it, members_end(members), SPAN_NONE, 0);
    else if (more && members_rest(members))
        add_gap(it, "archive-rest", SPAN_NONE, members_rest(members));
    else if (!it->members)
        add_gap(it, "empty", SPAN_NONE, it->size);
    pass_over(it, end);
}
