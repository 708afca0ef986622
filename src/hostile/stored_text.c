/* stored_text.c - the `rescan` and `words` requests: texts that were made before. */
#include "hostile/stored_text.h"

#include <unistd.h>
#include "hostile/feeder.h"
#include "hostile/limits.h"
#include "hostile/partgroup.h"
#include "hostile/sealed.h"
#include "lib/error.h"

#define TEXTS_DESCRIPTOR 4
#define DONE_BYTES 4096

typedef struct {
    const GArray *texts;
    PartWork work;
    PartAnswer answer;
    Unshared text;
    guint64 answered, gaps;
    int output;
} Texts;

/* One text into memory. FALSE when it is not there. */
static gboolean read_text(Texts *it, const StoredText *text)
{
    it->text.n = 0;
    if (text->length > LIMIT_CONVERTED_TEXT_BYTES || !unshared_reserve(&it->text, text->length + 1))
        return FALSE;
    while (it->text.n < text->length) {
        gssize got = pread(TEXTS_DESCRIPTOR, it->text.p + it->text.n, text->length - it->text.n,
                           (off_t)(text->start + it->text.n));
        if (got <= 0)
            return FALSE;
        it->text.n += (gsize)got;
    }
    return TRUE;
}

static gboolean run_box(Texts *it, GError **error)
{
    it->work.input = sealed_file((Span){it->text.p, it->text.n}, error);
    if (it->work.input < 0)
        return FALSE;
    it->work.size = it->text.n;
    gboolean ran = partbox_run(&it->work, &it->answer, error);
    close(it->work.input);
    return ran;
}

static void write_gap(Texts *it, const CellEnd *end, RowBuffer *rows)
{
    gap_row_write(rows, &(GapRow){.item = it->work.item,
                                  .reason = span_of_string(end->reason),
                                  .detail = end->detail[0] ? span_of_string(end->detail) : SPAN_NONE,
                                  .bytes = it->text.n,
                                  .retryable = TRUE});
    it->gaps++;
}

/* The rows of the text at hand, in memory that no box inherits. */
static Span answer_rows(Texts *it, const StoredText *text)
{
    it->answered++;
    if (it->work.task == PARTBOX_SEEK)
        return it->answer.rows;
    it->answer.row.converter = SPAN_OF("text");
    it->answer.row.version = SPAN_OF("1");
    it->answer.row.text = 0;
    return partgroup_write(&it->work, &it->answer, text->sha256);
}

static gboolean take_text(Texts *it, guint i, GError **error)
{
    static const CellEnd missing = {.reason = "missing", .retryable = TRUE};
    const StoredText *text = &g_array_index(it->texts, StoredText, i);
    it->work.item = i;
    gboolean there = read_text(it, text);
    if (there && !run_box(it, error))
        return FALSE;
    if (there && !it->answer.end.reason)
        return feeder_write(it->output, answer_rows(it, text), error);
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, LIMIT_CONVERSION_ROWS_BYTES);
    write_gap(it, there ? &it->answer.end : &missing, &rows);
    return feeder_write(it->output, (Span){rows.bytes, rows.length}, error);
}

static gboolean take_all(Texts *it, guint64 unit, GError **error)
{
    gboolean fine = TRUE;
    for (guint i = 0; fine && i < it->texts->len; i++)
        fine = take_text(it, i, error);
    part_answer_clear(&it->answer);
    unshared_clear(&it->text);
    if (!fine)
        return FALSE;
    g_auto(RowBuffer) rows = {0};
    row_buffer_init(&rows, DONE_BYTES);
    done_row_write(
        &rows,
        &(DoneRow){.unit = unit, .declared = it->texts->len, .messages = it->answered, .gaps = it->gaps});
    return feeder_write(it->output, (Span){rows.bytes, rows.length}, error);
}

gboolean stored_text_rescan(Tools *tools, guint64 unit, const GArray *texts, int output, GError **error)
{
    Texts it = {.texts = texts, .output = output, .work = {.task = PARTBOX_RESCAN, .tools = tools}};
    return take_all(&it, unit, error);
}

gboolean stored_text_words(Tools *tools, guint64 unit, const char *words, const GArray *texts, int output,
                           GError **error)
{
    Words folded;
    if (!words_fold(&folded, span_of_string(words)))
        return error_set(error, CANDOR_ERROR_FORMAT, "a search needs words that are not all blanks");
    Texts it = {
        .texts = texts, .output = output, .work = {.task = PARTBOX_SEEK, .tools = tools, .words = &folded}};
    return take_all(&it, unit, error);
}
