/* mime.h - the tree of a message. */
#pragma once
#include "hostile/read/reading.h"

/* Walk the message in `bytes`: its header, then its parts, in order. */
void mime_read(Reader *reader, Span bytes);
