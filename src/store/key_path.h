/* key_path.h - where the key file of a case is: outside the case, always.
 *
 * CANDOR_KEY_FILE wins.  Without it a new case's key goes to $XDG_CONFIG_HOME/candor/keys/NAME-ID.key, NAME being the
 * last part of the case's folder and ID 16 random hexadecimal digits; the case records the path ("key_file_hint"),
 * and a case that is there is opened with the file that it recorded. */
#pragma once
#include <glib.h>

/* The key file for a new case, whose folder need not be there. Makes the folder of the path (0700), not the file.
 * g_free; NULL with IO when that folder cannot be made. */
char *case_key_new_path(const char *folder, GError **error);

/* The key file of a case that is there. g_free; NULL with MISSING when there is no case, or the store's errors. */
char *case_key_path(const char *folder, GError **error);
