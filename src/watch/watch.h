/* watch.h - the door of the stage: somebody tries what was stolen. */
#pragma once
#include "store/store.h"

/* Look at every sign-in and append an alert where a stolen account or key is used: once a secret, network (/24, /48)
 * and hour, but always the first that shows the secret to be valid and the first that gets in. Whoever looks again
 * appends nothing. Reads signin, finding, finding_link, twin, class_access, access_reason, act_intruders; writes
 * act_alert. Needs run->tools->data_dir. *added (may be NULL): how many. Source: doc/candor-watch.1. */
gboolean watch(Store *store, Run *run, guint64 *added, GError **error);

/* The network of an address: "192.0.2.0/24", "2001:db8:1::/48"; the text itself for what is no address. g_free. */
char *watch_network(const char *address);
