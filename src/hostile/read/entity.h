/* entity.h - HTML's names for characters. */
#pragma once
#include "lib/span.h"

/* The entity at the front of `text`, which begins with '&': its UTF-8 into to[4], *n its bytes (never more than the
 * entity's). Returns how many characters of text it takes, 0 when it is none. NUL, surrogates and numbers
 * beyond Unicode become U+FFFD; 128 to 159 are read as windows-1252, as browsers do. */
gsize entity_decode(Span text, char to[4], guint *n);
