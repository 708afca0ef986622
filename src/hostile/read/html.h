/* html.h - HTML to the text that a reader of it would see. */
#pragma once
#include "hostile/read/scratch.h"

/* Append the text of `html` (UTF-8) to `out`: tags and comments out, what is in style and script dropped, entities
 * decoded, block tags as line ends, other line ends as blanks, and the target of a link in angle brackets
 * behind its text, since addresses and credentials stand there. Never more bytes than `html` has, plus one.
 * FALSE only when memory cannot be had. */
gboolean html_strip(Span html, Scratch *out);
/* Does this look like HTML? For files without a label. */
gboolean html_looks(Span text);
