/* charset_label.h - what a charset label in mail means. */
#pragma once
#include "lib/span.h"

/* Long enough for every label that ICU knows. */
#define CHARSET_LABEL_BYTES 64

/* The trimmed label in lower case, without quotes, into `plain`. FALSE when it is empty or cannot be one. */
gboolean charset_label_plain(Span label, char plain[CHARSET_LABEL_BYTES]);
/* ICU's name for the charset that mail readers take for a plain label; the label itself where they agree. */
const char *charset_label_icu(const char *plain);
/* The label of a Windows code page: 1252, 65001, 50220 … */
void charset_label_of_codepage(guint codepage, char label[CHARSET_LABEL_BYTES]);
/* Labels of which a converter is opened before the box is entered; NULL-terminated. */
extern const char *const charset_label_warm[];
