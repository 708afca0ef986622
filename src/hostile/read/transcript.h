/* transcript.h - what a reader said about a message, as text. For tests. */
#pragma once
#include "hostile/read/reader.h"

/* Read `mail` and give, line by line in the order of the callbacks (g_string_free):
 *   address ROLE NAME|ADDRESS           mention PATH ROLE NAME|ADDRESS
 *   pseudo NAME|TEXT                    text PATH|TEXT (html PATH|TEXT)
 *   part PATH KIND TYPE STATE read+unscanned FILENAME
 *   gap PATH REASON BYTES
 * and at last: head DATE ZONE|ID|SUBJECT|REPLY|DEFECTS. Line ends inside texts stand as '/'. */
GString *transcript_of(Reader *reader, Span mail);
/* Does the transcript hold this line? */
gboolean transcript_has(const GString *transcript, const char *line);

/* Fail the running test unless every line of `expected` (NULL-terminated) stands in what the reader says of
 * `mail`, and the invariants hold. */
void transcript_expect(Reader *reader, const char *mail, const char *const expected[]);

/* As transcript_of, but checks invariants instead of writing: spans in range, sums, UTF-8, order. NULL when all
 * hold, else what does not. */
const char *transcript_check(Reader *reader, Span mail);
