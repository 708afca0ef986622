/* pattern.h - one sentence with places for values, in the words of ICU's message format that a notice needs.
 *
 *   {name}                                             a text, a number or a day
 *   {count, plural, =0 {none} one {# mail} other {# mails}}
 *
 * '#' is the number.  A form that is exactly the number (=0) goes before the language's own.  Texts inside a form may
 * name values in turn.  Two apostrophes are one; a brace between apostrophes is a brace. */
#pragma once
#include "lib/language.h"
#include "lib/values.h"

/* Append the sentence. Values that are texts are written as a terminal's line would show them (lib/escape), so that
 * nothing from outside breaks a line or turns its direction. FORMAT names what is wrong: a value that is not there, an
 * open brace, a plural without "other". */
gboolean pattern_append(GString *out, const char *pattern, const Language *language, const Values *values,
                        GError **error);
