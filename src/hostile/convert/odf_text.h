/* odf_text.h - XML of an OpenDocument file to text. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/convert/xml.h"

/* How an entry becomes text. */
typedef enum {
    ODF_NOISE,    /* settings, and what else no author wrote                              */
    ODF_CONTENT,  /* paragraphs, cells, notes, comments                                  */
    ODF_STYLES,   /* the same of headers, footers and master pages                       */
    ODF_ALL,      /* every text node, and the names of own properties                    */
    ODF_MANIFEST, /* read for its damage only                                            */
    ODF_EMBEDDED, /* no XML: a picture, a font                                           */
    ODF_FILE,     /* no XML, and may hold anything                                       */
} OdfPlace;

/* The entry that the zip was turned to. A content that is switched off is a gap, once an entry. */
XmlEnd odf_text(Zip *zip, OdfPlace place, guint contents, Made *made);
