/* output.h - where results go: standard output, or a file that is there whole or not at all. */
#pragma once
#include <glib.h>
#include <stdio.h>
#include "lib/error.h"

typedef struct {
    FILE *file;
    char *path, *partial; /* NULL for standard output */
} Output;

/* `path` NULL or "-": standard output. Else a new file beside it, mode 0600, that takes its name in
 * output_finish. */
gboolean output_open(Output *output, const char *path, GError **error);
/* TRUE while everything was written; at the first failure the rows may stop. A reader that left (a
 * closed pipe) ends the process as it ends any filter. */
gboolean output_is_well(const Output *output, GError **error);
/* Flush, and give the file its name. */
gboolean output_finish(Output *output, GError **error);
/* Close, and remove a file that was not finished. */
void output_clear(Output *output);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Output, output_clear)
