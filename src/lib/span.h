/* span.h - a run of bytes that belongs to somebody else. */
#pragma once
#include <glib.h>
#include <string.h>

/* `n` bytes at `p`.  Not owned, not terminated, may hold NUL.  {NULL, 0} is "not there"; an empty
 * but present value has p != NULL and n == 0. */
typedef struct {
    const char *p;
    gsize n;
} Span;

#define SPAN_NONE ((Span){NULL, 0})
#define SPAN_OF(literal) ((Span){("" literal), sizeof(literal) - 1})

static inline Span span_of_string(const char *s)
{
    return s ? (Span){s, strlen(s)} : SPAN_NONE;
}

static inline gboolean span_equals(Span a, const char *literal)
{
    return a.p && strlen(literal) == a.n && memcmp(a.p, literal, a.n) == 0;
}

/* As g_ascii_tolower, without a call for each byte. */
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* A fresh NUL-terminated copy, freed with g_free; "" for a span that is not there. */
static inline char *span_dup(Span a)
{
    return g_strndup(a.p ? a.p : "", a.n);
}
