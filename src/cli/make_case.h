/* make_case.h - a case is made: its key, its folder, its store. */
#pragma once
#include "cli/case_config.h"
#include "lib/seal.h"

/* Make a case in `folder` (which may be there, without one) for the vendor of `config`. Its key file is the one that
 * CANDOR_KEY_FILE names or the one of the case's name; made with `suite` where it is not there yet.  Says where the key
 * is (*key_file, g_free, also when FALSE) and whether it is new. What was made is taken away again on failure. */
gboolean case_make(const char *folder, const CaseConfig *config, Suite suite, char **key_file,
                   gboolean *new_key, GError **error);
