/* cms.h - the converter of S/MIME and PGP files: what was only signed is read, by OpenSSL; the rest is encrypted.
 *
 * Signatures are not checked: who wrote it is no question here. What was signed is mail's or any other file
 * (inner.h). */
#pragma once
#include "hostile/convert/made.h"

#define CMS_CONVERTER_VERSION 1

gboolean cms_takes(Span bytes, Span media_type);
void cms_convert(Converters *converters, Span bytes, Made *made);
/* What OpenSSL makes on first use. */
void cms_warm_up(void);
