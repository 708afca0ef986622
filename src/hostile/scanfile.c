/* scanfile.c - the `scan` request: the file on descriptor 4, whatever it is, to matches. */
#include "hostile/scanfile.h"

#include <unistd.h>
#include "hostile/feeder.h"
#include "hostile/archive/formats.h"
#include "hostile/limits.h"
#include "hostile/partbox.h"
#include "hostile/plan/look.h"
#include "lib/error.h"

#define SCAN_ROWS_BYTES (16UL << 20)
#define SCANNED_DESCRIPTOR 4

/* --- in the box ---------------------------------------------------------------------------------------------- */

static void look(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    static const char letters[] = {[LOOK_MBOX] = 'B',
                                   [LOOK_EML] = 'E',
                                   [LOOK_EMLX] = 'E',
                                   [LOOK_TNEF] = 'E',
                                   [LOOK_MSG] = 'E',
                                   [LOOK_PST] = 'P',
                                   [LOOK_AUDIT_LOG] = 'T',
                                   [LOOK_SIGNIN_LOG] = 'T',
                                   [LOOK_ARCHIVE] = 'T',
                                   [LOOK_OTHER] = 'T',
                                   'C'};
    const ScanLook *asked = boxed->job->more;
    g_autofree char *bytes = g_malloc(LOOK_BYTES);
    const char *what;
    gssize got = pread(file, bytes, LOOK_BYTES, 0);
    Span front = {bytes, got > 0 ? (gsize)got : 0};
    LookKind kind = look_at_open(file, end, span_of_string(asked->name), boxed->job->tools->charsets, &what);
    gboolean other = kind == LOOK_OTHER || kind == LOOK_ARCHIVE;
    guint letter = other && convert_may_take(front) ? LOOK_OTHER + 1 : kind;
    FrameHead head = {.rows = 1, .item = item, .start = start, .end = end};
    frame_write(&boxed->frames, &head, SPAN_NONE, (Span){&letters[letter], 1}, SPAN_NONE);
}

typedef struct {
    Tools *tools;
    RowBuffer rows;
} TextScan;

static void on_match(void *user, const Match *match)
{
    TextScan *scan = user;
    MatchRow row = {.path = SPAN_OF(""),
                    .type = span_of_string(match->rule->type->id),
                    .rule = span_of_string(match->rule->id),
                    .start = match->start,
                    .end = match->end,
                    .masked = match->masked,
                    .confidence = match->confidence};
    memcpy(row.fingerprint, match->fingerprint, FINGERPRINT_BYTES);
    match_row_write(&scan->rows, &row);
}

static void add_gap(TextScan *scan, const char *reason, guint64 bytes)
{
    gap_row_write(&scan->rows,
                  &(GapRow){.path = SPAN_OF(""), .reason = span_of_string(reason), .bytes = bytes});
}

static void scan_bytes(TextScan *scan, Span bytes, guint64 size)
{
    PartRow part = {.path = SPAN_OF(""), .media_type = SPAN_OF("text/plain"), .end = size, .read = size};
    Span text;
    gboolean html = FALSE;
    hash_bytes(&scan->tools->hashing, bytes, part.sha256);
    if (!reader_plain_text(scan->tools->reader, bytes, &text, &html)) {
        add_gap(scan, "binary", size);
        part.media_type = SPAN_OF("application/octet-stream");
        part.state = PART_UNREAD;
    } else {
        if (scanner_scan(scan->tools->scanner, text, on_match, scan))
            add_gap(scan, "too-many-matches", 0);
        part.scanned = bytes.n;
        part.media_type = html ? SPAN_OF("text/html") : part.media_type;
    }
    if (bytes.n < size) {
        add_gap(scan, "text-too-large", size - bytes.n);
        part.state = PART_CUT;
    }
    part.unscanned = part.read - part.scanned;
    part_row_write(&scan->rows, &part);
}

static void scan_text(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    TextScan scan = {.tools = boxed->job->tools};
    row_buffer_init(&scan.rows, SCAN_ROWS_BYTES);
    gsize have = 0, n = (gsize)MIN(end, LIMIT_TEXT_BYTES);
    g_autofree char *bytes = g_malloc(n + 1);
    gssize got;
    while (have < n && (got = pread(file, bytes + have, n - have, (off_t)have)) > 0)
        have += (gsize)got;
    scan_bytes(&scan, (Span){bytes, have}, end);
    FrameHead head = {.rows = (guint32)scan.rows.length, .item = item, .start = start, .end = end};
    frame_write(&boxed->frames, &head, SPAN_NONE, (Span){scan.rows.bytes, scan.rows.length}, SPAN_NONE);
    row_buffer_clear(&scan.rows);
}

