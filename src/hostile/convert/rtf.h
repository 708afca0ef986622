/* rtf.h - the converter of Rich Text Format: a bounded stripper of what Word, Outlook and WordPad write.
 *
 * RTF 1.9: \'xx in the charset of \ansicpg or of the font, \uN with \ucN, paragraphs, cells, tabs and the named
 * characters.  Pictures, objects and binary data are gaps "embedded"; tables of fonts and styles are no text. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/read/charset.h"

#define RTF_VERSION 2

gboolean rtf_takes(Span bytes);
/* `contents`: bits of ConvertContent; notes, comments and properties are told apart. */
void rtf_convert(Charsets *charsets, Span bytes, guint contents, Made *made);
