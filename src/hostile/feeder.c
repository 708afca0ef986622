/* feeder.c - run a job: files to boxes, checked rows out, and on behind whatever killed a box. */
#include "hostile/feeder.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>
#include "hostile/items.h"
#include "hostile/limits.h"
#include "hostile/unshared.h"
#include "lib/error.h"

#define READ_BYTES (1UL << 20)
#define RELAY_BYTES (256UL << 10)
#define TICK_MS 250
#define NANO 1000000000u

typedef struct {
    Job *job;
    int output;
    Items items;
    Progress *progress;
    Cell cell;
    Unshared answer; /* from the pipe, not yet taken; no other box sees it          */
    RowBuffer out;
    guint64 cpu_then; /* the box's clock at its last answer, nanoseconds      */
    gint64 wall_then; /* ours, microseconds                                   */
    gboolean careful; /* a box has died: frames are written at once           */
    gboolean has_bare;
    Place bare;
    CellEnd bare_end;
} Feeder;

gboolean feeder_write(int output, Span bytes, GError **error)
{
    while (bytes.n) {
        gssize written = write(output, bytes.p, bytes.n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return error_set_errno(error, "rows could not be written to the conductor");
        bytes = (Span){bytes.p + written, bytes.n - (gsize)written};
    }
    return TRUE;
}

static gboolean relay(Feeder *feeder, gsize at_least, GError **error)
{
    if (feeder->out.failed)
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory for the rows that are relayed");
    if (feeder->out.length < at_least || !feeder->out.length)
        return TRUE;
    Span rows = {feeder->out.bytes, feeder->out.length};
    row_buffer_reset(&feeder->out);
    return feeder_write(feeder->output, rows, error);
}

/* --- frames ------------------------------------------------------------------------------------------------ */

static gboolean take_frame(Feeder *feeder, const FrameHead *head, const char *behind, GError **error)
{
    if (head->item != feeder->items.place.item || head->item >= items_count(&feeder->items) ||
        head->item >= feeder->items.handed)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box answered for an item that is not its turn");
    const Opened *opened = &feeder->items.opened[head->item];
    gboolean is_hole = feeder->job->has_holes && !head->rows && !head->between;
    if (head->start < head->between || head->start - head->between < feeder->items.place.offset ||
        (head->start - head->between != feeder->items.place.offset && !is_hole) || head->end < head->start ||
        head->end > opened->end || (!head->rows && head->end == feeder->items.place.offset))
        return error_set(error, CANDOR_ERROR_FORMAT, "a box answered for a piece that is not its turn");
    Span between = {behind, head->between}, rows = {behind + head->between, head->rows};
    if (!feeder->job->check(feeder->job, opened->file, head, between, rows, error))
        return FALSE;
    if (!feeder->job->is_silent)
        row_buffer_append(&feeder->out, rows);
    feeder->items.place.offset = head->end;
    items_advance(&feeder->items);
    return TRUE;
}

/* Take every whole frame of what was read. */
static gboolean take_frames(Feeder *feeder, GError **error)
{
    gsize taken = 0;
    FrameHead head;
    while (feeder->answer.n - taken >= sizeof head) {
        memcpy(&head, feeder->answer.p + taken, sizeof head);
        if (head.rows > MAX(LIMIT_FRAME_BYTES, feeder->job->most_rows) || head.between > CHECK_BETWEEN_BYTES)
            return error_set(error, CANDOR_ERROR_FORMAT, "a box wrote a frame that is too large");
        gsize whole = sizeof head + head.between + head.rows;
        if (feeder->answer.n - taken < whole)
            break;
        if (!take_frame(feeder, &head, feeder->answer.p + taken + sizeof head, error))
            return FALSE;
        feeder->cpu_then = 0; /* asked for at the next look at the clock */
        taken += whole;
    }
    feeder->answer.n -= taken;
    memmove(feeder->answer.p, feeder->answer.p + taken, feeder->answer.n);
    return TRUE;
}

/* Read from the pipe. 0 at its end, -1 when it is not to be read further (*error). */
static int read_pipe(Feeder *feeder, GError **error)
{
    if (!unshared_reserve(&feeder->answer, READ_BYTES))
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory for a box's frame") - 1;
    gssize got = read(feeder->cell.pipe, feeder->answer.p + feeder->answer.n, READ_BYTES);
    if (got < 0 && errno == EINTR)
        return 1;
    if (got <= 0)
        return 0;
    feeder->answer.n += (gsize)got;
    return take_frames(feeder, error) ? 1 : -1;
}

/* --- a box's life ------------------------------------------------------------------------------------------ */

/* Seconds beside the usual for what makes a box look through a whole store before it answers: the range that holds what
 * was deleted, or one such item. */
static guint64 more_seconds(const Feeder *feeder, guint64 bytes_per_second)
{
    const Opened *opened =
        &feeder->items.opened[MIN(feeder->items.place.item, items_count(&feeder->items) - 1)];
    const JobItem *item = &g_array_index(feeder->job->items, JobItem, opened - feeder->items.opened);
    gboolean is_last = feeder->job->has_holes && opened->start < PLACES_RECOVERED;
    return (is_last || item->places) && opened->end > PLACES_RECOVERED ? opened->size / bytes_per_second : 0;
}

/* Whether the box has used up its time without an answer; *end says which. */
static gboolean is_out_of_time(Feeder *feeder, CellEnd *end)
{
    gint64 wall = g_get_monotonic_time();
    guint64 cpu = cell_cpu(&feeder->cell);
    if (!feeder->cpu_then) {
        feeder->cpu_then = MAX(cpu, 1);
        feeder->wall_then = wall;
        return FALSE;
    }
    const Tools *tools = feeder->job->tools;
    guint64 seconds = tools->cpu_seconds + more_seconds(feeder, LIMIT_PST_CPU_BYTES);
    guint64 stall = tools->stall_seconds + more_seconds(feeder, LIMIT_PST_STALL_BYTES);
    if (cpu > feeder->cpu_then && cpu - feeder->cpu_then >= seconds * NANO)
        *end = (CellEnd){.reason = "cpu-time", .retryable = TRUE};
    else if (wall - feeder->wall_then >= (gint64)stall * G_USEC_PER_SEC)
        *end = (CellEnd){.reason = "stalled", .retryable = TRUE};
    return end->reason != NULL;
}

/* Feed the box and take what it answers until it ends, or must be ended: then *end says why. FALSE on an error of
 * our own side. */
static gboolean pump(Feeder *feeder, CellEnd *end, GError **error)
{
    for (;;) {
        gboolean wants_more = feeder->cell.socket >= 0 && items_may_hand_over(&feeder->items);
        struct pollfd ready[2] = {{.fd = feeder->cell.pipe, .events = POLLIN},
                                  {.fd = wants_more ? feeder->cell.socket : -1, .events = POLLOUT}};
        if (poll(ready, 2, TICK_MS) < 0 && errno != EINTR)
            return error_set_errno(error, "the feeder could not wait for its box");
        if (ready[1].revents) {
            items_hand_over(&feeder->items, &feeder->cell);
            feeder->cpu_then = 0; /* unpacking what is handed over takes time that is not the box's */
        }
        if (ready[0].revents) {
            g_autoptr(GError) lie = NULL;
            int more = read_pipe(feeder, &lie);
            if (more == 0)
                return TRUE;
            if (more < 0) {
                *end = (CellEnd){.reason = "reader-lied"};
                g_strlcpy(end->detail, lie->message, sizeof end->detail);
                return TRUE;
            }
        }
        if (!relay(feeder, RELAY_BYTES, error))
            return FALSE;
        if (is_out_of_time(feeder, end))
            return TRUE;
    }
}

/* One box, from its start to its end. */
static gboolean run_box(Feeder *feeder, CellEnd *end, GError **error)
{
    Boxed boxed = {.job = feeder->job,
                   .progress = feeder->progress,
                   .frames.at_once = feeder->careful,
                   .has_bare = feeder->has_bare,
                   .bare = feeder->bare,
                   .bare_gap = {.reason = span_of_string(feeder->bare_end.reason),
                                .detail = feeder->bare_end.detail[0] ? span_of_string(feeder->bare_end.detail)
                                                                     : SPAN_NONE,
                                .retryable = feeder->bare_end.retryable}};
    *feeder->progress = (Progress){0};
    if (!cell_start(&feeder->cell, &boxed, error))
        return FALSE;
    (void)!getrandom(&feeder->job->salt, sizeof feeder->job->salt, 0);
    feeder->items.handed = (guint)feeder->items.place.item;
    feeder->answer.n = 0;
    feeder->cpu_then = 0;
    *end = (CellEnd){0};
    CellEnd own = {0};
    gboolean fine = pump(feeder, &own, error);
    if (!cell_end(&feeder->cell, !fine || own.reason, end, fine ? error : NULL))
        return FALSE;
    if (own.reason)
        *end = own;
    return fine;
}

static gboolean is_same(Place a, Place b)
{
    return a.item == b.item && a.offset == b.offset;
}

/* What the dead box says that it was at, if that can be. */
static Place last_seen(const Feeder *feeder)
{
    Place said = {feeder->progress->item, feeder->progress->start};
    gboolean later_item = said.item > feeder->items.place.item && said.item < feeder->items.handed;
    gboolean later_place = said.item == feeder->items.place.item && said.offset >= feeder->items.place.offset;
    return later_item || later_place ? said : feeder->items.place;
}

/* The piece that even bare reading does not survive becomes a gap, and the work goes on behind it. */
static void give_up_piece(Feeder *feeder, const CellEnd *end)
{
    const Opened *opened = &feeder->items.opened[feeder->items.place.item];
    guint64 stop = opened->end, said = feeder->progress->end;
    if (feeder->progress->item == feeder->items.place.item &&
        feeder->progress->start == feeder->items.place.offset && said > feeder->items.place.offset &&
        said < stop)
        stop = said;
    items_gap(&feeder->items, end, stop - feeder->items.place.offset);
    feeder->items.place.offset = stop;
    items_advance(&feeder->items);
}

/* Decide what the next box does otherwise than the one that has just died. */
static void learn_from(Feeder *feeder, const CellEnd *end)
{
    gboolean was_careful = feeder->careful;
    feeder->careful = TRUE;
    Place suspect = was_careful ? feeder->items.place : last_seen(feeder);
    gboolean was_bare = feeder->has_bare && is_same(feeder->bare, suspect);
    if (was_bare || !feeder->job->can_be_bare) {
        if (is_same(suspect, feeder->items.place) && was_careful)
            give_up_piece(feeder, end);
        return;
    }
    feeder->has_bare = TRUE;
    feeder->bare = suspect;
    feeder->bare_end = *end;
}

static gboolean run_boxes(Feeder *feeder, GError **error)
{
    while (feeder->items.place.item < items_count(&feeder->items)) {
        CellEnd end;
        if (!run_box(feeder, &end, error))
            return FALSE;
        items_advance(&feeder->items);
        if (feeder->items.place.item == items_count(&feeder->items))
            break;
        if (!end.reason)
            end = (CellEnd){.reason = "reader-stopped-early"};
        learn_from(feeder, &end);
    }
    return relay(feeder, 0, error);
}

gboolean feeder_run(Job *job, int output, GError **error)
{
    Feeder feeder = {.job = job, .output = output};
    row_buffer_init(&feeder.out, 2 * LIMIT_FRAME_BYTES);
    feeder.progress =
        mmap(NULL, sizeof *feeder.progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (feeder.progress == MAP_FAILED)
        return error_set_errno(error, "no memory for a box's progress");
    gboolean fine = items_init(&feeder.items, job, &feeder.out, error) && run_boxes(&feeder, error);
    items_clear(&feeder.items);
    munmap(feeder.progress, sizeof *feeder.progress);
    row_buffer_clear(&feeder.out);
    unshared_clear(&feeder.answer);
    return fine;
}
