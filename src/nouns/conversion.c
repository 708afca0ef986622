/* conversion.c - the rows of what a converter made of one part, written and strictly read. */
#include "nouns/conversion.h"

#include "nouns/take.h"

/* Text in one T row. */
#define PIECE_BYTES (256UL << 10)

void conversion_row_write(RowBuffer *rows, const ConversionRow *conversion)
{
    row_begin(rows, 'V');
    row_put_uint(rows, conversion->item);
    row_put_hex(rows, conversion->sha256, DIGEST_BYTES);
    row_put(rows, conversion->converter);
    row_put(rows, conversion->version);
    row_put_string(rows, part_state_name(conversion->state));
    row_put_uint(rows, conversion->read);
    row_put_uint(rows, conversion->scanned);
    row_put_uint(rows, conversion->unscanned);
    row_put_uint(rows, conversion->text);
    row_put_uint(rows, conversion->matches);
    row_put_uint(rows, conversion->gaps);
    row_end(rows);
}

gboolean conversion_row_read(const Row *row, ConversionRow *conversion, GError **error)
{
    Fields fields = {.row = row};
    conversion->item = take_uint(&fields, "bad item");
    take_hex(&fields, "bad sha256", conversion->sha256, DIGEST_BYTES);
    conversion->converter = take_text(&fields, "bad converter");
    conversion->version = take_text(&fields, "bad version");
    Span state = take(&fields);
    conversion->state = PART_STATE_COUNT;
    for (guint i = 0; i < PART_STATE_COUNT; i++)
        if (span_equals(state, part_state_name((PartState)i)))
            conversion->state = (PartState)i;
    conversion->read = take_uint(&fields, "bad count of read bytes");
    conversion->scanned = take_uint(&fields, "bad count of scanned bytes");
    conversion->unscanned = take_uint(&fields, "bad count of unscanned bytes");
    conversion->text = take_uint(&fields, "bad count of text");
    conversion->matches = take_uint(&fields, "bad count of matches");
    conversion->gaps = take_uint(&fields, "bad count of gaps");
    if (!fields.wrong && (!conversion->converter.n || !conversion->version.p))
        fields.wrong = "no converter";
    if (!fields.wrong && conversion->state == PART_STATE_COUNT)
        fields.wrong = "unknown part state";
    if (!fields.wrong && (conversion->scanned > conversion->read ||
                          conversion->read - conversion->scanned != conversion->unscanned))
        fields.wrong = "its counts do not add up";
    return taken(&fields, error);
}

void text_rows_write(RowBuffer *rows, Span text)
{
    for (gsize at = 0; at < text.n; at += PIECE_BYTES) {
        row_begin(rows, 'T');
        row_put(rows, (Span){text.p + at, MIN(PIECE_BYTES, text.n - at)});
        row_end(rows);
    }
}

/* --- the check --------------------------------------------------------------------------------------------- */

/* A walk over an answer. */
typedef struct {
    const ConversionCheck *check;
    ConversionRow at; /* the group that is open                     */
    gboolean open;
    guint64 text, matches, gaps; /* of it, so far                   */
    GHashTable *places;          /* of its matches                  */
    guint64 next;                /* item that may come              */
    guint64 groups, lone;
} Walk;

static gboolean wrong(GError **error, const char *what)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "the answer to a conversion %s", what);
}

/* The length of what a T row holds: its field, each escape of three being one. */
static guint64 text_length(Span line)
{
    guint64 escapes = 0;
    for (gsize i = 2; i < line.n; i++)
        escapes += line.p[i] == '%' ? 1 : 0;
    return line.n - 2 - 2 * escapes;
}

static gboolean close_group(Walk *walk, GError **error)
{
    if (walk->open &&
        (walk->text != walk->at.text || walk->matches != walk->at.matches || walk->gaps != walk->at.gaps))
        return wrong(error, "has a part whose rows do not add up");
    walk->open = FALSE;
    return TRUE;
}

static gboolean split_copy(Span line, char **copy, Row *row, GError **error)
{
    *copy = g_strndup(line.p, line.n);
    return row_split(*copy, line.n, row, error);
}

static gboolean take_item(Walk *walk, guint64 item, GError **error)
{
    if (item < walk->next || item >= walk->check->count)
        return wrong(error, "names a part that was not asked for, twice, or out of order");
    walk->next = item + 1;
    return TRUE;
}

