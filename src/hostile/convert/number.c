/* number.c - numbers as spreadsheets keep them. */
#include "hostile/convert/number.h"

Span number_whole(Span value, char out[NUMBER_BYTES + 1])
{
    char *end = out;
    if (!value.n || value.n > NUMBER_BYTES || !memchr(value.p, 'E', value.n))
        return value;
    memcpy(out, value.p, value.n);
    out[value.n] = '\0';
    double number = g_ascii_strtod(out, &end);
    if (*end != '\0' || number <= -1e18 || number >= 1e18 || number != (double)(gint64)number)
        return value;
    int n = g_snprintf(out, NUMBER_BYTES + 1, "%" G_GINT64_FORMAT, (gint64)number);
    return (Span){out, (gsize)n};
}
