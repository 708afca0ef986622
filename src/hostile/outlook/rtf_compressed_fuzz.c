/* rtf_compressed_fuzz.c - any bytes as compressed RTF, and what comes out or went in as RTF that wraps a text: nothing
 * crashes, ceilings hold, the text is UTF-8. */
#include <stdint.h>

#include "hostile/limits.h"
#include "hostile/outlook/rtf_compressed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void unwrap(Charsets *charsets, Span rtf)
{
    g_auto(Scratch) text = {0};
    gboolean html;
    guint64 lost;
    if (!rtf_decapsulate(rtf, charsets, &text, &html, &lost))
        return;
    if (!g_utf8_validate_len(scratch_span(&text).p, text.n, NULL))
        g_error("the text is not UTF-8");
    if (text.n > 3 * rtf.n)
        g_error("the text is longer than three times the RTF");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Charsets *charsets;
    g_auto(Scratch) rtf = {0};
    gboolean damaged;
    Span bytes = {(const char *)data, size};
    if (!charsets)
        charsets = charsets_new(NULL);
    if (rtf_decompress(bytes, &rtf, &damaged))
        unwrap(charsets, scratch_span(&rtf));
    if (rtf.n > LIMIT_RTF_BYTES)
        g_error("the RTF is longer than its ceiling");
    unwrap(charsets, bytes);
    return 0;
}
