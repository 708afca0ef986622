/* case_acts.h - what case.yaml states and stages decide by, recorded as acts. */
#pragma once
#include "cli/case_config.h"
#include "store/store.h"

/* Record what case.yaml says of the vendor (vendor_domains, vendor_tenants: policies "vendor.domains" and
 * "vendor.tenants", their words parted by blanks) and by which public suffix list domains are told apart ("domains").
 * Each is an act of its own, appended only where the newest of its name says something else. In role_acts, within a
 * run. FORMAT names the domain that is none. */
gboolean case_acts_record_vendor(Store *store, Run *run, const CaseConfig *config, GError **error);
/* One policy, if the newest of that name has another value. In an open transaction. */
gboolean case_acts_policy(Store *store, Run *run, const char *name, const char *value, GError **error);
