/* ole_fuzz.c - any bytes as an old Office file: nothing crashes, the text is UTF-8, and the counts hold. */
#include "hostile/convert/made_fuzz.h"
#include "hostile/convert/ole.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Made made;
    static Converters *converters;
    static Charsets *charsets;
    if (!charsets)
        charsets = charsets_new(NULL);
    if (!converters)
        converters = converters_load("/nowhere", OCR_OFF, NULL);
    made_begin(&made, NULL, NULL);
    ole_convert(converters, charsets, (Span){(const char *)data, size}, (1u << CONTENT_COUNT) - 1, &made);
    fuzz_end(&made, size);
    return 0;
}
