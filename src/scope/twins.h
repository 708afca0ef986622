/* twins.h - which contents are one mail. */
#pragma once
#include "store/store.h"

/* Twins are contents of one mail in other containers or with other transport headers, as when it was delivered to two
 * mailboxes: equal Message-ID, subject, date, first From address, and equal attachments.  Bodies may differ, since
 * servers add banners and re-encode.  A class is named by its member with the least content key, so that it is the
 * same in whatever order the mail came in; a content without a Message-ID, or whose mail could not be taken apart, is
 * a class of its own.  Writes a row of twin_new for every content, inside the open transaction. */
gboolean twins_build(Store *store, GError **error);
