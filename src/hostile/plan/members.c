/* members.c - the `members` request: what lies in archives of a source.
 *
 * F rows: item, name, size, time of change; one for each file that can be read. What cannot is told when the archive
 * itself is read (mail_archive.h). One that is a bomb has no rows but a gap. */
#include "hostile/plan/members.h"

#include "hostile/archive/formats.h"
#include "hostile/archive/member.h"
#include "lib/error.h"

#define FRAME_BYTES (1UL << 20)

/* --- in the box ---------------------------------------------------------------------------------------------- */

typedef struct {
    Boxed *boxed;
    RowBuffer rows;
    guint64 item, at, start, end; /* frames before `start` were taken from a box that has died since */
} Listing;

/* Frames follow one another by one: an archive has more bytes than its list has frames. */
static void send(Listing *it)
{
    FrameHead head = {.rows = (guint32)it->rows.length, .item = it->item, .start = it->at, .end = it->at + 1};
    if (!it->rows.length)
        return;
    if (it->at >= it->start)
        frame_write(&it->boxed->frames, &head, SPAN_NONE, (Span){it->rows.bytes, it->rows.length}, SPAN_NONE);
    row_buffer_reset(&it->rows);
    it->at++;
}

/* A frame without rows: the archive is long. */
static void on_busy(void *user, guint64 taken)
{
    Listing *it = user;
    (void)taken;
    if (it->at + 2 >= it->end)
        return;
    it->at++;
    if (it->at <= it->start)
        return;
    frame_write(&it->boxed->frames, &(FrameHead){.item = it->item, .start = it->at, .end = it->at}, SPAN_NONE,
                SPAN_NONE, SPAN_NONE);
    frame_flush(&it->boxed->frames);
}

static void add_member(Listing *it, const Member *member)
{
    if (it->rows.length > FRAME_BYTES)
        send(it);
    row_begin(&it->rows, 'F');
    row_put_uint(&it->rows, it->item);
    row_put_string(&it->rows, member->name);
    row_put_uint(&it->rows, member->size);
    row_put_uint(&it->rows, (guint64)member->mtime);
    row_end(&it->rows);
}

static gboolean is_bomb(Listing *it, int file, guint64 size, const char *path, Charsets *charsets)
{
    g_autoptr(Members) members = members_open(file, size, path, charsets, on_busy, it);
    guint64 unpacked = 0;
    Member member;
    while (members_next(members, &member) && !members_are_too_large(size, unpacked))
        unpacked += member.size;
    return members_are_too_large(size, unpacked);
}

static void list_archive(Listing *it, int file, guint64 end, const char *path)
{
    Charsets *charsets = it->boxed->job->tools->charsets;
    if (is_bomb(it, file, end, path, charsets)) {
        gap_row_write(&it->rows, &(GapRow){.item = it->item, .reason = SPAN_OF("zip-bomb"), .bytes = end});
        return;
    }
    g_autoptr(Members) members = members_open(file, end, path, charsets, on_busy, it);
    Member member;
    while (members_next(members, &member))
        if (!member.reason)
            add_member(it, &member);
}

static void read_members(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    Listing it = {.boxed = boxed, .item = item, .start = start, .end = end};
    row_buffer_init(&it.rows, 4 * FRAME_BYTES);
    list_archive(&it, file, end, g_array_index(boxed->job->items, JobItem, item).path);
    send(&it);
    if (it.at < end)
        frame_write(&boxed->frames, &(FrameHead){.item = item, .start = end, .end = end}, SPAN_NONE,
                    SPAN_NONE, SPAN_NONE);
    row_buffer_clear(&it.rows);
}

/* --- in the feeder ------------------------------------------------------------------------------------------- */

/* A name that member.h makes. */
static gboolean is_name(Span name)
{
    g_autofree char *text = span_dup(name);
    g_auto(GStrv) steps = g_strsplit(text, "/", -1);
    for (char **step = steps; *step; step++)
        if (!**step || g_str_equal(*step, ".") || g_str_equal(*step, ".."))
            return FALSE;
    return name.n && strlen(text) == name.n;
}

static gboolean check_member(const Row *row, guint64 item)
{
    guint64 named, number;
    if (row->count < 4 || !row_uint(row->field[0], &named) || named != item)
        return FALSE;
    return row->kind == 'G' ||
           (row->kind == 'F' && is_name(row->field[1]) && row_uint(row->field[2], &number) &&
            number <= G_MAXINT64 && row_uint(row->field[3], &number) && number <= G_MAXINT64);
}

static gboolean check_members(Job *job, int file, const FrameHead *head, Span between, Span rows,
                              GError **error)
{
    (void)file;
    g_autofree char *copy = g_strndup(rows.p, rows.n);
    if (between.n)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box's list of an archive is cut");
    for (char *line = copy, *end = copy + rows.n, *stop; line < end; line = stop + 1) {
        Row row;
        stop = memchr(line, '\n', (gsize)(end - line));
        if (!stop)
            return error_set(error, CANDOR_ERROR_FORMAT, "a box's list of an archive is cut");
        if (!row_split(line, (gsize)(stop - line), &row, error))
            return FALSE;
        if (!check_member(&row, head->item))
            return error_set(error, CANDOR_ERROR_FORMAT, "a box listed a member that is none");
        job->totals.messages += row.kind == 'F' ? 1 : 0;
        job->totals.gaps += row.kind == 'G' ? 1 : 0;
    }
    return TRUE;
}

static void members_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    gap_row_write(rows, gap);
    job->totals.gaps++;
}

void members_job(Job *job)
{
    archive_warm_up();
    job->read_item = read_members;
    job->check = check_members;
    job->gap = members_gap;
    job->has_holes = TRUE;
}

void members_done(Job *job, RowBuffer *rows)
{
    const UnitCheck *totals = &job->totals;
    done_row_write(rows, &(DoneRow){.unit = job->unit,
                                    .declared = totals->messages + totals->gaps,
                                    .messages = totals->messages,
                                    .gaps = totals->gaps});
}
