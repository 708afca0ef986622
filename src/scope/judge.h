/* judge.h - what the records and the gaps between them say of one mailbox. */
#pragma once
#include "scope/mailbox.h"

/* Give every copy of the mailbox the reasons that hold for it, and note what could not be turned into any.
 * Rules by their names in doc/logs-in-the-wild.md. */
gboolean judge_mailbox(Mailbox *mailbox, const Policy *policy, const Intruders *intruders,
                       const Events *events, GError **error);

/* Messages that an intruder's record names and the mailbox has not, which may be that of nothing collected: where they
 * lie in others, they were taken all the same (SC-ELSEWHERE). */
gboolean judge_elsewhere(Mailbox *mailbox, const Event *event, GError **error);
