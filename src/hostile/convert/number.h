/* number.h - numbers as spreadsheets keep them. */
#pragma once
#include "lib/span.h"

/* A number that is kept has fewer bytes. */
#define NUMBER_BYTES 63

/* Room for any number as text. */
#define NUMBER_TEXT_BYTES 40
/* A number as text: whole ones without a point, others with 15 digits. It lies in `out`. */
Span number_text(double number, char out[NUMBER_TEXT_BYTES]);
/* A number in 30 bits: the front of a double or a whole number, perhaps hundredths ([MS-XLS] 2.5.122, RkNumber). */
double number_rk(guint32 rk);

/* The number without its exponent, when it is a whole one: "4.11111111111111E+15" is how Excel keeps the number of a
 * card.  Else as it is.  The answer is `value` or lies in `out`. */
Span number_whole(Span value, char out[NUMBER_BYTES + 1]);
