/* steps.h - the steps of attribute that statements alone cannot take, for src/attribute alone. */
#pragma once
#include "attribute/names.h"

/* What every step is given. */
typedef struct {
    Names *names;
    const GArray *rulings; /* Ruling */
} Attribution;

/* Run statements without parameters, in order. */
gboolean run_steps(Store *store, const char *const *statements, GError **error);

/* whose.c: every mail address of the case into email_whom_new; every domain that a masked address shows, and that
 * is somebody's, into masked_whom. */
gboolean note_whose_emails(Store *store, Names *names, GError **error);
gboolean note_whose_masks(Store *store, Names *names, GError **error);

/* customers.c: customer_new from the lists, the rulings and the links; ids for organisations met first. */
gboolean find_customers(Store *store, Run *run, const Attribution *about, GError **error);

/* facts.c: parts without a hash into unread_part; facts `contacted` into exposure_new or review_new. */
gboolean note_unhashed_parts(Store *store, GError **error);
gboolean expose_contacted(Store *store, Names *names, GError **error);

/* attacks.c: facts `targeted` from sign-ins, likewise. */
gboolean expose_targeted(Store *store, Names *names, GError **error);

/* A fact that was seen by itself, with no mark. */
typedef struct {
    const char *whom;
    gint64 kind, class;
    const char *subject, *type;
    gint64 level;
    const char *reason;
} SeenFact;
/* Into exposure_new; or into review_new where a person must say first: a name that `sharing` customers share, an
 * organisation in no list, a level of possible. The vendor's own facts are nobody's. */
gboolean expose_or_ask(Store *store, const SeenFact *fact, guint sharing, GError **error);
