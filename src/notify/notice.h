/* notice.h - what the plan has to say to each, gathered for the templates. */
#pragma once
#include "notify/letters.h"
#include "notify/notify.h"

/* One notice of the plan. Cleared by its reader. */
typedef struct {
    char *whom, *kind, *state, *channel, *contact;
    gint64 delayed;
    const Tongue *tongue;
    Values *values; /* everything that a template may name, but for `reference` */
} Notice;

typedef struct NoticeReader NoticeReader;
/* The notices of the plan in the order of whom: of one, or of all (NULL); `whom` and `texts` must live as long as the
 * reader. MISSING where the texts name no vendor. Reads plan_notice, plan_fact, plan_hold,
 * plan_reach, customer, message, finding, twin, copy, access, item, source, act_notice, act_told. */
NoticeReader *notices_open(Store *store, const NoticeTexts *texts, Letters *letters, gint64 now,
                           const char *whom, GError **error);
/* The next one, which lives until the call after it; NULL at the end. */
gboolean notices_next(NoticeReader *reader, const Notice **notice, GError **error);
void notices_close(NoticeReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NoticeReader, notices_close)
