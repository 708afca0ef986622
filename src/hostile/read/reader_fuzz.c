/* reader_fuzz.c - any bytes as a message: nothing crashes, and what the reader says holds together. */
#include <stdint.h>
#include <stdlib.h>

#include "hostile/read/transcript.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Reader *reader;
    if (!reader)
        reader = reader_new(NULL);
    const char *wrong = transcript_check(reader, (Span){(const char *)data, size});
    if (wrong)
        g_error("%s", wrong);
    Span text;
    gboolean html;
    if (reader_plain_text(reader, (Span){(const char *)data, size}, &text, &html) &&
        !g_utf8_validate_len(text.p, text.n, NULL))
        g_error("plain text is not UTF-8");
    return 0;
}
