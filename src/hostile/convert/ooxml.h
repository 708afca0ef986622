/* ooxml.h - the converter of Word, Excel and PowerPoint files since 2007. */
#pragma once
#include "hostile/convert/made.h"

#define OOXML_VERSION 6

/* Whether the bytes are such a file, an encrypted one (an OLE file then), or, by the media type, should be. */
gboolean ooxml_takes(Span bytes, Span media_type);
/* `contents`: bits of ConvertContent. */
void ooxml_convert(Converters *converters, Span bytes, guint contents, Made *made);
/* Run once outside of any box, so that nothing is opened later. */
void ooxml_warm_up(void);
