/* check.c - whether a worker's rows have the shape that the protocol promises. */
#include "nouns/check.h"

#include "lib/error.h"

/* The first line of rows, with its newline; empty when there is no whole one. */
static Span first_line(Span rows)
{
    const char *stop = rows.n ? memchr(rows.p, '\n', rows.n) : NULL;
    return (Span){rows.p, stop ? (gsize)(stop - rows.p) + 1 : 0};
}

static Span rest_of(Span rows, gsize taken)
{
    return (Span){rows.p + taken, rows.n - taken};
}

gsize group_length(Span rows)
{
    gsize taken = 0;
    for (;;) {
        Span line = first_line(rest_of(rows, taken));
        if (!line.n || (taken == 0 && line.p[0] != 'M' && line.p[0] != 'G'))
            return 0;
        gboolean lone = taken == 0 && line.p[0] == 'G';
        taken += line.n;
        if (lone || line.p[0] == 'E')
            return taken;
    }
}

/* Take the field behind the tab at *rest. */
static Span next_field(Span *rest)
{
    if (!rest->n || rest->p[0] != '\t')
        return SPAN_NONE;
    const char *from = rest->p + 1, *end = rest->p + rest->n;
    const char *stop = memchr(from, '\t', (gsize)(end - from));
    stop = stop ? stop : end;
    *rest = (Span){stop, (gsize)(end - stop)};
    return (Span){from, (gsize)(stop - from)};
}

/* Take the last field of *rest. */
static Span last_field(Span *rest)
{
    const char *tab = rest->n ? memrchr(rest->p, '\t', rest->n) : NULL;
    if (!tab)
        return SPAN_NONE;
    Span field = {tab + 1, (gsize)(rest->p + rest->n - tab) - 1};
    rest->n = (gsize)(tab - rest->p);
    return field;
}

/* The fields of a line: what is between its kind and its newline. */
static Span fields_of(Span line)
{
    return (Span){line.p + 1, line.n - 2};
}

static gboolean read_message_line(Span line, GroupFacts *facts)
{
    Span rest = fields_of(line);
    facts->is_message = TRUE;
    return row_uint(next_field(&rest), &facts->sequence) && row_uint(next_field(&rest), &facts->item) &&
           row_uint(next_field(&rest), &facts->offset) && row_uint(next_field(&rest), &facts->length) &&
           row_hex(next_field(&rest), facts->sha256, DIGEST_BYTES);
}

static gboolean read_gap_line(Span line, GroupFacts *facts)
{
    Span rest = fields_of(line);
    facts->is_message = FALSE;
    gboolean placed =
        row_uint(next_field(&rest), &facts->item) && row_uint(next_field(&rest), &facts->offset);
    for (guint i = 0; i < 3; i++)
        next_field(&rest);
    return placed && row_uint(next_field(&rest), &facts->length);
}

/* A gap inside a message's group stands at that message. */
static gboolean is_gap_of(Span line, const GroupFacts *message)
{
    GroupFacts gap = {0};
    return read_gap_line(line, &gap) && gap.item == message->item && gap.offset == message->offset;
}

/* Add a part's counts, which stand before its digest and its state at the row's end. */
static gboolean add_part(Span line, EndRow *sums)
{
    Span rest = fields_of(line);
    guint64 unscanned, scanned, read;
    last_field(&rest);
    last_field(&rest);
    if (!row_uint(last_field(&rest), &unscanned) || !row_uint(last_field(&rest), &scanned) ||
        !row_uint(last_field(&rest), &read) || scanned > read || read - scanned != unscanned)
        return FALSE;
    sums->read += read;
    sums->scanned += scanned;
    sums->unscanned += unscanned;
    return TRUE;
}

static gboolean end_adds_up(Span line, const EndRow *sums)
{
    Span rest = fields_of(line);
    EndRow said = {0};
    return row_uint(next_field(&rest), &said.rows) && row_uint(next_field(&rest), &said.read) &&
           row_uint(next_field(&rest), &said.scanned) && row_uint(next_field(&rest), &said.unscanned) &&
           rest.n == 0 && said.rows == sums->rows && said.read == sums->read &&
           said.scanned == sums->scanned && said.unscanned == sums->unscanned;
}

static gboolean wrong(GError **error, char kind, const char *what)
{
    char shown = g_ascii_isprint(kind) ? kind : '?';
    return error_set(error, CANDOR_ERROR_FORMAT, "a worker's row of kind '%c' %s", shown, what);
}

/* Check a row between M and E. *body: whether a row that is no address was met. */
static gboolean check_inner(Span line, const GroupFacts *facts, EndRow *sums, gboolean *body, GError **error)
{
    switch (line.p[0]) {
    case 'A':
        return *body ? wrong(error, 'A', "stands behind parts or matches") : TRUE;
    case 'X':
    case 'N':
        break;
    case 'G':
        if (!is_gap_of(line, facts))
            return wrong(error, 'G', "stands in the group of another message");
        break;
    case 'P':
        if (!add_part(line, sums))
            return wrong(error, 'P', "has counts that do not add up");
        break;
    default:
        return wrong(error, line.p[0], "cannot stand in a message's group");
    }
    *body = TRUE;
    return TRUE;
}

