/* formats.h - which archives are read, all of them by libarchive: zip, 7z, tar, rar, cab; gz, bz2, xz, zstd. */
#pragma once
#include <archive.h>
#include <archive_entry.h>
#include "hostile/read/charset.h"

/* By its first bytes. */
gboolean archive_is_one(Span start);
/* Of one file, without a list. */
gboolean archive_is_compressed(Span start);

/* A reader of these formats, not yet opened; `compressed`: of what is no archive behind its compression, too. NULL
 * without memory. Free it with archive_read_free. */
struct archive *archive_reader(gboolean compressed);
/* What the C library loads for names and dates in archives is loaded: before any box. */
void archive_warm_up(void);

/* The name of an entry in UTF-8: its charset is not always said. Empty when it has none; appended to `out` where it
 * does not stand ready. FALSE without memory. */
gboolean archive_name(Charsets *charsets, struct archive_entry *entry, Scratch *out, Span *name);
