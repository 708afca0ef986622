/* ask.h - a worker as a child of a test: one request in, all rows out. For tests alone. */
#pragma once
#include "hostile/tools.h"

/* Fill the tools of the child. FALSE ends it with an error. */
typedef gboolean (*AskTools)(Tools *tools, GError **error);

/* Serve `request` (lines) in a forked worker; `file` (or -1) becomes descriptor 4. *exit_code is the worker's, -1 when
 * a signal ended it. Returns the rows, to be freed with g_free. */
char *ask_worker(AskTools prepare, const char *request, int file, int *exit_code);

/* The true tools, with the rules of this checkout (tests run at its top). */
gboolean ask_true_tools(Tools *tools, GError **error);
