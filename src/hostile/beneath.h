/* beneath.h - open a path beneath a source's root, and nowhere else. */
#pragma once
#include <glib.h>

/* A regular file for reading, its size in *size. No link is followed, not even inside the root. -1 with *reason
 * "missing", "not-regular" or "unreadable". `path` NULL: descriptor 4 itself. */
int beneath_open(int root, const char *path, guint64 *size, const char **reason);
