/* plain.h - the converter of what is text, whatever it is called: plain text, HTML, CSV, XML, vCard, iCalendar.
 *
 * Parts whose label says text are read with the mail; this takes those whose label does not, and files within
 * archives. The charset is told by its mark, by UTF-8 or by what HTML says, else guessed.  Folded lines of vCard
 * and iCalendar are joined.  Text that is armour of PGP is encrypted. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/read/charset.h"

#define TEXT_VERSION 1

/* Whether the bytes are text: hardly a control character, or UTF-16. */
gboolean text_takes(Span bytes, Span media_type);
void text_convert(Charsets *charsets, Span bytes, guint contents, Made *made);
