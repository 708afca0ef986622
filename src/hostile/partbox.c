/* partbox.c - one part, or one text, through a box of its own. */
#include "hostile/partbox.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hostile/limits.h"
#include "hostile/partwork.h"
#include "lib/error.h"

#define TICK_MS 250
#define READ_BYTES (1UL << 20)
#define NANO 1000000000u
#define ANSWER_BYTES (sizeof(PartHead) + LIMIT_CONVERTED_TEXT_BYTES + LIMIT_CONVERSION_ROWS_BYTES)

void part_answer_clear(PartAnswer *answer)
{
    unshared_clear(&answer->memory);
    unshared_clear(&answer->group);
}

/* --- what a box answered ----------------------------------------------------------------------------------- */

static gboolean lied(PartAnswer *answer, const char *what)
{
    answer->end = (CellEnd){.reason = "reader-lied"};
    g_strlcpy(answer->end.detail, what, sizeof answer->end.detail);
    return FALSE;
}

/* Whole 'W' lines. */
static gboolean excerpts_hold(Span rows)
{
    while (rows.n) {
        const char *stop = memchr(rows.p, '\n', rows.n);
        if (!stop || stop - rows.p < 2 || rows.p[0] != 'W' || rows.p[1] != '\t')
            return FALSE;
        rows = (Span){stop + 1, (gsize)(rows.p + rows.n - stop) - 1};
    }
    return TRUE;
}

static gboolean rows_hold(const PartWork *work, const PartAnswer *answer)
{
    return work->task == PARTBOX_SEEK
               ? excerpts_hold(answer->rows)
               : conversion_check_group(&answer->row, work->task == PARTBOX_RESCAN, answer->rows, NULL);
}

/* Whether a name that crossed the pipe ends in its field, and is of a converter that is on. */
static gboolean converter_holds(const PartWork *work, const PartAnswer *answer)
{
    return memchr(answer->converter, '\0', sizeof answer->converter) &&
           memchr(answer->version, '\0', sizeof answer->version) &&
           converters_has(work->tools->converters, answer->converter, answer->version);
}

static gboolean take_head(const PartWork *work, const PartHead *head, PartAnswer *answer)
{
    memcpy(answer->converter, head->converter, sizeof answer->converter);
    memcpy(answer->version, head->version, sizeof answer->version);
    if (head->text > LIMIT_CONVERTED_TEXT_BYTES || head->rows > LIMIT_CONVERSION_ROWS_BYTES ||
        head->unscanned > work->size || head->state >= PART_STATE_COUNT)
        return lied(answer, "counts out of range");
    if (work->task == PARTBOX_CONVERT && !converter_holds(work, answer))
        return lied(answer, "a converter that is not there");
    answer->row = (ConversionRow){.item = work->item,
                                  .converter = span_of_string(answer->converter),
                                  .version = span_of_string(answer->version),
                                  .state = (PartState)head->state,
                                  .read = work->size,
                                  .scanned = work->size - head->unscanned,
                                  .unscanned = head->unscanned,
                                  .text = head->text,
                                  .matches = head->matches,
                                  .gaps = head->gaps};
    return TRUE;
}

static gboolean take_answer(const PartWork *work, PartAnswer *answer)
{
    PartHead head;
    if (answer->memory.n < sizeof head)
        return lied(answer, "no answer");
    memcpy(&head, answer->memory.p, sizeof head);
    if (!take_head(work, &head, answer))
        return FALSE;
    if (answer->memory.n != sizeof head + head.text + head.rows)
        return lied(answer, "an answer of another length than it says");
    answer->text = (Span){answer->memory.p + sizeof head, head.text};
    answer->rows = (Span){answer->text.p + head.text, head.rows};
    return rows_hold(work, answer) || lied(answer, "rows that do not add up");
}

/* --- a box's life ------------------------------------------------------------------------------------------ */

