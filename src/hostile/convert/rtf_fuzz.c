/* rtf_fuzz.c - any bytes as RTF: nothing crashes, the text is UTF-8, and the counts hold. */
#include <stdint.h>

#include "hostile/convert/rtf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Charsets *charsets;
    static Made made;
    if (!charsets)
        charsets = charsets_new(NULL);
    made_begin(&made, NULL, NULL);
    rtf_convert(charsets, (Span){(const char *)data, size}, (1u << CONTENT_COUNT) - 1, &made);
    made_end(&made);
    if (!g_utf8_validate_len(made.text.p ? made.text.p : "", made.text.n, NULL))
        g_error("the text is not UTF-8");
    if (made.unscanned > size)
        g_error("more bytes are unscanned than there are");
    return 0;
}