static gboolean open_group(Walk *walk, Span line, GError **error)
{
    g_autofree char *copy = NULL;
    Row row;
    if (!close_group(walk, error) || !split_copy(line, &copy, &row, error) ||
        !conversion_row_read(&row, &walk->at, error) || !take_item(walk, walk->at.item, error))
        return FALSE;
    if (memcmp(walk->at.sha256, walk->check->asked[walk->at.item], DIGEST_BYTES) != 0)
        return wrong(error, "has another part than was asked for");
    walk->open = TRUE;
    walk->text = walk->matches = walk->gaps = 0;
    g_hash_table_remove_all(walk->places);
    walk->groups++;
    return TRUE;
}

/* A gap belongs to the open group, or stands for a part that has none. */
static gboolean take_gap(Walk *walk, Span line, GError **error)
{
    g_autofree char *copy = NULL;
    Row row;
    GapRow gap;
    if (!split_copy(line, &copy, &row, error) || !gap_row_read(&row, &gap, error))
        return FALSE;
    if (walk->open && gap.item == walk->at.item) {
        walk->gaps++;
        return TRUE;
    }
    walk->lone++;
    return close_group(walk, error) && take_item(walk, gap.item, error);
}

/* Whether no match of that rule stood there before: the store has room for one. */
static gboolean is_first_there(Walk *walk, const MatchRow *match)
{
    g_autofree char *rule = span_dup(match->rule);
    return g_hash_table_add(walk->places, g_strdup_printf("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s",
                                                          match->start, match->end, rule));
}

static gboolean take_match(Walk *walk, Span line, GError **error)
{
    g_autofree char *copy = NULL;
    Row row;
    MatchRow match;
    walk->matches++;
    if (!split_copy(line, &copy, &row, error) || !match_row_read(&row, &match, error))
        return FALSE;
    guint64 most = walk->check->rescan ? walk->at.read : walk->at.text;
    return (walk->open && match.path.n == 0 && match.end <= most && is_first_there(walk, &match)) ||
           wrong(error, "has a match that stands in no text, or twice");
}

static gboolean take_done(Walk *walk, Span line, GError **error)
{
    g_autofree char *copy = NULL;
    Row row;
    DoneRow done;
    if (!close_group(walk, error) || !split_copy(line, &copy, &row, error) ||
        !done_row_read(&row, &done, error))
        return FALSE;
    return (done.unit == walk->check->unit && done.declared == walk->check->count &&
            done.messages == walk->groups && done.gaps == walk->lone) ||
           wrong(error, "does not add up");
}

static gboolean take_line(Walk *walk, Span line, GError **error)
{
    switch (line.n > 1 && line.p[1] == '\t' ? line.p[0] : '?') {
    case 'V':
        return open_group(walk, line, error);
    case 'T':
        walk->text += text_length(line);
        return walk->open || wrong(error, "has text of no part");
    case 'X':
        return take_match(walk, line, error);
    case 'G':
        return take_gap(walk, line, error);
    default:
        return wrong(error, "has a row of another kind");
    }
}

static GHashTable *places_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

gboolean conversion_check_group(const ConversionRow *head, gboolean rescan, Span rows, GError **error)
{
    g_autoptr(GHashTable) places = places_new();
    const ConversionCheck check = {.count = head->item + 1, .rescan = rescan};
    Walk walk = {.check = &check, .at = *head, .open = TRUE, .next = head->item + 1, .places = places};
    walk.text = head->text;
    while (rows.n) {
        const char *stop = memchr(rows.p, '\n', rows.n);
        if (!stop || !strchr("XG", rows.p[0]))
            return wrong(error, "has a row of another kind");
        Span line = {rows.p, (gsize)(stop - rows.p)};
        rows = (Span){stop + 1, rows.n - line.n - 1};
        if (!take_line(&walk, line, error))
            return FALSE;
    }
    return close_group(&walk, error);
}

gboolean conversion_check_answer(const ConversionCheck *check, Span rows, GError **error)
{
    g_autoptr(GHashTable) places = places_new();
    Walk walk = {.check = check, .places = places};
    while (rows.n) {
        const char *stop = memchr(rows.p, '\n', rows.n);
        if (!stop)
            return wrong(error, "is cut");
        Span line = {rows.p, (gsize)(stop - rows.p)};
        rows = (Span){stop + 1, rows.n - line.n - 1};
        if (line.n && line.p[0] == 'D')
            return rows.n == 0 ? take_done(&walk, line, error) : wrong(error, "has rows behind its end");
        if (!take_line(&walk, line, error))
            return FALSE;
    }
    return wrong(error, "has no end");
}
