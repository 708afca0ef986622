/* little.h - little-endian numbers in bytes; beyond their end is 0. */
#pragma once
#include "lib/span.h"

static inline guint64 little_number(Span bytes, gsize at, guint n)
{
    guint64 number = 0;
    for (guint i = n; i--;)
        number = number << 8 | (at < bytes.n && i < bytes.n - at ? (guint8)bytes.p[at + i] : 0u);
    return number;
}

static inline guint little8(Span bytes, gsize at)
{
    return (guint)little_number(bytes, at, 1);
}

static inline guint little16(Span bytes, gsize at)
{
    return (guint)little_number(bytes, at, 2);
}

static inline guint32 little32(Span bytes, gsize at)
{
    return (guint32)little_number(bytes, at, 4);
}

/* The bytes from `at`, at most n of them. */
static inline Span little_part(Span bytes, gsize at, gsize n)
{
    at = MIN(at, bytes.n);
    return (Span){bytes.p + at, MIN(n, bytes.n - at)};
}

static inline void little_put(char *to, guint64 number, guint n)
{
    for (guint i = 0; i < n; i++, number >>= 8)
        to[i] = (char)(number & 0xff);
}