/* Read what is there. FALSE at the end, or when the box must be ended: then answer->end says why. */
static gboolean read_pipe(Cell *cell, PartAnswer *answer)
{
    if (!unshared_reserve(&answer->memory, READ_BYTES)) {
        answer->end = (CellEnd){.reason = "memory", .retryable = TRUE};
        return FALSE;
    }
    gssize got = read(cell->pipe, answer->memory.p + answer->memory.n, READ_BYTES);
    if (got < 0 && errno == EINTR)
        return TRUE;
    answer->memory.n += got > 0 ? (gsize)got : 0;
    if (answer->memory.n > ANSWER_BYTES)
        return lied(answer, "an answer that is too long");
    return got > 0;
}

/* What the box says that its pages take, as far as it may be true. */
static guint64 ocr_time(const PartWork *work)
{
    const volatile guint64 *said = work->ocr_nanos;
    return said ? MIN(*said, (guint64)LIMIT_OCR_PART_SECONDS * NANO) : 0;
}

/* On the clock it may take as many times more as it may compute longer. */
static gboolean is_out_of_time(const PartWork *work, const Cell *cell, gint64 began, PartAnswer *answer)
{
    const Tools *tools = work->tools;
    guint64 wall = (guint64)(g_get_monotonic_time() - began) * (NANO / G_USEC_PER_SEC);
    guint64 own = (guint64)tools->part_seconds * NANO, allowed = own + ocr_time(work);
    if (cell_cpu(cell) >= allowed)
        answer->end = (CellEnd){.reason = "cpu-time", .retryable = TRUE};
    else if (wall / tools->stall_seconds >= allowed / tools->part_seconds)
        answer->end = (CellEnd){.reason = "stalled", .retryable = TRUE};
    return answer->end.reason != NULL;
}

static gboolean listen(const PartWork *work, Cell *cell, PartAnswer *answer, GError **error)
{
    gint64 began = g_get_monotonic_time();
    for (;;) {
        struct pollfd ready = {.fd = cell->pipe, .events = POLLIN};
        if (poll(&ready, 1, TICK_MS) < 0 && errno != EINTR)
            return error_set_errno(error, "the feeder could not wait for a converter's box");
        if (ready.revents && !read_pipe(cell, answer))
            return TRUE;
        if (is_out_of_time(work, cell, began, answer))
            return TRUE;
    }
}

static void clear(PartAnswer *answer)
{
    answer->end = (CellEnd){0};
    answer->text = answer->rows = SPAN_NONE;
    answer->memory.n = 0;
}

ConversionRow part_left(const PartWork *work)
{
    return (ConversionRow){.item = work->item,
                           .converter = SPAN_OF(CONVERTER_NONE),
                           .version = span_of_string(converters_none(work->tools->converters)),
                           .state = PART_UNREAD,
                           .read = work->size,
                           .unscanned = work->size};
}

void partbox_leave(const PartWork *work, PartAnswer *answer)
{
    clear(answer);
    answer->row = part_left(work);
}

static gboolean run(const PartWork *work, PartAnswer *answer, GError **error)
{
    Cell cell;
    if (!cell_start_converter(&cell, work->input, partwork_run, work, error))
        return FALSE;
    gboolean fine = listen(work, &cell, answer, error);
    CellEnd end = {0};
    if (!cell_end(&cell, !fine || answer->end.reason, &end, fine ? error : NULL) || !fine)
        return FALSE;
    if (!answer->end.reason)
        answer->end = end;
    if (!answer->end.reason)
        take_answer(work, answer);
    return TRUE;
}

/* A word that only this box and we see. */
static gboolean run_with_clock(PartWork work, PartAnswer *answer, GError **error)
{
    void *page =
        mmap(NULL, sizeof *work.ocr_nanos, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return error_set_errno(error, "no memory for a box's clock");
    work.ocr_nanos = page;
    gboolean ran = run(&work, answer, error);
    munmap(page, sizeof *work.ocr_nanos);
    return ran;
}

gboolean partbox_run(const PartWork *work, PartAnswer *answer, GError **error)
{
    clear(answer);
    if (work->task == PARTBOX_CONVERT)
        converters_warm_up();
    gboolean needs_clock = work->task == PARTBOX_CONVERT && converters_have_ocr(work->tools->converters);
    return needs_clock ? run_with_clock(*work, answer, error) : run(work, answer, error);
}
