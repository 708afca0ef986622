/* intruders.c - who broke in, as far as it is known. */
#include "scope/intruders.h"

#include "lib/ip.h"
#include "lib/moment.h"

/* One thing that is known of an intruder, and when it held. */
typedef struct {
    char *kind, *value;
    IpRange range; /* of an address */
    Interval when;
} Mark;

typedef struct {
    char *name;
    GPtrArray *marks;
    GArray *windows;       /* Interval; empty: not stated                    */
    GHashTable *mailboxes; /* NULL: all                                      */
    Interval seen;         /* from its first record to its last              */
} Intruder;

struct Intruders {
    GPtrArray *all;
    gint64 tolerance;
};

static void mark_free(gpointer data)
{
    Mark *mark = data;
    g_free(mark->kind);
    g_free(mark->value);
    g_free(mark);
}

static void intruder_free(gpointer data)
{
    Intruder *intruder = data;
    g_free(intruder->name);
    g_ptr_array_unref(intruder->marks);
    g_array_unref(intruder->windows);
    g_clear_pointer(&intruder->mailboxes, g_hash_table_unref);
    g_free(intruder);
}

void intruders_free(Intruders *intruders)
{
    if (!intruders)
        return;
    g_ptr_array_unref(intruders->all);
    g_free(intruders);
}

/* --- loading --------------------------------------------------------------------------------------------------- */

static Intruder *named(Intruders *intruders, Span name)
{
    Intruder *last = intruders->all->len ? intruders->all->pdata[intruders->all->len - 1] : NULL;
    if (last && span_equals(name, last->name))
        return last;
    Intruder *fresh = g_new0(Intruder, 1);
    fresh->name = span_dup(name);
    fresh->marks = g_ptr_array_new_with_free_func(mark_free);
    fresh->windows = g_array_new(FALSE, FALSE, sizeof(Interval));
    fresh->seen = (Interval){MOMENT_OPEN_TO, MOMENT_OPEN_FROM};
    g_ptr_array_add(intruders->all, fresh);
    return fresh;
}

static void take_line(Intruders *intruders, Query *query)
{
    Intruder *intruder = named(intruders, query_get_text(query, 0));
    gint64 began = query_get_int(query, 3), ended = query_get_int(query, 4);
    Interval when = {began ? began : MOMENT_OPEN_FROM, ended ? ended : MOMENT_OPEN_TO};
    g_autofree char *kind = span_dup(query_get_text(query, 1)), *value = span_dup(query_get_text(query, 2));
    if (g_str_equal(kind, "window")) {
        g_array_append_val(intruder->windows, when);
        return;
    }
    if (g_str_equal(kind, "mailbox")) {
        if (!intruder->mailboxes)
            intruder->mailboxes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_add(intruder->mailboxes, g_steal_pointer(&value));
        return;
    }
    Mark *mark = g_new0(Mark, 1);
    mark->kind = g_steal_pointer(&kind);
    mark->value = g_steal_pointer(&value);
    mark->when = when;
    (void)ip_range_parse(span_of_string(mark->value), &mark->range);
    g_ptr_array_add(intruder->marks, mark);
}

Intruders *intruders_load(Store *store, const Policy *policy, GError **error)
{
    g_autoptr(Intruders) intruders = g_new0(Intruders, 1);
    g_autoptr(GError) cause = NULL;
    intruders->all = g_ptr_array_new_with_free_func(intruder_free);
    intruders->tolerance = policy->tolerance;
    Query *query = store_query(store, "scope.intruders", error);
    if (!query)
        return NULL;
    while (query_step(query, &cause))
        take_line(intruders, query);
    if (!cause)
        return g_steal_pointer(&intruders);
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

gboolean intruders_are_named(const Intruders *intruders)
{
    return intruders->all->len > 0;
}

/* --- records --------------------------------------------------------------------------------------------------- */

/* Records are aggregated over minutes: both edges are widened. */
static gboolean holds_at(const Intruders *intruders, const Interval *when, gint64 at)
{
    if (at == MOMENT_NONE)
        return TRUE;
    return (when->from == MOMENT_OPEN_FROM || at >= when->from - intruders->tolerance) &&
           (when->to == MOMENT_OPEN_TO || at <= when->to + intruders->tolerance);
}

static gboolean equals_folded(Span text, const char *value)
{
    return text.n == strlen(value) && g_ascii_strncasecmp(text.p, value, text.n) == 0;
}

static gboolean mark_fits(const Mark *mark, const Context *context)
{
    guint8 address[IP_BYTES];
    if (g_str_equal(mark->kind, "address"))
        return ip_parse(context->address, address) && ip_range_holds(&mark->range, address);
    if (g_str_equal(mark->kind, "token"))
        return span_equals(context->token, mark->value);
    if (g_str_equal(mark->kind, "client"))
        return context->client.n &&
               memmem(context->client.p, context->client.n, mark->value, strlen(mark->value));
    if (g_str_equal(mark->kind, "session"))
        return equals_folded(context->session, mark->value);
    if (g_str_equal(mark->kind, "app"))
        return equals_folded(context->app, mark->value);
    return g_str_equal(mark->kind, "account") && equals_folded(context->actor, mark->value);
}

static gboolean in_windows(const Intruders *intruders, const Intruder *intruder, gint64 at)
{
    for (guint i = 0; i < intruder->windows->len; i++)
        if (holds_at(intruders, &g_array_index(intruder->windows, Interval, i), at))
            return TRUE;
    return intruder->windows->len == 0;
}

static gboolean made_by(const Intruders *intruders, Intruder *intruder, const Context *context)
{
    if (!in_windows(intruders, intruder, context->at))
        return FALSE;
    for (guint i = 0; i < intruder->marks->len; i++) {
        const Mark *mark = intruder->marks->pdata[i];
        if (!holds_at(intruders, &mark->when, context->at) || !mark_fits(mark, context))
            continue;
        if (context->at != MOMENT_NONE) {
            intruder->seen.from = MIN(intruder->seen.from, context->at);
            intruder->seen.to = MAX(intruder->seen.to, context->at);
        }
        return TRUE;
    }
    return FALSE;
}

gboolean intruders_made(const Intruders *intruders, const Context *context)
{
    gboolean made = FALSE;
    for (guint i = 0; i < intruders->all->len; i++)
        made |= made_by(intruders, intruders->all->pdata[i], context);
    return made;
}

/* --- mailboxes ------------------------------------------------------------------------------------------------- */

static gboolean reaches(const Intruder *intruder, const char *mailbox)
{
    return !intruder->mailboxes || g_hash_table_contains(intruder->mailboxes, mailbox);
}

gboolean intruders_reach(const Intruders *intruders, const char *mailbox)
{
    for (guint i = 0; i < intruders->all->len; i++)
        if (reaches(intruders->all->pdata[i], mailbox))
            return TRUE;
    return intruders->all->len == 0;
}

GArray *intruders_windows(const Intruders *intruders, const char *mailbox)
{
    GArray *windows = g_array_new(FALSE, FALSE, sizeof(Interval));
    for (guint i = 0; i < intruders->all->len; i++) {
        const Intruder *intruder = intruders->all->pdata[i];
        if (!reaches(intruder, mailbox))
            continue;
        if (intruder->windows->len)
            g_array_append_vals(windows, intruder->windows->data, intruder->windows->len);
        else if (intruder->seen.from <= intruder->seen.to)
            g_array_append_val(windows, intruder->seen);
    }
    intervals_merge(windows);
    return windows;
}
