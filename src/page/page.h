/* page.h - the page of a case: one HTML file that a person looks at, without scripts and without anything from outside.
 *
 * It says what was taken when, whose it is, who was told how far, what changed, what is due, and what is not known.
 * Light or dark as the reader's screen is, and fit for paper.  It holds names of customers and counts, no values and no
 * words of mail; whoever may see the case's tables may see it.  The same case gives the same page. */
#pragma once
#include "store/store.h"

/* Append the page. Reads evidence, opinion and acts; needs no key. */
gboolean page_write(Store *store, GString *out, GError **error);
