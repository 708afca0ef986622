/* stdin_file.h - bytes that must be a file for a worker, and are none yet. */
#pragma once
#include <glib.h>
#include "lib/span.h"

/* What a scan of standard input takes: it lies in memory. */
#define STDIN_BYTES_MOST (1UL << 30)

/* A memfd with all of standard input; the caller closes it. -1 with LIMIT or IO. */
int stdin_file_open(GError **error);
/* A memfd with these bytes. */
int memory_file_open(Span bytes, GError **error);
