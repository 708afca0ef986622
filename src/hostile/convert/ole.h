/* ole.h - the converter of Office files before 2007: Word, Excel and PowerPoint in a compound file (hostile/cfb).
 *
 * Word since 97 by its piece table, 6 and 95 by their text; Excel since 5 by its records, cells in their rows;
 * PowerPoint since 97 by its text atoms; properties; objects within (inner.h).  Of everything else in such a file,
 * and of what is damaged, printable strings are taken, and the gap "strings-only" says so.  Macros and pictures
 * are gaps. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/read/charset.h"

#define OLE_VERSION 1

gboolean ole_takes(Span bytes, Span media_type);
/* `contents`: bits of ConvertContent. */
void ole_convert(Converters *converters, Charsets *charsets, Span bytes, guint contents, Made *made);
