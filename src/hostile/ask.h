/* ask.h - a worker as a child of a test: one request in, all rows out. For tests alone. */
#pragma once
#include "hostile/tools.h"

/* Serve `request` (lines) in a forked worker; `file` (or -1) becomes descriptor 4. *exit_code is the worker's, -1 when
 * a signal ended it. Returns the rows, to be freed with g_free. */
char *ask_worker(Tools *tools, const char *request, int file, int *exit_code);

/* The true tools, with the rules of this checkout (tests run at its top); made at the first call, and kept. */
Tools *ask_true_tools(void);