gboolean group_check(Span group, GroupFacts *facts, GError **error)
{
    *facts = (GroupFacts){0};
    Span line = first_line(group);
    if (line.n < 3 || line.p[1] != '\t')
        return wrong(error, group.n ? group.p[0] : ' ', "is cut");
    if (line.p[0] == 'G')
        return read_gap_line(line, facts) && line.n == group.n ? TRUE : wrong(error, 'G', "is malformed");
    if (line.p[0] != 'M' || !read_message_line(line, facts))
        return wrong(error, line.p[0], "does not begin a message's group");
    EndRow sums = {.rows = 1};
    gboolean body = FALSE;
    for (gsize taken = line.n;; taken += line.n) {
        line = first_line(rest_of(group, taken));
        if (line.n < 3 || line.p[1] != '\t')
            return wrong(error, 'M', "begins a group that is cut");
        sums.rows++;
        if (line.p[0] == 'E')
            return taken + line.n == group.n && end_adds_up(line, &sums)
                       ? TRUE
                       : wrong(error, 'E', "does not add up");
        if (!check_inner(line, facts, &sums, &body, error))
            return FALSE;
    }
}

void unit_check_range(UnitCheck *check, guint64 unit, guint64 start, guint64 end)
{
    *check = (UnitCheck){
        .unit = unit, .is_range = TRUE, .items = 1, .start = start, .end = end, .position = start};
}

void unit_check_places(UnitCheck *check, guint64 unit, guint64 start, guint64 end)
{
    unit_check_range(check, unit, start, end);
    check->is_places = TRUE;
}

guint64 unit_check_bytes(const UnitCheck *check)
{
    if (check->is_places)
        return check->end > PLACES_RECOVERED ? check->end - PLACES_RECOVERED : 0;
    return check->is_range ? check->end - check->start : check->bytes;
}

void unit_check_list(UnitCheck *check, guint64 unit, guint64 items)
{
    *check = (UnitCheck){.unit = unit, .items = items};
}

static gboolean place_in_places(UnitCheck *check, const GroupFacts *facts)
{
    if (facts->item != 0 || facts->offset < check->position || facts->offset >= check->end ||
        (facts->is_message && facts->length != 1))
        return FALSE;
    check->position = facts->offset + 1;
    return TRUE;
}

static gboolean place_in_range(UnitCheck *check, const GroupFacts *facts)
{
    if (facts->item != 0 || facts->offset < check->position ||
        facts->offset - check->position > CHECK_BETWEEN_BYTES || facts->offset > check->end ||
        facts->length > check->end - facts->offset)
        return FALSE;
    check->position = facts->offset + facts->length;
    return TRUE;
}

static gboolean place_in_list(UnitCheck *check, const GroupFacts *facts)
{
    if (facts->item != check->next_item || facts->item >= check->items || facts->offset != 0)
        return FALSE;
    check->next_item = facts->item + 1;
    return TRUE;
}

gboolean unit_check_group(UnitCheck *check, const GroupFacts *facts, GError **error)
{
    gboolean placed = check->is_places  ? place_in_places(check, facts)
                      : check->is_range ? place_in_range(check, facts)
                                        : place_in_list(check, facts);
    if (!placed)
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "unit %" G_GUINT64_FORMAT
                         ": a row names a place outside the unit, twice, or out of order",
                         check->unit);
    if (facts->is_message && facts->sequence != check->messages)
        return error_set(error, CANDOR_ERROR_FORMAT,
                         "unit %" G_GUINT64_FORMAT ": message %" G_GUINT64_FORMAT
                         " came where %" G_GUINT64_FORMAT " was due",
                         check->unit, facts->sequence, check->messages);
    check->messages += facts->is_message ? 1 : 0;
    check->gaps += facts->is_message ? 0 : 1;
    check->bytes += facts->length;
    return TRUE;
}

gboolean unit_check_done(const UnitCheck *check, const DoneRow *done, GError **error)
{
    gboolean whole = check->is_places  ? TRUE
                     : check->is_range ? check->end - check->position <= CHECK_BETWEEN_BYTES
                                       : check->next_item == check->items;
    if (!whole)
        return error_set(error, CANDOR_ERROR_FORMAT, "unit %" G_GUINT64_FORMAT " is not answered to its end",
                         check->unit);
    guint64 bytes = unit_check_bytes(check);
    if (done->unit != check->unit || done->messages != check->messages || done->gaps != check->gaps ||
        done->declared != done->messages + done->gaps || done->bytes != bytes)
        return error_set(error, CANDOR_ERROR_FORMAT, "unit %" G_GUINT64_FORMAT ": its totals do not add up",
                         check->unit);
    return TRUE;
}

gboolean unit_check_answer(UnitCheck *check, Span rows, DoneRow *done, GError **error)
{
    gsize taken = 0, n;
    while ((n = group_length(rest_of(rows, taken))) > 0) {
        GroupFacts facts = {0};
        if (!group_check((Span){rows.p + taken, n}, &facts, error) || !unit_check_group(check, &facts, error))
            return FALSE;
        taken += n;
    }
    Span last = first_line(rest_of(rows, taken));
    if (last.n < 2 || taken + last.n != rows.n)
        return error_set(error, CANDOR_ERROR_FORMAT, "unit %" G_GUINT64_FORMAT ": rows behind its groups",
                         check->unit);
    g_autofree char *copy = g_strndup(last.p, last.n - 1);
    Row row;
    if (!row_split(copy, last.n - 1, &row, error))
        return FALSE;
    if (row.kind != 'D')
        return wrong(error, row.kind, "stands where the unit's totals are due");
    return done_row_read(&row, done, error) && unit_check_done(check, done, error);
}
