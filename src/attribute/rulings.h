/* rulings.h - what people ruled, in the order in which they did. */
#pragma once
#include "store/store.h"

/* A row of act_ruling. Text is interned. */
typedef struct {
    const char *verb, *whom, *subject, *type, *other;
    guint8 mark[DIGEST_BYTES];
    gsize mark_n;
    gint64 class; /* twin class of the content that is named; 0: none named, or not collected */
    gboolean of_content;
    gint64 kind, level;
} Ruling;

/* Every ruling, oldest first: Ruling. What was ruled of a customer that was merged stands under the one that holds its
 * place now. Reads act_ruling, content_key, content_key_collision, twin. NULL with *error set. */
GArray *rulings_load(Store *store, GError **error);

/* Which id (interned) was merged into which: the newest word holds, and one merged into itself stands by itself again;
 * and who holds the place of one after all mergers. A ring, which the command refuses, ends where it began. */
GHashTable *rulings_mergers(const GArray *rulings);
const char *mergers_follow(GHashTable *mergers, const char *whom);

/* Customers: merge, split and rename, in customer_new. */
gboolean rulings_on_customers(Store *store, const GArray *rulings, GError **error);
/* Links of messages: `add` and `remove` of taken, in message_link_new. */
gboolean rulings_on_links(Store *store, const GArray *rulings, GError **error);
/* Owners of findings: `owner`, `add` and `remove` of data, in finding_link_new. */
gboolean rulings_on_owners(Store *store, const GArray *rulings, GError **error);
/* Facts: add, remove and level, in exposure_new; each marked with the reason "ruling". */
gboolean rulings_on_exposure(Store *store, const GArray *rulings, GError **error);
/* Takes out of review_new what was ruled on. */
gboolean rulings_on_review(Store *store, const GArray *rulings, GError **error);
