/* seek.h - where "From " stands at the start of a line: the one search that every byte of mail goes through. */
#pragma once
#include "lib/span.h"

/* The offset of the first "From " in text at or behind `from` whose previous byte is `newline` or '>', or that is
 * at offset 0; text.n when there is none. */
gsize seek_from(Span text, gsize from, char newline);
