/* seek.c - searches sixteen bytes at a time where the processor can (every x86-64 can), else byte by byte. */
#include "hostile/read/seek.h"

#ifdef __SSE2__
#include <emmintrin.h>

static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline __m128i equal(const char *p, char c)
{
    return _mm_cmpeq_epi8(load(p), _mm_set1_epi8(c));
}

static inline guint places(__m128i equal)
{
    return (guint)_mm_movemask_epi8(equal);
}

/* Whole blocks of the search; *from ends at what is left for the bytewise loop. Nothing is decided by the line end
 * alone: it comes too often for a processor's guess to be right. */
static gsize seek_three_blocks(Span bytes, gsize *from, const char abc[3])
{
    gsize at = *from;
    for (; at + 18 <= bytes.n; at += 16) {
        const char *p = bytes.p + at;
        __m128i two = _mm_and_si128(equal(p, abc[0]), equal(p + 1, abc[1]));
        guint hits = places(_mm_and_si128(two, equal(p + 2, abc[2])));
        if (hits)
            return at + (gsize)__builtin_ctz(hits);
    }
    *from = at;
    return SEEK_NOT_FOUND;
}

static gsize line_with_blocks(Span bytes, gsize *from, const char any[3])
{
    gsize at = *from;
    for (; at + 17 <= bytes.n; at += 16) {
        const char *p = bytes.p + at;
        __m128i second = _mm_or_si128(equal(p + 1, any[0]), equal(p + 1, any[1]));
        second = _mm_or_si128(second, equal(p + 1, any[2]));
        guint hits = places(_mm_and_si128(equal(p, '\n'), second));
        if (hits)
            return at + (gsize)__builtin_ctz(hits);
    }
    *from = at;
    return SEEK_NOT_FOUND;
}

static inline guint not_ascii(const char *p)
{
    return places(_mm_or_si128(load(p), equal(p, 0)));
}

/* Whether 64 bytes are ASCII and not NUL. */
static inline gboolean is_ascii(const char *p)
{
    __m128i a = load(p), b = load(p + 16), c = load(p + 32), d = load(p + 48);
    __m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
    __m128i least = _mm_min_epu8(_mm_min_epu8(a, b), _mm_min_epu8(c, d));
    return places(_mm_or_si128(any, _mm_cmpeq_epi8(least, _mm_setzero_si128()))) == 0;
}

static gsize ascii_blocks(Span bytes)
{
    gsize at = 0;
    while (at + 64 <= bytes.n && is_ascii(bytes.p + at))
        at += 64;
    for (; at + 16 <= bytes.n; at += 16) {
        guint high = not_ascii(bytes.p + at);
        if (high)
            return at + (gsize)__builtin_ctz(high);
    }
    return at;
}

/* Whole blocks of the copy, up to the one that holds `stop`. */
static gsize copy_blocks(Span from, char stop, char blank, char *to)
{
    const __m128i change = _mm_set1_epi8((char)('\n' ^ blank));
    gsize at = 0;
    for (; at + 16 <= from.n; at += 16) {
        const char *p = from.p + at;
        __m128i line_ends = equal(p, '\n');
        _mm_storeu_si128((__m128i *)(void *)(to + at),
                         _mm_xor_si128(load(p), _mm_and_si128(line_ends, change)));
        guint hits = places(equal(p, stop));
        if (hits)
            return at + (gsize)__builtin_ctz(hits);
    }
    return at;
}
#else
static gsize copy_blocks(Span from, char stop, char blank, char *to)
{
    (void)from, (void)stop, (void)blank, (void)to;
    return 0;
}

static gsize seek_three_blocks(Span bytes, gsize *from, const char abc[3])
{
    (void)bytes, (void)from, (void)abc;
    return SEEK_NOT_FOUND;
}

static gsize line_with_blocks(Span bytes, gsize *from, const char any[3])
{
    (void)bytes, (void)from, (void)any;
    return SEEK_NOT_FOUND;
}

static gsize ascii_blocks(Span bytes)
{
    (void)bytes;
    return 0;
}
#endif

gsize seek_three(Span bytes, gsize from, const char abc[3])
{
    gsize found = seek_three_blocks(bytes, &from, abc);
    if (found != SEEK_NOT_FOUND)
        return found;
    for (; from + 3 <= bytes.n; from++)
        if (bytes.p[from] == abc[0] && bytes.p[from + 1] == abc[1] && bytes.p[from + 2] == abc[2])
            return from;
    return SEEK_NOT_FOUND;
}

gsize seek_line_with(Span bytes, gsize from, const char any[3])
{
    gsize found = line_with_blocks(bytes, &from, any);
    if (found != SEEK_NOT_FOUND)
        return found + 1;
    for (; from + 1 < bytes.n; from++)
        if (bytes.p[from] == '\n' && memchr(any, bytes.p[from + 1], 3))
            return from + 1;
    return SEEK_NOT_FOUND;
}

gsize seek_ascii(Span bytes)
{
    gsize at = ascii_blocks(bytes);
    while (at < bytes.n && (gint8)bytes.p[at] > 0)
        at++;
    return at;
}

gsize seek_copy(Span from, char stop, char blank, char *to)
{
    gsize at = copy_blocks(from, stop, blank, to);
    for (; at < from.n && from.p[at] != stop; at++)
        to[at] = from.p[at] == '\n' ? blank : from.p[at];
    return at;
}

static gboolean continues(const char *p)
{
    return ((guint8)*p & 0xC0) == 0x80;
}

guint seek_utf8_sequence(const char *p, const char *end)
{
    guint8 first = (guint8)p[0];
    gsize room = (gsize)(end - p);
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4 || room < 2 || !continues(p + 1))
        return 0;
    if (first < 0xE0)
        return 2;
    guint8 second = (guint8)p[1];
    if (room < 3 || !continues(p + 2))
        return 0;
    if (first < 0xF0) /* overlong forms and surrogates are not UTF-8 */
        return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ? 0 : 3;
    if (room < 4 || !continues(p + 3))
        return 0;
    return (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) ? 0 : 4;
}

gboolean seek_utf8(Span bytes, gboolean *ascii)
{
    const char *end = bytes.p + bytes.n;
    const char *p = bytes.p + seek_ascii(bytes);
    *ascii = p == end;
    while (p < end) {
        guint length = *p ? seek_utf8_sequence(p, end) : 0;
        if (!length)
            return FALSE;
        p += length;
        if (p < end && (gint8)*p > 0)
            p += seek_ascii((Span){p, (gsize)(end - p)});
    }
    return TRUE;
}
