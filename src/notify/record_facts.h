/* record_facts.h - the facts that an entry of `candor notify record` lists. */
#pragma once
#include "lib/yaml.h"
#include "store/store.h"

/* Put each of the list into act_told_set under the number `act`, in the open transaction. Errors name file and line. */
gboolean record_facts(Store *store, gint64 act, const char *whom, const YamlNode *list, GError **error);
