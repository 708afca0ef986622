/* within_fuzz.c - any bytes as whatever they are: nothing crashes, the text is UTF-8, and the counts hold. */
#include <stdint.h>

#include "hostile/convert/convert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Converters *converters;
    Converted converted;
    if (!converters)
        converters = converters_load("/nowhere", NULL);
    convert(converters, (Span){(const char *)data, size}, SPAN_NONE, NULL, NULL, &converted);
    if (!g_utf8_validate_len(converted.text.p, converted.text.n, NULL))
        g_error("the text is not UTF-8");
    if (converted.unscanned > size)
        g_error("more bytes are unscanned than there are");
    return 0;
}
