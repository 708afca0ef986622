/* policy.c - how to decide where logs cannot say: the newest act about intruders. */
#include "scope/intruders.h"

#include "nouns/fact.h"

static gint64 level_named_by(Span value)
{
    if (span_equals(value, "possible"))
        return LEVEL_POSSIBLE;
    return span_equals(value, "ignore") ? LEVEL_NONE : LEVEL_PRESUMED;
}

static gint64 micros(Span value, gint64 seconds)
{
    gint64 number = 0;
    (void)row_int(value, &number);
    return number * seconds * (gint64)G_USEC_PER_SEC;
}

static void take_policy(Policy *policy, Span name, Span value)
{
    if (span_equals(name, "gap"))
        policy->gap_level = level_named_by(value);
    else if (span_equals(name, "no_log"))
        policy->no_log_level = level_named_by(value);
    else if (span_equals(name, "sync"))
        policy->sync_mailbox = span_equals(value, "mailbox");
    else if (span_equals(name, "sync_tail"))
        policy->sync_tail = micros(value, 1);
    else if (span_equals(name, "time_tolerance"))
        policy->tolerance = micros(value, 1);
    else if (span_equals(name, "throttle"))
        policy->throttled = micros(value, 3600);
}

/* A line NAME=VALUE. */
static void take(Policy *policy, Span kind, Span line)
{
    const char *sign = line.n ? memchr(line.p, '=', line.n) : NULL;
    if (!sign)
        return;
    Span name = {line.p, (gsize)(sign - line.p)}, value = {sign + 1, line.n - name.n - 1};
    if (span_equals(kind, "mailbox-id"))
        g_hash_table_insert(policy->mailbox_ids, span_dup(name), span_dup(value));
    else
        take_policy(policy, name, value);
}

gboolean policy_load(Store *store, Policy *policy, GError **error)
{
    g_autoptr(GError) cause = NULL;
    *policy = (Policy){.gap_level = LEVEL_PRESUMED,
                       .no_log_level = LEVEL_PRESUMED,
                       .tolerance = 120 * G_USEC_PER_SEC,
                       .sync_tail = (gint64)3600 * G_USEC_PER_SEC,
                       .throttled = (gint64)24 * 3600 * G_USEC_PER_SEC,
                       .mailbox_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    Query *query = store_query(store, "scope.policies", error);
    if (!query)
        return FALSE;
    while (query_step(query, &cause))
        take(policy, query_get_text(query, 0), query_get_text(query, 1));
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

void policy_clear(Policy *policy)
{
    g_clear_pointer(&policy->mailbox_ids, g_hash_table_unref);
}
