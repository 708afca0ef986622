/* logs.c - the `log` request: records of a range of an audit or sign-in log to rows. */
#include "hostile/logs.h"

#include <unistd.h>
#include "hostile/log/pieces.h"
#include "hostile/log/record.h"
#include "lib/error.h"
#include "nouns/log_check.h"

/* --- in the box -------------------------------------------------------------------------------------------- */

static void send(Boxed *boxed, guint64 item, guint64 from, guint64 to, Span first, Span rest)
{
    FrameHead head = {.rows = (guint32)(first.n + rest.n), .item = item, .start = from, .end = to};
    frame_write(&boxed->frames, &head, SPAN_NONE, first, rest);
}

static Span rows_of(const RowBuffer *rows)
{
    return (Span){rows->bytes, rows->length};
}

/* `from` is where the piece before ended; what lies between is no record. */
static void send_gap(Boxed *boxed, RecordReader *reader, guint64 item, guint64 from, const LogPiece *piece,
                     const char *reason)
{
    row_buffer_reset(&reader->first);
    gap_row_write(&reader->first, &(GapRow){.item = item,
                                            .offset = piece->offset,
                                            .reason = span_of_string(reason),
                                            .bytes = piece->end - piece->offset,
                                            .retryable = g_str_equal(reason, "unreadable")});
    send(boxed, item, from, piece->end, rows_of(&reader->first), SPAN_NONE);
}

static const char *read_piece(RecordReader *reader, const LogPieces *pieces, const LogPiece *piece,
                              guint64 item)
{
    const EventRow place = {.item = item, .offset = piece->offset, .length = piece->end - piece->offset};
    /* What was only cut off says something still. */
    if (piece->wrong && !g_str_equal(piece->wrong, "record-cut"))
        return piece->wrong;
    if (!pieces->is_csv) {
        const char *wrong = record_read_json(reader, piece->text, &place);
        return wrong && piece->wrong ? piece->wrong : wrong;
    }
    g_autoptr(GPtrArray) fields = csv_fields(piece->text);
    return piece->wrong ? piece->wrong : record_read_csv(reader, pieces->header, fields, &place);
}

static void show_progress(Boxed *boxed, guint64 item, guint64 start, guint64 end)
{
    boxed->progress->item = item;
    boxed->progress->start = start;
    boxed->progress->end = end;
}

static void read_log(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    LogPieces pieces;
    RecordReader reader;
    LogPiece piece;
    guint64 from = start;
    log_pieces_init(&pieces);
    record_reader_init(&reader);
    const char *wrong = log_pieces_turn(&pieces, file, start, end);
    if (wrong) {
        piece = (LogPiece){.offset = start, .end = end};
        send_gap(boxed, &reader, item, start, &piece, wrong);
        from = end;
    }
    show_progress(boxed, item, from, 0);
    while (!wrong && log_pieces_next(&pieces, &piece)) {
        show_progress(boxed, item, from, piece.end);
        const char *reason = read_piece(&reader, &pieces, &piece, item);
        if (reason)
            send_gap(boxed, &reader, item, from, &piece, reason);
        else
            send(boxed, item, from, piece.end, rows_of(&reader.first), rows_of(&reader.rows));
        from = piece.end;
        show_progress(boxed, item, from, 0);
    }
    if (from < end)
        send(boxed, item, from, end, SPAN_NONE, SPAN_NONE);
    record_reader_clear(&reader);
    log_pieces_clear(&pieces);
}

/* --- in the feeder ------------------------------------------------------------------------------------------ */

/* The unit's hash is over its bytes as they stand. */
static gboolean hash_range(Job *job, int file, guint64 from, guint64 to)
{
    char bytes[64 << 10];
    while (from < to) {
        gssize got = pread(file, bytes, MIN(sizeof bytes, to - from), (off_t)from);
        if (got <= 0)
            return FALSE;
        EVP_DigestUpdate(job->unit_hash, bytes, (gsize)got);
        from += (guint64)got;
    }
    return TRUE;
}

static gboolean check_log(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    LogCheck *check = job->more;
    if (between.n)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box passed over bytes of a log");
    if (rows.n && !log_check_group(check, rows, head->start, head->end, error))
        return FALSE;
    /* A file that has become shorter is told by its hash. */
    (void)hash_range(job, file, head->start, head->end);
    return TRUE;
}

static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    LogCheck *check = job->more;
    gap_row_write(rows, gap);
    check->gaps++;
    check->position = gap->offset + gap->bytes;
}

void logs_job(Job *job)
{
    const JobItem *item = &g_array_index(job->items, JobItem, 0);
    LogCheck *check = g_new(LogCheck, 1);
    log_check_begin(check, job->unit, item->start, item->end);
    job->more = check;
    job->read_item = read_log;
    job->check = check_log;
    job->gap = count_gap;
    job->unit_hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex2(job->unit_hash, job->tools->hashing.sha256, NULL);
}

void logs_done(Job *job, RowBuffer *rows)
{
    const LogCheck *check = job->more;
    DoneRow done = {.unit = job->unit,
                    .declared = check->records + check->gaps,
                    .messages = check->records,
                    .gaps = check->gaps,
                    .bytes = check->end - check->start};
    EVP_DigestFinal_ex(job->unit_hash, done.sha256, NULL);
    done_row_write(rows, &done);
}

void logs_job_clear(Job *job)
{
    EVP_MD_CTX_free(job->unit_hash);
    job->unit_hash = NULL;
    g_clear_pointer(&job->more, g_free);
}
