/* judge.c - what the records and the gaps between them say of one mailbox. */
#include "scope/judge.h"

#include "lib/moment.h"
#include "nouns/fact.h"
#include "scope/folders.h"

typedef struct {
    Mailbox *mailbox;
    const Policy *policy;
    gint64 resolved, unresolved, missing, unlisted; /* items that records name */
} Judging;

/* --- time ------------------------------------------------------------------------------------------------------ */

/* A record without a time may be of any: whatever was ever there, was there. */
static gint64 time_of(const Event *event)
{
    return event->at == MOMENT_NONE ? MOMENT_OPEN_TO : event->at;
}

static gint64 later(gint64 at, gint64 by)
{
    return at > MOMENT_OPEN_TO - by ? MOMENT_OPEN_TO : at + by;
}

/* --- SC-BIND, SC-IDS: a record names a message ------------------------------------------------------------------ */

static gboolean is_one_content(const Mailbox *mailbox, const GArray *indexes)
{
    const Copy *first = &g_array_index(mailbox->copies, Copy, g_array_index(indexes, guint, 0));
    for (guint i = 1; i < indexes->len; i++)
        if (g_array_index(mailbox->copies, Copy, g_array_index(indexes, guint, i)).content != first->content)
            return FALSE;
    return TRUE;
}

/* Several contents with one Message-ID: the one of the size that the record says; the others are not cleared. */
static gboolean confirm(Judging *it, const Event *event, const Named *named, const char *reason,
                        GError **error)
{
    const GArray *indexes = mailbox_with_id(it->mailbox, named->message_id);
    gboolean one = is_one_content(it->mailbox, indexes);
    for (guint i = 0; i < indexes->len; i++) {
        const Copy *copy = &g_array_index(it->mailbox->copies, Copy, g_array_index(indexes, guint, i));
        gboolean sure = one || (named->size && named->size == copy->size);
        if (!mailbox_give(it->mailbox, copy, sure ? reason : "duplicate-message-id",
                          sure ? LEVEL_CONFIRMED : LEVEL_PRESUMED, event->record, event->at, error))
            return FALSE;
    }
    return TRUE;
}

static const char *reason_of(const Event *event)
{
    static const char *const deletions[] = {"HardDelete", "SoftDelete", "MoveToDeletedItems", NULL};
    if (g_str_has_prefix(event->operation, "Send"))
        return "sent-by-intruder";
    if (g_strv_contains(deletions, event->operation))
        return "deleted-by-intruder";
    if (g_str_equal(event->operation, "MailItemsAccessed"))
        return event->cut ? "bind-salvaged" : "bind";
    return "named-by-record";
}

/* --- folders --------------------------------------------------------------------------------------------------- */

/* Whether the collected folder is the one that a record names: by its path, or, where the record has only a name, by
 * that. */
static gboolean is_folder(const Folder *folder, const char *path, const char *normal)
{
    if (strchr(path, '/'))
        return g_str_equal(folder->normal, normal);
    return g_str_equal(folder_leaf(folder->normal), folder_leaf(normal));
}

/* SC-OPCOUNT and items without an id: what else lies in the folder is possible. Without a folder, all of
 * the mailbox. */
