/* odf.h - the converter of OpenDocument files: texts, tables, presentations, drawings and their templates.
 *
 * They are zips of XML.  Cells of a row are a tab apart, as in ooxml_sheet.h; a number stands as it is shown and, where
 * that is something else, as it is kept.  Which entries are encrypted stands in META-INF/manifest.xml. */
#pragma once
#include "hostile/convert/made.h"

#define ODF_VERSION 2

/* Whether the bytes are such a file or, by the media type, should be. */
gboolean odf_takes(Span bytes, Span media_type);
/* `contents`: bits of ConvertContent. */
void odf_convert(Converters *converters, Span bytes, guint contents, Made *made);
