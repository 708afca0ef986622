/* transcript_expect.c - fails a cmocka test when a transcript lacks a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hostile/read/transcript.h"

void transcript_expect(Reader *reader, const char *mail, const char *const expected[])
{
    g_autoptr(GString) said = transcript_of(reader, span_of_string(mail));
    for (guint i = 0; expected[i]; i++)
        if (!transcript_has(said, expected[i]))
            fail_msg("missing: %s\nin:\n%s", expected[i], said->str);
    assert_null(transcript_check(reader, span_of_string(mail)));
}
