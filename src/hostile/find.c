/* find.c - the `find` request: reread messages and say where words stand in their subjects and texts. */
#include "hostile/find.h"

#include "hostile/excerpt.h"
#include "hostile/reread.h"
#include "hostile/words.h"
#include "lib/error.h"

#define FIND_ROWS_BYTES (8UL << 20)

/* The job's own. */
typedef struct {
    Words words;
    const GArray *asked; /* FindAsked */
} Search;

/* --- in the box -------------------------------------------------------------------------------------------- */
typedef struct {
    Boxed *boxed;
    const Words *words;
    guint64 item;
    RowBuffer rows;
} Finding;

static void look_through(Finding *finding, Span path, Span text)
{
    excerpts_write(finding->boxed->job->tools->scanner, finding->words, finding->item, path, text,
                   &finding->rows);
}

static void on_text(void *user, Span path, Span text, gboolean html)
{
    (void)html;
    look_through(user, path, text);
}

static void on_pseudo(void *user, const char *name, Span text)
{
    if (g_str_equal(name, "@subject") || g_str_has_prefix(name, "@subject:"))
        look_through(user, span_of_string(name), text);
}

/* In place of what was found. */
static void put_changed(RowBuffer *rows, guint64 item, guint64 offset, guint64 bytes)
{
    row_buffer_reset(rows);
    gap_row_write(rows, &(GapRow){.item = item,
                                  .offset = offset,
                                  .reason = SPAN_OF("source-changed"),
                                  .bytes = bytes,
                                  .retryable = TRUE});
}

static void read_item(Boxed *boxed, guint64 item, int file, guint64 start, guint64 end)
{
    static const ReaderSink sink = {.text = on_text, .pseudo = on_pseudo};
    const Search *search = boxed->job->more;
    const FindAsked *asked = &g_array_index(search->asked, FindAsked, item);
    Finding finding = {.boxed = boxed, .words = &search->words, .item = item};
    row_buffer_init(&finding.rows, FIND_ROWS_BYTES);
    if (!reread_message(boxed, &(RereadPlace){item, file, start, end}, asked->sha256, &sink, &finding))
        put_changed(&finding.rows, item, start, end - start);
    FrameHead head = {.rows = (guint32)finding.rows.length, .item = item, .start = start, .end = end};
    frame_write(&boxed->frames, &head, SPAN_NONE, (Span){finding.rows.bytes, finding.rows.length}, SPAN_NONE);
    row_buffer_clear(&finding.rows);
}

/* --- in the feeder ----------------------------------------------------------------------------------------- */

/* Whether each of the rows begins so. */
static gboolean all_begin(Span rows, const char *front)
{
    gsize n = strlen(front);
    for (gsize at = 0; at < rows.n;) {
        const char *stop = memchr(rows.p + at, '\n', rows.n - at);
        if (!stop || (gsize)(stop - rows.p) - at < n || memcmp(rows.p + at, front, n) != 0)
            return FALSE;
        at = (gsize)(stop - rows.p) + 1;
    }
    return TRUE;
}

/* Places of words, or one gap. */
static gboolean check_find(Job *job, int file, const FrameHead *head, Span between, Span rows, GError **error)
{
    (void)file;
    g_autofree char *word = g_strdup_printf("W\t%" G_GUINT64_FORMAT "\t", head->item);
    g_autofree char *gap = g_strdup_printf("G\t%" G_GUINT64_FORMAT "\t", head->item);
    const char *first_end = rows.n ? memchr(rows.p, '\n', rows.n) : NULL;
    gboolean lone = first_end && first_end == rows.p + rows.n - 1 && all_begin(rows, gap);
    if (!lone && !all_begin(rows, word))
        return error_set(error, CANDOR_ERROR_FORMAT, "a box answered a search with other rows");
    job->totals.messages += lone ? 0 : 1;
    job->totals.gaps += lone ? 1 : 0;
    job->totals.bytes += lone ? 0 : head->end - head->start;
    return between.n ? error_set(error, CANDOR_ERROR_FORMAT, "a box passed over bytes of a message") : TRUE;
}

static void count_gap(Job *job, const GapRow *gap, RowBuffer *rows)
{
    gap_row_write(rows, gap);
    job->totals.gaps++;
}

gboolean find_job(Job *job, const char *words, const GArray *asked, GError **error)
{
    Search *search = g_new0(Search, 1);
    search->asked = asked;
    job->more = search;
    job->read_item = read_item;
    job->check = check_find;
    job->gap = count_gap;
    return words_fold(&search->words, span_of_string(words))
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
