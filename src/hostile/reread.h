/* reread.h - a message that was read before, read again at its place, in the box. */
#pragma once
#include "hostile/tools.h"

/* Read [start, end) of the file as one message and tell `sink`. What cannot be read any more is as if not there. */
void reread_message(Tools *tools, int file, guint64 start, guint64 end, const ReaderSink *sink, void *user);
