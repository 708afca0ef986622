/* item_header.h - the header of the message that an Outlook item was; for item_mail.c. */
#pragma once
#include "hostile/outlook/item.h"
#include "hostile/read/scratch.h"

/* Append the header fields but those of MIME, each with its line end. FALSE without memory. */
gboolean item_header(const Item *item, Charsets *charsets, Scratch *out);

/* Append text as one line: what would end the line, and NUL, becomes a blank. */
gboolean item_write_line(Scratch *out, Span text);
/* Append it between quotes. */
gboolean item_write_quoted(Scratch *out, Span text);
gboolean item_write(Scratch *out, const char *string);
