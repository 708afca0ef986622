/* parameter.h - "value; name=value; …" of Content-Type and Content-Disposition, RFC 2231 included. */
#pragma once
#include "hostile/limits.h"
#include "hostile/read/encoded.h"

/* One name=value as it stands, or a section of one: name*2*=…  */
typedef struct {
    Span name;         /* without the stars                   */
    Span value;        /* without quotes; backslashes stay    */
    guint index;       /* section; 0 for the first or only    */
    gboolean extended; /* percent-encoded                     */
    gboolean quoted;
} Parameter;

/* Of one field; reused for the next. */
typedef struct {
    Span value; /* before the first ';', trimmed */
    guint count;
    Parameter list[LIMIT_VALUE_WORDS];
} Parameters;

/* Split a field's value. Missing semicolons, blanks around '=', unclosed quotes, comments and empty parameters
 * are read over. Parameters beyond LIMIT_VALUE_WORDS are counted in words->cut. */
void parameters_parse(Parameters *parameters, Span value, Words *words);
/* The decoded value of `name` (lower case), SPAN_NONE when absent: RFC 2231 sections joined in order,
 * charset and percent-encoding undone; else RFC 2047 words, which many senders put there. */
Span parameters_get(const Parameters *parameters, const char *name, Words *words);
