/* shape_named.h - the shapes that no template can say. */
#pragma once
#include "lib/span.h"

/* Each is given the place of its sign and says where the thing would begin and end; FALSE when it is none. */

/* `at`: an '@'. Local part and domain of RFC 5321, ASCII, with a dot in the domain. */
gboolean shape_email(Span text, gsize at, gsize *start, gsize *end);
/* `at`: a ':'. The run of hexadecimal digits and colons; only its first colon answers TRUE. */
gboolean shape_ipv6(Span text, gsize at, gsize *start, gsize *end);
/* `at`: the first digit, behind two capitals. As far as capitals, digits and single blanks go, 34 at most. */
gboolean shape_iban(Span text, gsize at, gsize *start, gsize *end);
/* `at`: the first digit, behind '+', or the first of "00". */
gboolean shape_phone_international(Span text, gsize at, gsize *start, gsize *end);
/* `at`: a '0', perhaps behind '('. */
gboolean shape_phone_national(Span text, gsize at, gsize *start, gsize *end);
