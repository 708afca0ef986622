/* page.h - the frame in which an interface gives a page of records: {"@odata.context": "…", "value": [ … ], …}. */
#pragma once
#include "lib/span.h"

/* How many bytes of `text`, which begins with a brace, go before the first record, the bracket of the array
 * included; 0 when it is no page. */
gsize page_head(Span text);
/* How many bytes of `text`, which begins with the array's closing bracket, end the page. */
gsize page_tail(Span text);
