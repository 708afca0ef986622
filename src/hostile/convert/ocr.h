/* ocr.h - the converter of pictures: their text by Tesseract, when converters.yaml asks for it.
 *
 * Tesseract and Leptonica are no part of candor: they are opened when the converter is switched on, since they are
 * large and most cases do without.  Languages are those of tesseract-ocr's data that converters.yaml names. */
#pragma once
#include "hostile/convert/made.h"

#define OCR_VERSION 3

typedef struct Ocr Ocr;

/* Open both libraries and the languages ("eng+deu"). MISSING with a sentence that says what to install. Outside of
 * any box; the process may have one thread only from then on, as a box has. */
Ocr *ocr_new(const char *languages, GError **error);
void ocr_free(Ocr *ocr);

gboolean ocr_takes(Span bytes, Span media_type);
/* Of a TIFF each page, as far as LIMIT_PICTURE_PAGES and the part's share (below) reach; of others the first
 * picture. */
void ocr_convert(Ocr *ocr, Span bytes, Made *made);

/* What a part's pages may take together, of whatever files in it they are: LIMIT_OCR_PAGES, LIMIT_OCR_PART_SECONDS.
 * Whoever has a page begins it, FALSE when the share is used up, and ends it when it was read or not. */
gboolean ocr_page_begin(Ocr *ocr, Made *made);
void ocr_page_end(Ocr *ocr, Made *made);
/* Where to keep how many nanoseconds of processor time pages have taken, those that the page at hand may take
 * included. NULL: nowhere. */
void ocr_set_clock(Ocr *ocr, guint64 *taken);

/* The text of a page that was drawn in grey, a byte a pixel, in lines of `stride` bytes. FALSE: not all of it was read,
 * since LIMIT_OCR_PAGE_SECONDS were over. Between begin and end. */
typedef struct {
    const guint8 *pixels;
    int width, height, stride, dpi;
} OcrDrawing;
gboolean ocr_read_drawing(Ocr *ocr, const OcrDrawing *drawing, Made *made);
