/* pdf_page.h - one page of a PDF to text. */
#pragma once
#include <poppler.h>

#include "hostile/convert/made.h"

/* What a page showed besides text. */
typedef struct {
    gboolean blank;    /* no text, or next to none and a picture                      */
    gboolean comments; /* there are some, and they are not asked for                   */
} PdfPage;

/* The text, addresses of links, form fields and comments. Attached files are given to `attached`, which owns them. */
PdfPage pdf_page_read(PopplerPage *page, guint contents, GPtrArray *attached, Made *made);
