/* within_fuzz.c - any bytes as whatever they are: nothing crashes, the text is UTF-8, and the counts hold. */
#include "hostile/convert/convert.h"
#include "hostile/convert/made_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Converters *converters;
    Converted converted;
    if (!converters)
        converters = converters_load("/nowhere", OCR_OFF, NULL);
    convert(converters, (Span){(const char *)data, size}, SPAN_NONE, NULL, NULL, &converted);
    fuzz_check(converted.text, converted.unscanned, size);
    return 0;
}
