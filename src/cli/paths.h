/* paths.h - where candor finds its own things: worker, rules, cache. */
#pragma once
#include <glib.h>
#include "lib/error.h"

/* CANDOR_WORKER, else the build folder's worker when candor runs from one, else the installed one.
 * MISSING names the path and the remedy. g_free. */
char *path_worker(GError **error);
/* CANDOR_DATA, else the checkout's data/ when candor runs from a build folder, else the installed one.
 * g_free. */
char *path_data(GError **error);
/* For compiled rules: XDG_CACHE_HOME/candor, made with mode 0700; NULL when it cannot be made. g_free. */
char *path_cache(void);
