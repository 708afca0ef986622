/* rtf_fuzz.c - any bytes as RTF: nothing crashes, the text is UTF-8, and the counts hold. */
#include "hostile/convert/made_fuzz.h"
#include "hostile/convert/rtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Charsets *charsets;
    static Made made;
    if (!charsets)
        charsets = charsets_new(NULL);
    made_begin(&made, NULL, NULL);
    rtf_convert(charsets, (Span){(const char *)data, size}, (1u << CONTENT_COUNT) - 1, &made);
    fuzz_end(&made, size);
    return 0;
}
