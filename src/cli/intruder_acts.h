/* intruder_acts.h - what case.yaml states of intruders becomes an act, when it differs from the newest. */
#pragma once
#include "cli/run_stage.h"

/* Append an act `intruders` with its set, the lines of case.yaml about intruders and how to decide, unless
 * the newest has the same; a case of which nothing is stated has none. The stage is in role_intruder_acts.
 * One transaction. */
gboolean intruder_acts_write(StageRun *stage, GError **error);
/* Whether the newest act says the same as case.yaml does. Reads act_intruders and its set. */
gboolean intruder_acts_stand(Store *store, const CaseConfig *config, gboolean *stand, GError **error);
