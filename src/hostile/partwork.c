/* partwork.c - what is done with a part inside its box. */
#include "hostile/partwork.h"

#include <unistd.h>
#include "hostile/excerpt.h"
#include "hostile/limits.h"
#include "lib/box.h"

typedef struct {
    const PartWork *work;
    RowBuffer rows;
    PartHead head;
} Working;

static void on_match(void *user, const Match *match)
{
    Working *working = user;
    MatchRow row = {.path = SPAN_OF(""),
                    .type = span_of_string(match->rule->type->id),
                    .rule = span_of_string(match->rule->id),
                    .start = match->start,
                    .end = match->end,
                    .masked = match->masked,
                    .confidence = match->confidence};
    memcpy(row.fingerprint, match->fingerprint, FINGERPRINT_BYTES);
    match_row_write(&working->rows, &row);
    working->head.matches++;
}

static void on_gap(void *user, const GapRow *gap)
{
    Working *working = user;
    GapRow row = *gap;
    row.item = working->work->item;
    gap_row_write(&working->rows, &row);
    working->head.gaps++;
}

/* Gaps come while the part is converted, matches after it; in the answer matches stand first. */
static void scan(Working *working, Span text)
{
    RowBuffer gaps = working->rows;
    row_buffer_init(&working->rows, LIMIT_CONVERSION_ROWS_BYTES - gaps.length);
    gboolean more = scanner_scan(working->work->tools->scanner, text, on_match, working);
    row_buffer_append(&working->rows, (Span){gaps.bytes, gaps.length});
    working->rows.failed |= gaps.failed;
    if (more)
        on_gap(working, &(GapRow){.reason = SPAN_OF("too-many-matches")});
    row_buffer_clear(&gaps);
    if (!working->rows.failed)
        return;
    row_buffer_reset(&working->rows);
    working->head.matches = working->head.gaps = 0;
    on_gap(working, &(GapRow){.reason = SPAN_OF("rows-too-large")});
}

/* The input, whole; a read that fails ends the box. */
static Span read_input(const PartWork *work)
{
    char *bytes = g_malloc(work->size + 1);
    gsize have = 0;
    while (have < work->size) {
        gssize got = pread(BOX_IN, bytes + have, work->size - have, (off_t)(work->start + have));
        if (got <= 0)
            _exit(1);
        have += (gsize)got;
    }
    return (Span){bytes, have};
}

static Span convert_part(Working *working, Span bytes)
{
    const Tools *tools = working->work->tools;
    Converted converted;
    converters_set_clock(tools->converters, working->work->ocr_nanos);
    tools->convert(tools->converters, bytes, working->work->media_type, on_gap, working, &converted);
    PartHead *head = &working->head;
    head->state = converted.state;
    head->unscanned = converted.unscanned;
    g_strlcpy(head->converter, converted.converter, sizeof head->converter);
    g_strlcpy(head->version, converted.version, sizeof head->version);
    return converted.text;
}

void partwork_run(gconstpointer data)
{
    const PartWork *work = data;
    Working working = {.work = work};
    row_buffer_init(&working.rows, LIMIT_CONVERSION_ROWS_BYTES);
    Span bytes = read_input(work), text = SPAN_OF("");
    if (work->task == PARTBOX_SEEK)
        excerpts_write(work->tools->scanner, work->words, work->item, SPAN_OF(""), bytes, &working.rows);
    else if (work->task == PARTBOX_RESCAN)
        scan(&working, bytes);
    else if ((text = convert_part(&working, bytes)).n)
        scan(&working, text);
    working.head.text = text.n;
    working.head.rows = working.rows.length;
    frame_write_out(BOX_OUT, (const char *)&working.head, sizeof working.head);
    frame_write_out(BOX_OUT, text.p, text.n);
    frame_write_out(BOX_OUT, working.rows.bytes, working.rows.length);
}
