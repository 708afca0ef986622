/* log_check.c - whether a worker's rows about a log have the shape that the protocol promises. */
#include "nouns/log_check.h"

#include "lib/error.h"

void log_check_begin(LogCheck *check, guint64 unit, guint64 start, guint64 end)
{
    *check = (LogCheck){.unit = unit, .start = start, .end = end, .position = start};
}

static gboolean wrong(const LogCheck *check, const char *what, GError **error)
{
    return error_set(error, CANDOR_ERROR_FORMAT, "log unit %" G_GUINT64_FORMAT ": %s", check->unit, what);
}

/* The place of a group by its first row. */
typedef struct {
    guint64 item, offset, length;
} PlaceOfGroup;

static gboolean place_of(const Row *row, PlaceOfGroup *place, GError **error)
{
    EventRow event;
    SigninRow signin;
    GapRow gap;
    switch (row->kind) {
    case 'V':
        if (!event_row_read(row, &event, error))
            return FALSE;
        *place = (PlaceOfGroup){event.item, event.offset, event.length};
        return TRUE;
    case 'S':
        if (!signin_row_read(row, &signin, error))
            return FALSE;
        *place = (PlaceOfGroup){signin.item, signin.offset, signin.length};
        return TRUE;
    case 'G':
        if (!gap_row_read(row, &gap, error))
            return FALSE;
        *place = (PlaceOfGroup){gap.item, gap.offset, gap.bytes};
        return TRUE;
    default:
        return error_set(error, CANDOR_ERROR_FORMAT, "a row that begins no group of a log");
    }
}

static gboolean take_first(LogCheck *check, const Row *row, guint64 from, guint64 to, GError **error)
{
    PlaceOfGroup place = {0};
    if (!place_of(row, &place, error))
        return FALSE;
    if (place.item != 0 || place.offset < MAX(from, check->position) || place.offset > to ||
        place.length > to - place.offset || to > check->end)
        return wrong(check, "a row names a place outside its piece, twice, or out of order", error);
    check->position = place.offset + place.length;
    if (row->kind == 'G')
        check->gaps++;
    else
        check->records++;
    return TRUE;
}

gboolean log_check_group(LogCheck *check, Span group, guint64 from, guint64 to, GError **error)
{
    guint rows = 0;
    char first = 0;
    g_autofree char *copy = g_strndup(group.p, group.n);
    for (char *line = copy, *end = copy + group.n, *stop; line < end; line = stop + 1, rows++) {
        Row row;
        EventItemRow item;
        stop = memchr(line, '\n', (gsize)(end - line));
        if (!stop)
            return wrong(check, "a row is cut", error);
        if (!row_split(line, (gsize)(stop - line), &row, error))
            return FALSE;
        if (rows == 0) {
            first = row.kind;
            if (!take_first(check, &row, from, to, error))
                return FALSE;
        } else if (first != 'V' || row.kind != 'I' || rows > LOG_ITEMS_MAX) {
            return wrong(check, "a row stands where none can be", error);
        } else if (!event_item_row_read(&row, &item, error)) {
            return FALSE;
        }
    }
    return rows > 0 || wrong(check, "a group without rows", error);
}

gboolean log_check_done(const LogCheck *check, const DoneRow *done, GError **error)
{
    if (done->unit != check->unit || done->messages != check->records || done->gaps != check->gaps ||
        done->declared != done->messages + done->gaps || done->bytes != check->end - check->start)
        return wrong(check, "its totals do not add up", error);
    return TRUE;
}

/* How many bytes the next group takes: its first row, and the I rows behind it. */
static gsize group_bytes(Span rows)
{
    gsize taken = 0;
    do {
        const char *stop = memchr(rows.p + taken, '\n', rows.n - taken);
        if (!stop)
            return rows.n;
        taken = (gsize)(stop - rows.p) + 1;
    } while (taken < rows.n && rows.p[taken] == 'I');
    return taken;
}

gboolean log_check_answer(LogCheck *check, Span rows, GError **error)
{
    while (rows.n && rows.p[0] != 'D') {
        gsize n = group_bytes(rows);
        if (!log_check_group(check, (Span){rows.p, n}, check->start, check->end, error))
            return FALSE;
        rows = (Span){rows.p + n, rows.n - n};
    }
    g_autofree char *copy = g_strndup(rows.p ? rows.p : "", rows.n);
    Row row;
    DoneRow done;
    if (!rows.n || copy[rows.n - 1] != '\n' || memchr(copy, '\n', rows.n - 1))
        return wrong(check, "its answer does not end with its totals", error);
    return row_split(copy, rows.n - 1, &row, error) && done_row_read(&row, &done, error) &&
           log_check_done(check, &done, error);
}
