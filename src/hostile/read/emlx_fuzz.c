/* emlx_fuzz.c - any bytes as a mail of Apple Mail: what is found lies in the file, and its mail reads as any other. */
#include <stdint.h>
#include <stdlib.h>

#include "hostile/read/emlx.h"
#include "hostile/read/transcript.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Reader *reader;
    Emlx emlx;
    if (!reader)
        reader = reader_new(NULL);
    if (!emlx_find((Span){(const char *)data, size}, &emlx))
        return 0;
    if (!emlx.start || emlx.start > size || emlx.n > size - emlx.start)
        g_error("a mail outside of its file");
    if (emlx.missing && emlx.start + emlx.n != size)
        g_error("bytes are missing, and there are some");
    const char *wrong = transcript_check(reader, (Span){(const char *)data + emlx.start, emlx.n});
    if (wrong)
        g_error("%s", wrong);
    return 0;
}
