/* number.c - numbers as spreadsheets keep them. */
#include "hostile/convert/number.h"

#include <math.h>

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

Span number_text(double number, char out[NUMBER_TEXT_BYTES])
{
    gboolean whole = number > -1e18 && number < 1e18 && number == floor(number);
    if (whole)
        g_snprintf(out, NUMBER_TEXT_BYTES, "%" G_GINT64_FORMAT, (gint64)number);
    else
        g_ascii_formatd(out, NUMBER_TEXT_BYTES, "%.15g", number);
    return span_of_string(out);
}

double number_rk(guint32 rk)
{
    double number;
    if (rk & 2) {
        number = (double)((gint32)rk >> 2);
    } else {
        guint64 bits = (guint64)(rk & ~3u) << 32;
        memcpy(&number, &bits, sizeof number);
    }
    return rk & 1 ? number / 100 : number;
}
