/* number.h - numbers as spreadsheets keep them. */
#pragma once
#include "lib/span.h"

/* A number that is kept has fewer bytes. */
#define NUMBER_BYTES 63

/* The number without its exponent, when it is a whole one: "4.11111111111111E+15" is how Excel keeps the number of a
 * card.  Else as it is.  The answer is `value` or lies in `out`. */
Span number_whole(Span value, char out[NUMBER_BYTES + 1]);
