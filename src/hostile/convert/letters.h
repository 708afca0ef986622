/* letters.h - the converter of mail within a file: a message, an mbox, or a part of mail that was signed.
 *
 * Subject, names and addresses, and the text as hostile/read has it; what is attached is converted too (inner.h). */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/read/reader.h"

#define MAIL_VERSION 1

/* Whether the bytes begin with fields of mail, or an mbox's envelope line and those. */
gboolean mail_takes(Span bytes, Span media_type);
void mail_convert(Converters *converters, Reader *reader, Span bytes, Made *made);
