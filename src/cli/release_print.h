/* release_print.h - a release as its customer would read it. */
#pragma once
#include <stdio.h>
#include "nouns/release.h"

/* Print what the manifest says, with every text, escaped for a terminal. Of a file only its size and hash. */
gboolean release_print(Release *release, FILE *out, GError **error);
/* Write the manifest, and every object under its number, into a folder (made if missing). */
gboolean release_extract(Release *release, const char *folder, GError **error);
