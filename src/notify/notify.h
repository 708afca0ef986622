/* notify.h - who was told what, who is owed what, and the notices that say it.
 *
 * A *fact* (nouns/fact.h) is *known* while a delivery of a notice that carries it has arrived, or it was told outside
 * candor; *pending* while such a notice is approved or under way; *owed* when it is exposure and neither, or surer than
 * what was told.  doc/waves.md explains it with examples.
 *
 * The plan is opinion: a function of exposure, customers, acts and run->now, built in shadows that the caller swaps in
 * (run_stage.h).  Everything else here appends acts, each in one transaction of its own, and appends nothing when the
 * acts say it already. */
#pragma once
#include "nouns/fact.h"
#include "store/store.h"

/* The tables that the plan fills and the swap puts in place, ended by NULL. */
extern const char *const notify_tables[];

/* Plan: fill plan_notice_new, plan_fact_new and plan_review_new.  Renamed types are followed by types.yaml in
 * run->tools->data_dir (none where there are no tools).  FALSE with *error: the store failed, or types.yaml is wrong.
 */
gboolean notify_plan(Store *store, Run *run, GError **error);

/* What a person states about the case, for the letters. All but the first may be "". */
typedef struct {
    const char *data_dir; /* templates/, words/, types.yaml                       */
    const char *vendor;   /* whose mailboxes were stolen                          */
    const char *ask;      /* whom the reader may ask, by which known channel      */
    const char *happened; /* one sentence: when, how it was found                 */
    const char *doing;    /* one sentence: what the vendor does now               */
} NoticeTexts;

/* The notice that the plan would send to `whom`, as it would read: plain text, g_free. MISSING: nothing is owed to
 * them, or nobody is called so. */
char *notify_show(Store *store, const Run *run, const NoticeTexts *texts, const char *whom, GError **error);

/* Approve notices of the plan that is there now: those to `whoms` (ended by NULL; NULL is all) that are ready. Each is
 * rendered into outbox/WAVE/REFERENCE.{txt,html,json} beneath the case before the one commit that makes it an act with
 * its facts, so that an act never lacks its files; files without act, of an approval that died, are taken away first.
 * Nothing ready: no act. FORMAT: a name of a wave that is none; MISSING: one of whoms is nobody. */
typedef struct {
    const char *wave, *by;
    const char *const *whoms;
} NotifyApproval;
typedef struct {
    guint64 approved, delayed, no_contact;
} NotifyApproved;
gboolean notify_approve(Store *store, Run *run, const NoticeTexts *texts, const NotifyApproval *approval,
                        NotifyApproved *done, GError **error);

/* Compare each rendered notice in the outbox with the hashes in its act. DENIED names one that was changed, or that no
 * act stands for. A file that is not there (sent, and put away) is none of the *files. */
gboolean notify_verify(Store *store, guint64 *files, GError **error);

/* What became of a notice at one contact. contact NULL: the one that it is meant for; channel NULL: as the list says of
 * that contact. MISSING: no notice is called so; DENIED: it is to be handed over, and its file is not there, or another
 * than was approved, or an authority put it off. */
typedef struct {
    const char *reference, *contact, *channel, *state, *detail;
} NotifyDelivery;
/* handed, accepted, acknowledged, bounced, refused, expired, replanned, NULL */
extern const char *const notify_delivery_states[];
/* *added: FALSE when the acts say it already. */
gboolean notify_deliver(Store *store, Run *run, const NotifyDelivery *delivery, gboolean *added,
                        GError **error);

/* Hold back the content of a message, or of everything of somebody's (content ""), or lift that hold.  What is held
 * stays owed, counted and told: only its content is not shown (publish).  ends: when somebody must look at it again. */
typedef struct {
    const char *content; /* key in hex, or "" */
    const char *whom;    /* "": everybody's   */
    gboolean lifted;
    const char *owner, *reason;
    gint64 ends;
} NotifyHold;
/* MISSING: nothing is held there that could be lifted. */
gboolean notify_hold(Store *store, Run *run, const NotifyHold *hold, gboolean *added, GError **error);

/* Put off the notices to somebody, or to all (whom ""), until `ends`, as an authority asked; ends 0: that is over. */
typedef struct {
    const char *whom, *authority, *basis, *by;
    gint64 ends;
} NotifyDelay;
gboolean notify_delay(Store *store, Run *run, const NotifyDelay *delay, gboolean *added, GError **error);

/* Take in what was told before candor was there: a YAML list (candor-notify(1)). Each entry is an act_told in a
 * transaction of its own; one that the acts have already is passed over. Errors name file and line. */
typedef struct {
    const char *path, *by;
} NotifyRecord;
typedef struct {
    guint64 added, known;
} NotifyRecorded;
gboolean notify_record(Store *store, Run *run, const NotifyRecord *record, NotifyRecorded *done,
                       GError **error);
