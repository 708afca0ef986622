/* inner.h - a file found within a part: its name and its contents become part of the same text.
 *
 * For converters of what holds files: archives, PDF, mail.  It is converted by whoever takes it, down to
 * LIMIT_INNER_DEPTH and up to LIMIT_INNER_FILES and LIMIT_INNER_BYTES of one part; what nobody takes is a gap. */
#pragma once
#include "hostile/convert/made.h"

/* `length`: how many bytes of the part it is; its gaps count for as many at most. `name` may be absent. However
 * bad the file within is, the whole is no worse than `cut`. */
void inner_convert(Converters *converters, Span bytes, Span name, guint64 length, Made *made);

typedef struct Ocr Ocr;
/* What reads the text of pages of documents that are pictures; NULL: nothing does. `converters` may be NULL. */
Ocr *inner_ocr(const Converters *converters);
