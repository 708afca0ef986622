/* intervals.c - times joined, and taken from one another. */
#include "scope/intruders.h"

static gint by_beginning(gconstpointer a, gconstpointer b)
{
    const Interval *one = a, *other = b;
    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return (one->to > other->to) - (one->to < other->to);
}

void intervals_merge(GArray *intervals)
{
    guint kept = 0;
    g_array_sort(intervals, by_beginning);
    for (guint i = 0; i < intervals->len; i++) {
        Interval next = g_array_index(intervals, Interval, i);
        Interval *last = kept ? &g_array_index(intervals, Interval, kept - 1) : NULL;
        if (last && next.from <= last->to)
            last->to = MAX(last->to, next.to);
        else
            g_array_index(intervals, Interval, kept++) = next;
    }
    g_array_set_size(intervals, kept);
}

GArray *intervals_without(const GArray *wanted, const GArray *covered)
{
    GArray *rest = g_array_new(FALSE, FALSE, sizeof(Interval));
    for (guint i = 0; i < wanted->len; i++) {
        Interval left = g_array_index(wanted, Interval, i);
        for (guint j = 0; j < covered->len && left.from < left.to; j++) {
            const Interval *cover = &g_array_index(covered, Interval, j);
            if (cover->to <= left.from || cover->from >= left.to)
                continue;
            if (cover->from > left.from)
                g_array_append_vals(rest, &(Interval){left.from, cover->from}, 1);
            left.from = cover->to;
        }
        if (left.from < left.to)
            g_array_append_val(rest, left);
    }
    return rest;
}
