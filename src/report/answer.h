/* answer.h - the answer to an enquiry, drafted from the tables: what is known, and what cannot be said. */
#pragma once
#include "store/store.h"

typedef struct {
    gint64 number;
    const char *kind;   /* is-it-us, you-are-breached, other                    */
    const char *whom;   /* customer or person; "" when nobody could be named    */
    const char *says;   /* the question                                         */
    gboolean unmatched; /* not all that is there has been matched with customers */
    gint64 now;
} Asked;

/* Plain text, lines of at most 78 columns, that states counts and levels, never a subject, address or finding: who asks
 * may not be who may know. Reads exposure, class_access, gap_now, log_file, scope_note. NULL with *error. */
GString *answer_draft(Store *store, const Asked *asked, GError **error);
/* Whom a contact's address is listed for: a customer's id, else "person:" and the address, "" for what is no address.
 * Reads listed_name of the newest list. g_free; NULL with *error. */
char *answer_whom(Store *store, const char *contact, GError **error);
