/* find.c - the `find` request: reread messages and say where words stand in their subjects and texts. */
#include "hostile/find.h"

#include <unistd.h>
#include "hostile/limits.h"
#include "hostile/words.h"
#include "lib/error.h"

#define EXCERPT_BYTES 160
#define EXCERPT_BEFORE 50
#define HITS_PER_TEXT 100
#define FIND_ROWS_BYTES (8UL << 20)

/* --- in the box -------------------------------------------------------------------------------------------- */
typedef struct {
    gsize start, end;
    char mask[32];
} Masked;

typedef struct {
    Boxed *boxed;
    const Words *words;
    guint64 item;
    RowBuffer rows;
    GArray *masked;  /* Masked, of the text at hand, by start */
    gsize known_end; /* masks are known up to here            */
} Finding;

static void note_match(void *user, const Match *match)
{
    Finding *finding = user;
    Masked masked = {.start = match->start, .end = match->end};
    gsize n = MIN(match->masked.n, sizeof masked.mask - 1);
    if (n)
        memcpy(masked.mask, match->masked.p, n);
    g_array_append_val(finding->masked, masked);
}

static gboolean begins_character(Span text, gsize at)
{
    return at >= text.n || ((guint8)text.p[at] & 0xc0) != 0x80;
}

/* The surroundings of a hit, cut between characters. */
static void choose_excerpt(Span text, gsize hit, gsize *from, gsize *to)
{
    *from = hit > EXCERPT_BEFORE ? hit - EXCERPT_BEFORE : 0;
    while (!begins_character(text, *from))
        ++*from;
    *to = MIN(text.n, *from + EXCERPT_BYTES - 32);
    while (!begins_character(text, *to))
        --*to;
}

static char *masked_excerpt(const Finding *finding, Span text, gsize hit)
{
    gsize from, to;
    choose_excerpt(text, hit, &from, &to);
    if (to > finding->known_end)
        return NULL;
    g_autoptr(GString) excerpt = g_string_new(NULL);
    gsize shown = from;
    for (guint i = 0; i < finding->masked->len; i++) {
        const Masked *masked = &g_array_index(finding->masked, Masked, i);
        if (masked->end <= shown || masked->start >= to)
            continue;
        if (masked->start > shown)
            g_string_append_len(excerpt, text.p + shown, (gssize)(masked->start - shown));
        g_string_append_printf(excerpt, "[%s]", masked->mask[0] ? masked->mask : "…");
        shown = masked->end;
    }
    if (shown < to)
        g_string_append_len(excerpt, text.p + shown, (gssize)(to - shown));
    gsize n = MIN(excerpt->len, EXCERPT_BYTES);
    while (n < excerpt->len && ((guint8)excerpt->str[n] & 0xc0) == 0x80)
        n--;
    return g_utf8_make_valid(excerpt->str, (gssize)n);
}

static void write_hit(Finding *finding, Span path, Span text, gsize start, gsize end)
{
    g_autofree char *excerpt = masked_excerpt(finding, text, start);
    row_begin(&finding->rows, 'W');
    row_put_uint(&finding->rows, finding->item);
    row_put(&finding->rows, path);
    row_put_uint(&finding->rows, start);
    row_put_uint(&finding->rows, end);
    row_put_string(&finding->rows, excerpt);
    row_end(&finding->rows);
}

static void look_through(Finding *finding, Span path, Span text)
{
    gsize start, end;
    if (!words_find(finding->words, text, 0, &start, &end))
        return;
    g_array_set_size(finding->masked, 0);
    gboolean more = scanner_scan(finding->boxed->job->tools->scanner, text, note_match, finding);
    guint known = finding->masked->len;
    finding->known_end = more && known ? g_array_index(finding->masked, Masked, known - 1).start : text.n;
    for (guint hits = 0; hits < HITS_PER_TEXT; hits++) {
        write_hit(finding, path, text, start, end);
        if (!words_find(finding->words, text, end, &start, &end))
            return;
    }
}

