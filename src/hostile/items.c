/* items.c - the files of a job while boxes work on them: opened in turn, handed over, passed by. */
#include "hostile/items.h"

#include <fcntl.h>
#include <unistd.h>
#include "hostile/beneath.h"
#include "lib/box.h"
#include "lib/error.h"

/* Files that are open at once: a socket takes more than a process may have. */
#define OPEN_ITEMS (8 * BOX_BATCH)

/* Members that are unpacked lie on the disk until they are answered for: of those so large one at a time. */
#define LARGE_BYTES (16UL << 20)

guint items_count(const Items *items)
{
    return items->job->items->len;
}

static void open_item(Items *items, guint64 index, Opened *opened)
{
    const char *path = g_array_index(items->job->items, JobItem, index).path;
    if (!spool_is_member(path)) {
        opened->file = beneath_open(items->root, path, &opened->size, &opened->reason);
        return;
    }
    if (!items->spool)
        items->spool = spool_new(items->root, items->job);
    opened->file = spool_open(items->spool, (guint)index, &opened->size, &opened->reason, &opened->retryable);
    if (opened->file >= 0 && opened->size > LARGE_BYTES)
        items->large = index + 1;
}

static const Opened *look_at(Items *items, guint64 index)
{
    Opened *opened = &items->opened[index];
    const JobItem *item = &g_array_index(items->job->items, JobItem, index);
    if (opened->looked_at)
        return opened;
    opened->looked_at = TRUE;
    open_item(items, index, opened);
    opened->start = item->whole ? 0 : item->start;
    opened->end = item->whole ? opened->size : item->end;
    if (opened->file >= 0 && item->whole && opened->size == 0)
        opened->reason = "empty";
    if (items->job->opened && opened->file >= 0)
        items->job->opened(items->job, opened->file, opened->size);
    return opened;
}

static void close_item(Items *items, guint64 index)
{
    Opened *opened = &items->opened[index];
    if (opened->looked_at && opened->file >= 0)
        close(opened->file);
    opened->file = -1;
}

void items_gap(Items *items, const CellEnd *end, guint64 bytes)
{
    GapRow gap = {.item = items->place.item,
                  .offset = items->place.offset,
                  .reason = span_of_string(end->reason),
                  .detail = end->detail[0] ? span_of_string(end->detail) : SPAN_NONE,
                  .bytes = bytes,
                  .retryable = end->retryable};
    items->job->gap(items->job, &gap, items->out);
}

void items_advance(Items *items)
{
    while (items->place.item < items_count(items) && items->opened[items->place.item].looked_at) {
        const Opened *opened = &items->opened[items->place.item];
        if (opened->reason)
            items_gap(items, &(CellEnd){.reason = opened->reason, .retryable = opened->retryable},
                      opened->end - opened->start);
        else if (items->place.offset < opened->end)
            return;
        close_item(items, items->place.item);
        items->place.item++;
        const JobItem *next = items->place.item < items_count(items)
                                  ? &g_array_index(items->job->items, JobItem, items->place.item)
                                  : NULL;
        items->place.offset = next && !next->whole ? next->start : 0;
    }
}

gboolean items_may_hand_over(const Items *items)
{
    return items->handed < items->place.item + OPEN_ITEMS && items->place.item >= items->large;
}

void items_hand_over(Items *items, Cell *cell)
{
    while (items->handed < items_count(items)) {
        if (!items_may_hand_over(items))
            return;
        Handed handed[BOX_BATCH];
        int files[BOX_BATCH];
        guint count = 0, next = items->handed;
        for (; next < items_count(items) && count < BOX_BATCH &&
               items->large <= MAX(items->place.item, items->handed);
             next++) {
            const Opened *opened = look_at(items, next);
            guint64 start =
                next == items->place.item ? MAX(items->place.offset, opened->start) : opened->start;
            if (opened->reason || start >= opened->end)
                continue;
            handed[count] = (Handed){.item = next, .start = start, .end = opened->end, .size = opened->size};
            files[count++] = opened->file;
        }
        if (count && !cell_hand_over(cell, handed, files, count))
            return;
        items->handed = next;
    }
    cell_close_socket(cell);
    items_advance(items);
}

gboolean items_init(Items *items, Job *job, RowBuffer *out, GError **error)
{
    *items = (Items){.job = job, .root = -1, .out = out, .opened = g_new0(Opened, MAX(job->items->len, 1))};
    const JobItem *first = job->items->len ? &g_array_index(job->items, JobItem, 0) : NULL;
    items->place.offset = first && !first->whole ? first->start : 0;
    if (job->root && (items->root = open(job->root, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0)
        return error_set_errno(error, "the source's root '%s' cannot be opened; is the disk mounted?",
                               job->root);
    return TRUE;
}

void items_clear(Items *items)
{
    for (guint i = 0; i < items_count(items); i++)
        close_item(items, i);
    spool_free(items->spool);
    g_free(items->opened);
    if (items->root >= 0)
        close(items->root);
}
