/* address.h - the addresses of a header field, or of a line that quotes one. */
#pragma once
#include "hostile/read/encoded.h"

typedef struct {
    Span name;    /* decoded; SPAN_NONE when none                              */
    Span address; /* local@domain, domain in lower case; else as found         */
    gboolean bad; /* had to be guessed                                         */
} Address;

/* A walk over one field's value. Zero-initialise but for `value` and `words`. */
typedef struct {
    Span value;
    Words *words;
    gsize at;
    gboolean no_quote_end, no_comment_end; /* looked for and not there: never again */
} AddressCursor;

/* The next address: RFC 5322 with groups (their members), comments (a name, when there is no other), quoted
 * strings, routes; and what mail has besides: ';' between addresses, [mailto:x], 'x', a name and an address
 * without brackets, encoded words that hold the brackets. FALSE at the end. Strings are good until the
 * arena is reset. */
gboolean address_next(AddressCursor *cursor, Address *address);
