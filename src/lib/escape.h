/* escape.h - text from outside on its way to a sink: one function per sink.
 *
 * Nothing that came out of a mail (an address, a masked subject, a file name) reaches a terminal, a file
 * for a spreadsheet, a page or a header but through here.  Each function appends to `out`; none fails; a
 * span that is not there appends what an empty one does.  Bytes that are not UTF-8, and NUL, become
 * U+FFFD, one for each byte. */
#pragma once
#include <glib.h>
#include "lib/span.h"

/* A terminal line.  Everything that moves the cursor, changes colours, breaks the line, turns its
 * direction or hides itself is shown instead: tab, CR and LF as \t \r \n; the other controls (C0, DEL,
 * C1), bidirectional marks (UAX 9), zero-width and other format characters, line and paragraph
 * separators, private use and unassigned ones as \u{202E}. A backslash is doubled, so that what is shown
 * can be told from what was there.  Combining marks pass, at most ESCAPE_MARKS_MOST on one letter. */
void escape_terminal(GString *out, Span text);
#define ESCAPE_MARKS_MOST 4

/* A CSV field (RFC 4180), quoted when it holds a comma, a quote, CR, LF, or a blank at either end.  A
 * text that a spreadsheet would take for a formula (it begins with = + - @, tab or CR) gets an
 * apostrophe in front, as OWASP's page on CSV injection advises; numbers are not text and are written
 * without this function. */
void escape_csv(GString *out, Span text);

/* A JSON string with its quotes (RFC 8259): ", \ and controls escaped, also DEL and U+2028, U+2029. */
void escape_json(GString *out, Span text);

/* Text between HTML tags: & < > and controls that HTML forbids (as U+FFFD). */
void escape_html(GString *out, Span text);

/* The inside of an HTML attribute in double quotes: as escape_html, and " ' ` = and line breaks as
 * references. */
void escape_html_attribute(GString *out, Span text);

/* An unstructured header field's value (RFC 5322): plain ASCII stands; anything else, and what looks
 * like an encoded word, becomes encoded words (RFC 2047, UTF-8, B) of at most 75 characters, folded with
 * CR LF and a blank. CR, LF and other controls become blanks before: no value can begin a new field. */
void escape_header(GString *out, Span text);

/* The value of a text property of a calendar (RFC 5545, 3.3.11): \ ; , and line ends behind a backslash, other
 * controls as blanks. Folding is the caller's, since the line's length is. */
void escape_ics(GString *out, Span text);
/* One whole content line with its CR LF, folded to 75 octets between characters (RFC 5545, 3.1). */
void escape_ics_line(GString *out, Span line);