static void on_text(void *user, Span path, Span text, gboolean html)
{
    (void)html;
    look_through(user, path, text);
}

static void on_pseudo(void *user, const char *name, Span text)
{
    if (g_str_equal(name, "@subject"))
        look_through(user, span_of_string(name), text);
}

static void ignore_address(void *user, const AddressRow *address)
{
    (void)user;
    (void)address;
}

static void ignore_mention(void *user, const MentionRow *mention)
{
    (void)user;
    (void)mention;
}

static void ignore_part(void *user, const PartRow *part)
{
    (void)user;
    (void)part;
}

static void ignore_gap(void *user, const GapRow *gap)
{
    (void)user;
    (void)gap;
}

static gsize read_bytes(int file, guint64 start, char *bytes, gsize n)
{
    gsize have = 0;
    gssize got;
    while (have < n && (got = pread(file, bytes + have, n - have, (off_t)(start + have))) > 0)
        have += (gsize)got;
    return have;
}

static void read_message(Finding *finding, int file, guint64 start, gsize n)
{
    static const ReaderSink sink = {ignore_address, on_text,     on_pseudo,
                                    ignore_mention, ignore_part, ignore_gap};
    Tools *tools = finding->boxed->job->tools;
    g_autofree char *bytes = g_malloc(n + 1);
    gsize have = read_bytes(file, start, bytes, n);
    Canon canon;
    MessageRow head = {0};
    canon_rewrite(bytes, have, &canon);
    tools->read(tools->reader, canon.canonical, &sink, finding, &head);
}

static void read_item(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    Finding finding = {.boxed = boxed, .words = boxed->job->more, .item = item};
    finding.masked = g_array_new(FALSE, FALSE, sizeof(Masked));
    row_buffer_init(&finding.rows, FIND_ROWS_BYTES);
    read_message(&finding, file, start, (gsize)MIN(end - start, LIMIT_MESSAGE_BYTES));
    FrameHead head = {.rows = (guint32)finding.rows.length, .item = item, .start = start, .end = end};
    frame_write(&boxed->frames, &head, SPAN_NONE, (Span){finding.rows.bytes, finding.rows.length}, SPAN_NONE);
    row_buffer_clear(&finding.rows);
    g_array_free(finding.masked, TRUE);
}

/* --- in the feeder ----------------------------------------------------------------------------------------- */

static gboolean check_find(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    (void)file;
    g_autofree char *start_of_row = g_strdup_printf("W\t%" G_GUINT64_FORMAT "\t", head->item);
    gsize n = strlen(start_of_row);
    for (gsize at = 0; at < rows.n;) {
        const char *stop = memchr(rows.p + at, '\n', rows.n - at);
        if (!stop || (gsize)(stop - rows.p) - at < n || memcmp(rows.p + at, start_of_row, n) != 0)
            return error_set(error, CANDOR_ERROR_FORMAT, "a box answered a search with other rows");
        at = (gsize)(stop - rows.p) + 1;
    }
    job->totals.messages++;
    job->totals.bytes += head->end - head->start;
    return between.n ? error_set(error, CANDOR_ERROR_FORMAT, "a box passed over bytes of a message") : TRUE;
}

static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    gap_row_write(rows, gap);
    job->totals.gaps++;
}

gboolean find_job(Job *job, const char *words, GError **error)
{
    Words *folded = g_new0(Words, 1);
    job->more = folded;
    job->read_item = read_item;
    job->check = check_find;
    job->gap = count_gap;
    return words_fold(folded, span_of_string(words))
               ? TRUE
               : error_set(error, CANDOR_ERROR_FORMAT, "a search needs words that are not all blanks");
}

void find_done(Job *job, RowBuffer *rows)
{
    done_row_write(rows, &(DoneRow){.unit = job->unit,
                                    .declared = job->items->len,
                                    .messages = job->totals.messages,
                                    .gaps = job->totals.gaps,
                                    .bytes = job->totals.bytes});
}

void find_job_clear(Job *job)
{
    g_clear_pointer(&job->more, g_free);
}
