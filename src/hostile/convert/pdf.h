/* pdf.h - the converter of PDF, by poppler-glib.
 *
 * Text page by page as it is read, links, form fields; comments; title, author, XMP; files attached to it (inner.h).
 * Pages of which no text can be had are the gap "needs-ocr", which says how many.  Scripts and XFA forms are gaps
 * "embedded". */
#pragma once
#include "hostile/convert/made.h"

#define PDF_VERSION 1

gboolean pdf_takes(Span bytes, Span media_type);
/* `contents`: bits of ConvertContent. */
void pdf_convert(Converters *converters, Span bytes, guint contents, Made *made);
/* What poppler makes or opens on first use; its character maps. Outside of any box. */
void pdf_warm_up(void);
