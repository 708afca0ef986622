/* ocr.h - the converter of pictures: their text by Tesseract, when converters.yaml asks for it.
 *
 * Tesseract and Leptonica are no part of candor: they are opened when the converter is switched on, since they are
 * large and most cases do without.  Languages are those of tesseract-ocr's data that converters.yaml names. */
#pragma once
#include "hostile/convert/made.h"

#define OCR_VERSION 2

typedef struct Ocr Ocr;

/* Open both libraries and the languages ("eng+deu"). MISSING with a sentence that says what to install. Outside of
 * any box; the process may have one thread only from then on, as a box has. */
Ocr *ocr_new(const char *languages, GError **error);
void ocr_free(Ocr *ocr);

gboolean ocr_takes(Span bytes, Span media_type);
/* Of a TIFF each page, as far as LIMIT_PICTURE_PAGES and LIMIT_PICTURE_PIXELS reach; of others the first picture. */
void ocr_convert(Ocr *ocr, Span bytes, Made *made);
