/* resolve.c - of matches that overlap, those that stay. */
#include "hostile/scan/resolve.h"

static gint compare(gconstpointer a, gconstpointer b, gpointer user)
{
    const Found *x = a, *y = b;
    (void)user;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* Mark the weaker of two that overlap; x comes first in the order. */
static void contest(const Rules *rules, Found *x, Found *y)
{
    const Rule *of_x = g_ptr_array_index(rules->rules, x->rule),
               *of_y = g_ptr_array_index(rules->rules, y->rule);
    gsize length_x = x->end - x->start, length_y = y->end - y->start;
    if (x->confidence != y->confidence)
        *(x->confidence < y->confidence ? &x->beaten : &y->beaten) = TRUE;
    else if (length_x != length_y)
        *(length_x < length_y ? &x->beaten : &y->beaten) = TRUE;
    else if (of_x->type == of_y->type || x->start != y->start)
        y->beaten = TRUE;
}

void resolve_overlaps(const Rules *rules, GArray *matches)
{
    /* GLib's sort, not libc's: that one asks the kernel for the size of memory, which the box forbids. */
    g_array_sort_with_data(matches, compare, NULL);
    Found *found = (Found *)(void *)matches->data;
    gsize n = matches->len, kept = 0;
    for (gsize i = 0; i < n; i++)
        for (gsize j = i + 1; j < n && found[j].start < found[i].end && !found[i].beaten; j++)
            if (!found[j].beaten)
                contest(rules, &found[i], &found[j]);
    for (gsize i = 0; i < n; i++)
        if (!found[i].beaten)
            found[kept++] = found[i];
    g_array_set_size(matches, (guint)kept);
}
