/* odf_fuzz.c - any bytes as an OpenDocument file: nothing crashes, the text is UTF-8, and the counts hold. */
#include <stdint.h>

#include "hostile/convert/odf.h"
#include "hostile/convert/ooxml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Made made;
    if (!made.text.p)
        ooxml_warm_up();
    made_begin(&made, NULL, NULL);
    odf_convert(NULL, (Span){(const char *)data, size}, (1u << CONTENT_COUNT) - 1, &made);
    made_end(&made);
    if (!g_utf8_validate_len(made.text.p ? made.text.p : "", made.text.n, NULL))
        g_error("the text is not UTF-8");
    if (made.unscanned > size)
        g_error("more bytes are unscanned than there are");
    return 0;
}
