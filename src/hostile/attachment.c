/* attachment.c - the `convert` request: parts of messages, each to text and matches. */
#include "hostile/attachment.h"

#include "hostile/feeder.h"
#include "hostile/limits.h"
#include "hostile/partgroup.h"
#include "hostile/reread.h"
#include "hostile/sealed.h"
#include "lib/error.h"

/* The job's own. */
typedef struct {
    GArray *attachments;
    int output;
    PartAnswer answer;
    guint64 groups, gaps; /* written so far */
    guint64 text;         /* made so far    */
} Attaching;

/* --- in the reader's box ----------------------------------------------------------------------------------- */

/* The first byte of a frame. */
#define TAKEN "T"
#define LEFT "L"

typedef struct {
    Boxed *boxed;
    const Attachment *asked;
    FrameHead head;
    gboolean given;
} Taking;

static void on_bytes(void *user, Span path, Span bytes)
{
    Taking *taking = user;
    Span asked = taking->asked->path;
    if (taking->given || path.n != asked.n || memcmp(path.p, asked.p, path.n) != 0)
        return;
    taking->given = TRUE;
    taking->head.rows = (guint32)bytes.n + 1;
    gboolean takes = converters_take(taking->boxed->job->tools->converters, bytes, taking->asked->media_type);
    frame_write(&taking->boxed->frames, &taking->head, SPAN_NONE, takes ? SPAN_OF(TAKEN) : SPAN_OF(LEFT),
                bytes);
}

/* A letter that says whether a converter takes the part, and its bytes; a frame without rows: there is no such part. */
static void take_part(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    static const ReaderSink sink = {.bytes = on_bytes};
    const Attaching *attaching = boxed->job->more;
    Taking taking = {.boxed = boxed,
                     .asked = &g_array_index(attaching->attachments, Attachment, item),
                     .head = {.item = item, .start = start, .end = end}};
    reread_message(boxed, &(RereadPlace){item, file, start, end}, NULL, &sink, &taking);
    if (!taking.given)
        frame_write(&boxed->frames, &taking.head, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

/* --- in the feeder ----------------------------------------------------------------------------------------- */

static void lone_gap(RowBuffer *rows, guint64 item, guint64 offset, const CellEnd *end, guint64 bytes)
{
    gap_row_write(rows, &(GapRow){.item = item,
                                  .offset = offset,
                                  .reason = span_of_string(end->reason),
                                  .detail = end->detail[0] ? span_of_string(end->detail) : SPAN_NONE,
                                  .bytes = bytes,
                                  .retryable = end->retryable});
}

static gboolean write_out(Attaching *attaching, Span rows, GError **error)
{
    if (!rows.p)
        return error_set(error, CANDOR_ERROR_MEMORY, "no memory for the rows of a conversion");
    return feeder_write(attaching->output, rows, error);
}

static gboolean answer_gap(Attaching *attaching, const FrameHead *head, const CellEnd *end, guint64 bytes,
                           GError **error)
{
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, LIMIT_CONVERSION_ROWS_BYTES);
    lone_gap(&rows, head->item, head->start, end, bytes);
    attaching->gaps++;
    return write_out(attaching, (Span){rows.bytes, rows.length}, error);
}

static gboolean run_box(PartWork *work, Span bytes, PartAnswer *answer, GError **error)
{
    work->input = sealed_file(bytes, error);
    if (work->input < 0)
        return FALSE;
    gboolean ran = partbox_run(work, answer, error);
    close(work->input);
    return ran;
}

/* Convert bytes that are the part that was asked for. */
static gboolean convert_bytes(Job *job, const FrameHead *head, gboolean taken, Span bytes, GError **error)
{
    Attaching *attaching = job->more;
    const Attachment *asked = &g_array_index(attaching->attachments, Attachment, head->item);
    PartAnswer *answer = &attaching->answer;
    PartWork work = {.task = PARTBOX_CONVERT,
                     .tools = job->tools,
                     .size = bytes.n,
                     .item = head->item,
                     .media_type = asked->media_type};
    if (!taken)
        partbox_leave(&work, answer);
    else if (!run_box(&work, bytes, answer, error))
        return FALSE;
    if (answer->end.retryable)
        return answer_gap(attaching, head, &answer->end, bytes.n, error);
    Span group = partgroup_write(&work, answer, asked->sha256);
    attaching->groups++;
    attaching->text += answer->text.n;
    return write_out(attaching, group, error);
}

static gboolean check_part(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    static const CellEnd changed = {.reason = "source-changed", .retryable = TRUE};
    (void)file;
    Attaching *attaching = job->more;
    const Attachment *asked = &g_array_index(attaching->attachments, Attachment, head->item);
    guint8 sha256[DIGEST_BYTES];
    if (between.n)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box passed over bytes of a message");
    if (attaching->text >= LIMIT_ANSWER_TEXT_BYTES)
        return TRUE;
    if (!rows.n)
        return answer_gap(attaching, head, &changed, 0, error);
    gboolean taken = *rows.p == *TAKEN;
    Span bytes = {rows.p + 1, rows.n - 1};
    hash_bytes(&job->tools->hashing, bytes, sha256);
    if (memcmp(sha256, asked->sha256, DIGEST_BYTES) != 0)
        return answer_gap(attaching, head, &changed, 0, error);
    return convert_bytes(job, head, taken, bytes, error);
}

/* A message that cannot be opened, or that kills a reader: its source may come back. */
static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    Attaching *attaching = job->more;
    GapRow row = *gap;
    row.retryable = TRUE;
    gap_row_write(rows, &row);
    attaching->gaps++;
}

void attachment_job(Job *job, GArray *attachments, int output)
{
    Attaching *attaching = g_new0(Attaching, 1);
    attaching->attachments = attachments;
    attaching->output = output;
    job->more = attaching;
    job->read_item = take_part;
    job->check = check_part;
    job->gap = count_gap;
    job->is_silent = TRUE;
    job->most_rows = LIMIT_PART_BYTES + 1;
}

void attachment_done(Job *job, RowBuffer *rows)
{
    const Attaching *attaching = job->more;
    done_row_write(rows, &(DoneRow){.unit = job->unit,
                                    .declared = attaching->attachments->len,
                                    .messages = attaching->groups,
                                    .gaps = attaching->gaps});
}

void attachment_job_clear(Job *job)
{
    Attaching *attaching = job->more;
    part_answer_clear(&attaching->answer);
    g_clear_pointer(&job->more, g_free);
}
