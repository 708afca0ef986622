/* contacts.h - to whom the intruder wrote. */
#pragma once
#include "scope/events.h"

/* Write intruder_contact_new for every mail that an intruder sent: the class of the collected mail with its
 * Message-ID, or the record where none is collected; the recipients that the log lists, else those of the
 * collected mail. A mail of which neither is known is noted as unresolved-send. Reads twin_new, message,
 * address, email. */
gboolean contacts_build(Store *store, const Events *events, GError **error);
