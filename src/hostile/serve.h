/* serve.h - requests in, rows out: the loop that every worker runs. */
#pragma once
#include <stdio.h>
#include "hostile/tools.h"

/* Greet (with the box level that a probe box reached), then answer each request until the end of `requests`. FORMAT
 * for a line that is no request, DENIED when the box's floor is not to be had, IO when the output is gone. */
gboolean serve(Tools *tools, FILE *requests, int output, GError **error);