static gboolean possible_beside(Judging *it, const Event *event, const char *path, SetReason reason,
                                GError **error)
{
    Mailbox *mailbox = it->mailbox;
    g_autofree char *normal = folder_normal(path);
    if (!*normal)
        return mailbox_give_all(mailbox, reason, LEVEL_POSSIBLE, event->record, event->at, time_of(event),
                                FOLDER_NONE, error);
    for (guint i = 0; i < mailbox->folders->len; i++) {
        const Folder *folder = mailbox->folders->pdata[i];
        if (*folder->normal && !is_folder(folder, path, normal))
            continue;
        for (guint j = 0; j < folder->copies->len; j++) {
            Copy *copy = &g_array_index(mailbox->copies, Copy, g_array_index(folder->copies, guint, j));
            if (copy->since <= time_of(event) &&
                !mailbox_give_set(mailbox, copy, reason, LEVEL_POSSIBLE, event->record, event->at, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean judge_named(Judging *it, const Event *event, const Named *named, GError **error)
{
    gboolean is_access = g_str_equal(event->operation, "MailItemsAccessed");
    if (*named->recipient)
        return TRUE;
    if (*named->message_id && mailbox_with_id(it->mailbox, named->message_id)) {
        it->resolved += is_access ? 1 : 0;
        return confirm(it, event, named, reason_of(event), error);
    }
    if (!is_access)
        return TRUE;
    if (*named->message_id) {
        it->missing++;
        return TRUE;
    }
    it->unresolved++;
    return possible_beside(it, event, named->folder, REASON_UNRESOLVED_ITEM, error);
}

static gboolean judge_bind(Judging *it, const Event *event, GError **error)
{
    guint messages = 0;
    for (guint i = 0; i < event->items->len; i++) {
        const Named *named = event->items->pdata[i];
        messages += *named->message_id || *named->item_ref ? 1 : 0;
        if (!judge_named(it, event, named, error))
            return FALSE;
    }
    if (!g_str_equal(event->operation, "MailItemsAccessed"))
        return TRUE;
    if (!event->items->len) {
        it->unresolved++;
        return possible_beside(it, event, "", REASON_UNRESOLVED_ITEM, error);
    }
    if (event->operations <= messages)
        return TRUE;
    it->unlisted += event->operations - messages;
    const char *last = NULL;
    for (guint i = 0; i < event->items->len; i++) {
        const char *folder = ((const Named *)event->items->pdata[i])->folder;
        /* Items of a folder stand together, and equal texts are kept once. */
        if (folder != last && !possible_beside(it, event, folder, REASON_OPCOUNT_EXCESS, error))
            return FALSE;
        last = folder;
    }
    return TRUE;
}

/* --- SC-SYNC --------------------------------------------------------------------------------------------------- */

/* Everything in the folder, and what came within the time in which a second Sync is not written. */
static gboolean sync_folder(Judging *it, const Event *event, Folder *folder, GError **error)
{
    gint64 at = time_of(event), tail = later(at, it->policy->sync_tail);
    for (; folder->synced < folder->copies->len; folder->synced++) {
        guint index = g_array_index(folder->copies, guint, folder->synced);
        Copy *copy = &g_array_index(it->mailbox->copies, Copy, index);
        if (copy->since > tail)
            break;
        if (!mailbox_give_set(it->mailbox, copy, copy->since <= at ? REASON_SYNC_FOLDER : REASON_SYNC_TAIL,
                              LEVEL_PRESUMED, event->record, event->at, error))
            return FALSE;
    }
    return TRUE;
}

/* One folder of a Sync record. A name that no collected folder has may be any of them (SC-FOLDER-NAME). */
static gboolean sync_path(Judging *it, const Event *event, const char *path, GError **error)
{
    Mailbox *mailbox = it->mailbox;
    g_autofree char *normal = folder_normal(path);
    guint found = FOLDER_NONE;
    gint64 tail = later(time_of(event), it->policy->sync_tail);
    for (guint i = 0; i < mailbox->folders->len; i++) {
        Folder *folder = mailbox->folders->pdata[i];
        gboolean fits = *normal && *folder->normal && is_folder(folder, path, normal);
        found = fits ? i : found;
        /* Mail whose folder is not known may have lain in this one. */
        if ((fits || (*normal && !*folder->normal && !folder_holds_no_mail(normal))) &&
            !sync_folder(it, event, folder, error))
            return FALSE;
    }
    if (found == FOLDER_NONE && !folder_holds_no_mail(normal))
        return mailbox_give_all(mailbox, REASON_SYNC_UNRESOLVED_FOLDER, LEVEL_PRESUMED, event->record,
                                event->at, tail, FOLDER_NONE, error);
    return it->policy->sync_mailbox ? mailbox_give_all(mailbox, REASON_SYNC_MAILBOX, LEVEL_PRESUMED,
                                                       event->record, event->at, tail, found, error)
                                    : mailbox_give_all(mailbox, REASON_OTHER_FOLDER_SYNC, LEVEL_POSSIBLE,
                                                       event->record, event->at, tail, found, error);
}

static gboolean judge_sync(Judging *it, const Event *event, GError **error)
{
    for (guint i = 0; i < event->items->len; i++)
        if (!sync_path(it, event, ((const Named *)event->items->pdata[i])->folder, error))
            return FALSE;
    return event->items->len > 0 || sync_path(it, event, "", error);
}

/* What was not deleted or sent is not so; of an access the log's word on its outcome clears nothing. */
static gboolean is_deed(const Event *event)
{
    return event->by_intruder && (!event->failed || g_str_equal(event->operation, "MailItemsAccessed"));
}

gboolean judge_elsewhere(Mailbox *mailbox, const Event *event, GError **error)
{
    for (guint i = 0; is_deed(event) && i < event->items->len; i++) {
        const Named *named = event->items->pdata[i];
        if (!*named->recipient && *named->message_id && !mailbox_with_id(mailbox, named->message_id) &&
            !mailbox_miss(mailbox, named->message_id, event->record, event->at, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean judge_event(Judging *it, const Event *event, GError **error)
{
    if (!is_deed(event))
        return TRUE;
    if (!judge_elsewhere(it->mailbox, event, error))
        return FALSE;
    if (event->cut && !mailbox_give_all(it->mailbox, REASON_TRUNCATED_RECORD, LEVEL_PRESUMED, event->record,
                                        event->at, time_of(event), FOLDER_NONE, error))
        return FALSE;
    return g_str_equal(event->access, "sync") ? judge_sync(it, event, error) : judge_bind(it, event, error);
}

/* --- SC-THROTTLE, SC-GAP, no log -------------------------------------------------------------------------------- */

/* For a day after a throttled record, of whomever, no access to a message is written. */
static gboolean judge_throttled(Judging *it, const Event *event, const GArray *windows, GError **error)
{
    Interval day = {event->at == MOMENT_NONE ? MOMENT_OPEN_FROM : event->at,
                    event->at == MOMENT_NONE ? MOMENT_OPEN_TO : later(event->at, it->policy->throttled)};
    for (guint i = 0; event->throttled && i < windows->len; i++) {
        const Interval *window = &g_array_index(windows, Interval, i);
        Interval both = {MAX(day.from, window->from), MIN(day.to, window->to)};
        if (both.from > both.to)
            continue;
        if (!mailbox_note(it->mailbox, "throttled", &both, event->record, 1, error) ||
            !mailbox_give_all(it->mailbox, REASON_THROTTLED, LEVEL_PRESUMED, event->record, event->at,
                              both.to, FOLDER_NONE, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean note_intervals(Judging *it, const char *kind, const GArray *intervals, GError **error)
{
    for (guint i = 0; i < intervals->len; i++)
        if (!mailbox_note(it->mailbox, kind, &g_array_index(intervals, Interval, i), "", 1, error))
            return FALSE;
    return TRUE;
}

/* What of the windows no log covers: whatever was there by its end is given the policy's level. */
static gboolean judge_gaps(Judging *it, const GArray *windows, const GArray *covered, GError **error)
{
    g_autoptr(GArray) gaps = intervals_without(windows, covered);
    g_autoptr(GArray) seen = intervals_without(windows, gaps);
    if (!note_intervals(it, "uncovered", gaps, error) || !note_intervals(it, "covered", seen, error))
        return FALSE;
    for (guint i = 0; it->policy->gap_level && i < gaps->len; i++) {
        const Interval *gap = &g_array_index(gaps, Interval, i);
        if (!mailbox_give_all(it->mailbox, REASON_LOG_GAP, it->policy->gap_level, "", gap->from, gap->to,
                              FOLDER_NONE, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean give_everything(Judging *it, SetReason reason, GError **error)
{
    return mailbox_give_all(it->mailbox, reason, it->policy->no_log_level, "", MOMENT_OPEN_FROM,
                            MOMENT_OPEN_TO, FOLDER_NONE, error);
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

static gboolean note_count(Judging *it, const char *kind, gint64 count, GError **error)
{
    return !count || mailbox_note(it->mailbox, kind, NULL, "", count, error);
}

static gboolean judge_records(Judging *it, const Events *events, const GArray *windows, GError **error)
{
    guint from, to;
    events_of(events, it->mailbox->name, &from, &to);
    for (guint i = from; i < to; i++) {
        const Event *event = events->events->pdata[i];
        if (!judge_event(it, event, error) || !judge_throttled(it, event, windows, error))
            return FALSE;
    }
    return note_count(it, "resolved", it->resolved, error) &&
           note_count(it, "unresolved", it->unresolved, error) &&
           note_count(it, "missing-here", it->missing, error) &&
           note_count(it, "unlisted", it->unlisted, error);
}

gboolean judge_mailbox(Mailbox *mailbox, const Policy *policy, const Intruders *intruders,
                       const Events *events, GError **error)
{
    Judging it = {.mailbox = mailbox, .policy = policy};
    gboolean has_records;
    g_autoptr(GArray) windows = intruders_windows(intruders, mailbox->name);
    g_autoptr(GArray) covered = events_coverage(events, mailbox->name, &has_records);
    if (!judge_records(&it, events, windows, error))
        return FALSE;
    if (covered->len && !has_records && !note_count(&it, "no-records", 1, error))
        return FALSE;
    if (!intruders_reach(intruders, mailbox->name))
        return TRUE;
    if (!covered->len)
        return note_intervals(&it, "uncovered", windows, error) && give_everything(&it, REASON_NO_LOG, error);
    /* Nobody can say when somebody was in of whom nothing is known. */
    if (!windows->len)
        return give_everything(&it, REASON_NO_INTRUDER, error);
    return judge_gaps(&it, windows, covered, error);
}
