/* scan_file.h - one file through the scanner of a worker. */
#pragma once
#include "pool/pool.h"

/* A match; `message` counts the messages of the file from 0, -1 when it is no mail. */
typedef struct {
    const MatchRow *match;
    gint64 message;
} ScanMatch;

typedef struct {
    void (*match)(const ScanMatch *match, gpointer user);
    void (*gap)(const GapRow *gap, gpointer user);                  /* or NULL */
    void (*unscanned)(guint64 parts, guint64 bytes, gpointer user); /* once, when some were not; or NULL */
} ScanTake;

/* Scan what is behind `descriptor` (seekable; stays the caller's), mail as mail, all else as text. Only
 * what a worker cannot do is an error; what it could not read comes as a gap. */
gboolean scan_file(Pool *pool, int descriptor, const char *name, const ScanTake *take, gpointer user,
                   GError **error);
