/* scope.c - how sure it is, for each copy of a mail, that the intruder had it. */
#include "scope/scope.h"

#include "scope/contacts.h"
#include "scope/judge.h"
#include "scope/twins.h"

const char *const scope_tables[] = {"access",           "access_reason", "twin", "class_access",
                                    "intruder_contact", "scope_note",    NULL};

static gboolean run_named(Store *store, const char *name, GError **error)
{
    Query *query = store_query(store, name, error);
    return query && query_run(query, error);
}

/* --- mailbox by mailbox ---------------------------------------------------------------------------------------- */

typedef struct {
    Store *store;
    const Policy *policy;
    const Intruders *intruders;
    const Events *events;
    GHashTable *judged; /* names of the mailboxes that have copies */
} Scoping;

static gboolean judge(Scoping *it, Mailbox *mailbox, GError **error)
{
    mailbox_index(mailbox);
    g_hash_table_add(it->judged, g_strdup(mailbox->name));
    return judge_mailbox(mailbox, it->policy, it->intruders, it->events, error);
}

/* The copies come sorted by mailbox, so that one is in memory at a time. */
static gboolean judge_all(Scoping *it, GError **error)
{
    g_autoptr(Mailbox) mailbox = NULL;
    g_autoptr(GError) cause = NULL;
    Query *query = store_query(it->store, "scope.copies", error);
    if (!query)
        return FALSE;
    while (query_step(query, &cause)) {
        Span name = query_get_text(query, 0);
        if (mailbox && !span_equals(name, mailbox->name)) {
            if (!judge(it, mailbox, error))
                return FALSE;
            g_clear_pointer(&mailbox, mailbox_free);
        }
        if (!mailbox) {
            g_autofree char *copy = span_dup(name);
            mailbox = mailbox_new(it->store, copy);
        }
        mailbox_take(mailbox, query);
    }
    if (!cause)
        return !mailbox || judge(it, mailbox, error);
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* The records of a mailbox that is not collected, or has another name there: never guessed (SC-ACTOR). What they name
 * may lie in others. */
static gboolean judge_unknown(Scoping *it, const char *name, guint from, guint to, GError **error)
{
    gint64 count = 0;
    g_autoptr(Mailbox) unknown = mailbox_new(it->store, name);
    for (guint i = from; i < to; i++) {
        const Event *event = it->events->events->pdata[i];
        count += event->by_intruder ? 1 : 0;
        if (!judge_elsewhere(unknown, event, error))
            return FALSE;
    }
    return !count || mailbox_note(unknown, "unknown-mailbox", NULL, "", count, error);
}

static gboolean judge_all_unknown(Scoping *it, GError **error)
{
    const GPtrArray *events = it->events->events;
    for (guint from = 0, to; from < events->len; from = to) {
        const Event *first = events->pdata[from];
        for (to = from + 1; to < events->len; to++)
            if (strcmp(((const Event *)events->pdata[to])->mailbox, first->mailbox) != 0)
                break;
        if (!g_hash_table_contains(it->judged, first->mailbox) &&
            !judge_unknown(it, first->mailbox, from, to, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean judge_by(Store *store, const Policy *policy, GError **error)
{
    g_autoptr(Intruders) intruders = intruders_load(store, policy, error);
    g_auto(Events) events = {0};
    if (!intruders || !events_load(store, policy, intruders, &events, error))
        return FALSE;
    g_autoptr(GHashTable) judged = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Scoping it = {store, policy, intruders, &events, judged};
    return judge_all(&it, error) && judge_all_unknown(&it, error) && contacts_build(store, &events, error);
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

static gboolean build(Store *store, GError **error)
{
    g_auto(Policy) policy = {0};
    return store_shadows_clear(store, scope_tables, error) &&
           run_named(store, "scope.forget_elsewhere", error) && twins_build(store, error) &&
           policy_load(store, &policy, error) && judge_by(store, &policy, error) &&
           run_named(store, "scope.reasons_elsewhere", error) &&
           run_named(store, "scope.forget_elsewhere", error) &&
           run_named(store, "scope.unparsed_notes", error) && run_named(store, "scope.access", error) &&
           run_named(store, "scope.class_access", error);
}

gboolean scope(Store *store, Run *run, GError **error)
{
    if (run->tools && run->tools->progress)
        run->tools->progress(run->tools->user, "scoping", 0, 0, 0);
    if (!store_begin(store, error))
        return FALSE;
    if (build(store, error) && store_commit(store, error))
        return TRUE;
    store_rollback(store);
    return FALSE;
}
