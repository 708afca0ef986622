/* plan.c - the `plan` request: files of a source to units of work.
 *
 * U rows: item, kind (mbox, eml, emlx, tnef, msg, pst, archive, empty, other), start, end; for `other` and `archive`
 * what it looks like. */
#include "hostile/plan/plan.h"

#include "hostile/archive/formats.h"
#include "hostile/limits.h"
#include "hostile/plan/cut.h"
#include "hostile/plan/log.h"
#include "hostile/plan/look.h"
#include "lib/error.h"

/* A unit of a PST: a box for fewer items would open the file more often than need be. */
#define UNIT_ITEMS 20000
#define UNIT_BYTES (128UL << 20)
/* More ranges of one file than this are 64 GiB times 16; a frame holds them. */
#define PLAN_ROWS_BYTES (1UL << 20)

/* --- in the box ---------------------------------------------------------------------------------------------- */
typedef struct {
    RowBuffer rows;
    guint64 item;
    const char *kind, *what;
} Answer;

static void add_unit(void *user, guint64 start, guint64 end)
{
    Answer *answer = user;
    row_begin(&answer->rows, 'U');
    row_put_uint(&answer->rows, answer->item);
    row_put_string(&answer->rows, answer->kind);
    row_put_uint(&answer->rows, start);
    row_put_uint(&answer->rows, end);
    if (answer->what)
        row_put_string(&answer->rows, answer->what);
    row_end(&answer->rows);
}

/* What cannot be cut must be small enough for one unit. */
static void plan_log(int file, guint64 end, Answer *answer)
{
    if (log_cut(file, end, add_unit, answer))
        return;
    if (end > LIMIT_LOG_WHOLE_BYTES) {
        answer->kind = "other";
        answer->what = "log-too-large";
    }
    add_unit(answer, 0, end);
}

/* A PST is cut into ranges of places with as many items each, and as many of the file's bytes as may be; the last holds
 * what is not there and what can be recovered. One that cannot be opened is one range: it is read as a gap. */
static void plan_pst(const Boxed *boxed, int file, guint64 end, Answer *answer)
{
    const char *reason;
    g_autoptr(Pst) pst = pst_open(file, end, boxed->job->tools->charsets, &reason);
    g_autoptr(GArray) numbers = pst ? pst_numbers(pst, &reason) : NULL;
    if (!numbers) {
        add_unit(answer, 0, PLACES_RECOVERED + end);
        return;
    }
    guint items = numbers->len;
    guint64 units = MAX((guint64)(items + UNIT_ITEMS - 1) / UNIT_ITEMS, (end + UNIT_BYTES - 1) / UNIT_BYTES);
    guint each = (guint)((items + units - 1) / MAX(units, 1));
    guint64 from = 0;
    for (guint i = each; each && i < items; i += each) {
        guint64 to = g_array_index(numbers, guint32, i);
        add_unit(answer, from, to);
        from = to;
    }
    add_unit(answer, from, PLACES_LOST);
    add_unit(answer, PLACES_LOST, PLACES_RECOVERED + end);
}

static void read_plan(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    static const char *const kinds[] = {[LOOK_MBOX] = "mbox",
                                        [LOOK_EML] = "eml",
                                        [LOOK_EMLX] = "emlx",
                                        [LOOK_TNEF] = "tnef",
                                        [LOOK_MSG] = "msg",
                                        [LOOK_PST] = "pst",
                                        [LOOK_ARCHIVE] = "archive",
                                        [LOOK_AUDIT_LOG] = "audit-log",
                                        [LOOK_SIGNIN_LOG] = "signin-log",
                                        [LOOK_OTHER] = "other"};
    Answer answer = {.item = item};
    row_buffer_init(&answer.rows, PLAN_ROWS_BYTES);
    Span path = span_of_string(g_array_index(boxed->job->items, JobItem, item).path);
    LookKind kind = look_at_open(file, end, path, boxed->job->tools->charsets, &answer.what);
    if (kind == LOOK_MBOX && cut_holds_one(file, end))
        kind = LOOK_EML;
    answer.kind = kinds[kind];
    if (kind == LOOK_MBOX)
        cut_mbox(file, end, add_unit, &answer);
    else if (kind == LOOK_PST)
        plan_pst(boxed, file, end, &answer);
    else if (kind == LOOK_AUDIT_LOG || kind == LOOK_SIGNIN_LOG)
        plan_log(file, end, &answer);
    else
        add_unit(&answer, start, end);
    FrameHead head = {.rows = (guint32)answer.rows.length, .item = item, .start = start, .end = end};
    frame_write(&boxed->frames, &head, SPAN_NONE, (Span){answer.rows.bytes, answer.rows.length}, SPAN_NONE);
    row_buffer_clear(&answer.rows);
}

/* --- in the feeder ------------------------------------------------------------------------------------------- */

/* One U row: its place must follow on the last. */
static gboolean check_unit(const Row *row, const FrameHead *head, guint64 *position, guint64 *most)
{
    guint64 item, start, end;
    if (row->kind == 'U' && row->count >= 4 && span_equals(row->field[1], "pst"))
        *most = PLACES_RECOVERED + head->end;
    gboolean read = row->kind == 'U' && row->count >= 4 && row->count <= 5 &&
                    row_uint(row->field[0], &item) && row_uint(row->field[2], &start) &&
                    row_uint(row->field[3], &end);
    if (!read || item != head->item || start != *position || end < start || end > *most)
        return FALSE;
    *position = end;
    return TRUE;
}

static gboolean check_plan(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    (void)file;
    guint64 position = head->start, most = head->end;
    g_autofree char *copy = g_strndup(rows.p, rows.n);
    for (char *line = copy, *end = copy + rows.n, *stop; line < end; line = stop + 1) {
        Row row;
        stop = memchr(line, '\n', (gsize)(end - line));
        if (!stop || !row_split(line, (gsize)(stop - line), &row, error))
            return error && *error ? FALSE : error_set(error, CANDOR_ERROR_FORMAT, "a box's plan is cut");
        if (!check_unit(&row, head, &position, &most))
            return error_set(error, CANDOR_ERROR_FORMAT,
                             "a box planned a unit that does not follow the last");
    }
    if (between.n || position != most || head->start != 0)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box's plan leaves out bytes of a file");
    job->totals.messages++;
    job->totals.bytes += head->end;
    return TRUE;
}

static void plan_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    if (!span_equals(gap->reason, "empty")) {
        gap_row_write(rows, gap);
        job->totals.gaps++;
        return;
    }
    Answer answer = {.rows = *rows, .item = gap->item, .kind = "empty"};
    add_unit(&answer, 0, 0);
    *rows = answer.rows;
    job->totals.messages++;
}

void plan_job(Job *job)
{
    archive_warm_up(); /* zips are looked into */
    job->read_item = read_plan;
    job->check = check_plan;
    job->gap = plan_gap;
}

void plan_done(Job *job, RowBuffer *rows)
{
    done_row_write(rows, &(DoneRow){.unit = job->unit,
                                    .declared = job->items->len,
                                    .messages = job->totals.messages,
                                    .gaps = job->totals.gaps,
                                    .bytes = job->totals.bytes});
}
