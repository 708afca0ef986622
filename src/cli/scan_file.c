/* scan_file.c - one file through the scanner of a worker. */
#include "cli/scan_file.h"

typedef struct {
    const ScanTake *take;
    gpointer user;
    gint64 message;
    guint64 parts, bytes; /* that were not scanned */
} Scanned;

static gboolean take_match(Scanned *it, const Row *row, GError **error)
{
    MatchRow match;
    if (!match_row_read(row, &match, error))
        return FALSE;
    it->take->match(&(ScanMatch){.match = &match, .message = it->message}, it->user);
    return TRUE;
}

static gboolean take_gap(Scanned *it, const Row *row, GError **error)
{
    GapRow gap;
    if (!gap_row_read(row, &gap, error))
        return FALSE;
    if (it->take->gap)
        it->take->gap(&gap, it->user);
    return TRUE;
}

static gboolean take_part(Scanned *it, const Row *row, GError **error)
{
    PartRow part;
    if (!part_row_read(row, &part, error))
        return FALSE;
    if (part.unscanned)
        it->parts++;
    it->bytes += part.unscanned;
    return TRUE;
}

static gboolean take_row(Row *row, gpointer user, GError **error)
{
    Scanned *it = user;
    switch (row->kind) {
    case 'M':
        it->message++;
        return TRUE;
    case 'X':
        return take_match(it, row, error);
    case 'G':
        return take_gap(it, row, error);
    case 'P':
        return take_part(it, row, error);
    default:
        return TRUE;
    }
}

gboolean scan_file(Pool *pool, int descriptor, const char *name, const ScanTake *take, gpointer user,
                   GError **error)
{
    Scanned it = {.take = take, .user = user, .message = -1};
    if (!pool_ask(pool, pool_task_scan(0, name, descriptor), take_row, &it, error))
        return FALSE;
    if (it.parts && take->unscanned)
        take->unscanned(it.parts, it.bytes, user);
    return TRUE;
}
