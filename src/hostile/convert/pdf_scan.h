/* pdf_scan.h - the text of a page of a PDF that is a picture: it is drawn, and looked at.
 *
 * Drawn are pictures, lines, and fonts that are in the file.  What is written in other fonts is not, since a box opens
 * no font; its text is had without a look (pdf_page.h). */
#pragma once
#include <poppler.h>

#include "hostile/convert/ocr.h"

/* Put the text that is seen on the page. FALSE: it was not read, or not all of it: the part's share is used up (ocr.h),
 * memory is short, or the page is so large that its letters would be no more than dots. */
gboolean pdf_scan_read(PopplerPage *page, Ocr *ocr, Made *made);
/* From here on the process knows of no fonts of the machine, and what drawing asks the system once has been asked.
 * Outside of any box; the sample has a page with a font that is not in it. */
void pdf_scan_warm_up(PopplerDocument *sample);
