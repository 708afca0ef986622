/* made_fuzz.h - what holds of whatever a converter makes; for the fuzzers. */
#pragma once
#include <stdint.h>

#include "hostile/convert/made.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text is UTF-8, and no more bytes are unscanned than the `size` that there are. */
static inline void fuzz_check(Span text, guint64 unscanned, size_t size)
{
    if (!g_utf8_validate_len(text.p ? text.p : "", text.n, NULL))
        g_error("the text is not UTF-8");
    if (unscanned > size)
        g_error("more bytes are unscanned than there are");
}

/* End what was made of `size` bytes, and check it. */
static inline void fuzz_end(Made *made, size_t size)
{
    made_end(made);
    fuzz_check(scratch_span(&made->text), made->unscanned, size);
}
