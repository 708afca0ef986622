/* letters.h - the converter of mail within a file: a message (EMLX too), an mbox, one in another form, what was signed.
 *
 * Subject, names and addresses, and the text as hostile/read has it; what is attached is converted too (inner.h). */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/read/reader.h"

#define MAIL_VERSION 3

/* Whether the bytes begin with fields of mail, or an mbox's envelope line and those, or are an EMLX. */
gboolean mail_takes(Span bytes, Span media_type);
/* Messages in forms that the reader knows (winmail.dat, MSG) are read too. */
void mail_convert(Converters *converters, Reader *reader, Span bytes, Made *made);