/* --- in the feeder ------------------------------------------------------------------------------------------- */

static gboolean take_look(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    (void)file;
    ScanLook *answer = job->more;
    if (between.n || rows.n != 1 || head->start != 0)
        return error_set(error, CANDOR_ERROR_FORMAT, "a box did not say what a file is");
    static const struct {
        char letter;
        ScanKind kind;
    } kinds[] = {{'B', SCAN_MBOX}, {'E', SCAN_EML}, {'P', SCAN_PST}, {'C', SCAN_CONVERT}};
    answer->kind = SCAN_TEXT;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        answer->kind = *rows.p == kinds[i].letter ? kinds[i].kind : answer->kind;
    answer->size = head->end;
    return TRUE;
}

/* Rows of matches and gaps, the part last. */
static gboolean check_text(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    (void)job;
    (void)file;
    char last = 0;
    gboolean fine = !between.n && head->start == 0 && rows.n && rows.p[rows.n - 1] == '\n';
    for (gsize at = 0; fine && at < rows.n;) {
        const char *stop = memchr(rows.p + at, '\n', rows.n - at);
        fine = last != 'P' && strchr("XGP", rows.p[at]) && rows.p[at + 1] == '\t';
        last = rows.p[at];
        at = (gsize)(stop - rows.p) + 1;
    }
    return fine && last == 'P'
               ? TRUE
               : error_set(error, CANDOR_ERROR_FORMAT, "a box answered a scan with other rows");
}

static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    gap_row_write(rows, gap);
    job->totals.gaps++;
}

void scan_look_job(Job *job, ScanLook *look_asked)
{
    archive_warm_up();
    job->more = look_asked;
    job->is_silent = TRUE;
    job->read_item = look;
    job->check = take_look;
    job->gap = count_gap;
}

void scan_text_job(Job *job)
{
    job->read_item = scan_text;
    job->check = check_text;
    job->gap = count_gap;
}

void scan_done(Job *job, RowBuffer *rows)
{
    done_row_write(rows, &(DoneRow){.unit = job->unit, .declared = 1, .gaps = job->totals.gaps});
}

/* The rows of a converted file: matches, gaps, and the part. */
static void write_converted(const PartWork *work, const PartAnswer *answer, RowBuffer *rows)
{
    PartRow part = {.path = SPAN_OF(""),
                    .media_type = answer->row.converter,
                    .end = work->size,
                    .read = work->size,
                    .unscanned = work->size,
                    .state = PART_UNREAD};
    row_buffer_init(rows, 2 * LIMIT_CONVERSION_ROWS_BYTES);
    if (answer->end.reason) {
        part.media_type = SPAN_OF("application/octet-stream");
        gap_row_write(rows, &(GapRow){.path = SPAN_OF(""),
                                      .reason = span_of_string(answer->end.reason),
                                      .bytes = work->size,
                                      .retryable = answer->end.retryable});
    } else {
        row_buffer_append(rows, answer->rows);
        part.scanned = answer->row.scanned;
        part.unscanned = answer->row.unscanned;
        part.state = answer->row.state;
    }
    part_row_write(rows, &part);
}

gboolean scan_convert(const Job *job, const ScanLook *look, int output, gboolean *taken, GError **error)
{
    g_auto(PartAnswer) answer = {0};
    PartWork work = {.tools = job->tools, .input = SCANNED_DESCRIPTOR, .size = look->size};
    *taken = FALSE;
    if (look->size > LIMIT_PART_BYTES)
        return TRUE;
    if (!partbox_run(&work, &answer, error))
        return FALSE;
    if (!answer.end.reason && g_str_equal(answer.converter, CONVERTER_NONE))
        return TRUE;
    g_auto(RowBuffer) rows = {0};
    write_converted(&work, &answer, &rows);
    *taken = TRUE;
    return feeder_write(output, (Span){rows.bytes, rows.length}, error);
}
