/* unpack.h - the converter of archives and compressed files, by libarchive: zip, 7z, tar, rar, cab; gz, bz2, xz,
 * zstd.
 *
 * Names of members become text, and so do the members, whoever takes them (inner.h).  What is encrypted is a gap
 * each; an archive whose list is encrypted is so as a whole.  What would unpack to more than LIMIT_INNER_BYTES, or
 * beyond LIMIT_ZIP_RATIO times the archive, is cut there. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/read/charset.h"

#define ARCHIVE_CONVERTER_VERSION 1

gboolean archive_takes(Span bytes, Span media_type);
void archive_convert(Converters *converters, Charsets *charsets, Span bytes, Made *made);
