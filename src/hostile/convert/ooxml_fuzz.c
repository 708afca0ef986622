/* ooxml_fuzz.c - any bytes as an Office file: nothing crashes, the text is UTF-8, and the counts hold. */
#include "hostile/convert/made_fuzz.h"
#include "hostile/convert/ooxml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Made made;
    if (!made.text.p)
        ooxml_warm_up();
    made_begin(&made, NULL, NULL);
    ooxml_convert(NULL, (Span){(const char *)data, size}, (1u << CONTENT_COUNT) - 1, &made);
    fuzz_end(&made, size);
    return 0;
}
