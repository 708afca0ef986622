/* seek.c - where "From " stands at the start of a line: the one search that every byte of mail goes through. */
#include "hostile/open/seek.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static inline gboolean stands_here(Span text, gsize at, char newline)
{
    if (text.n - at < 5 || memcmp(text.p + at, "From ", 5) != 0)
        return FALSE;
    return at == 0 || text.p[at - 1] == newline || text.p[at - 1] == '>';
}

static gsize seek_slowly(Span text, gsize from, char newline)
{
    while (from < text.n) {
        const char *hit = memchr(text.p + from, 'F', text.n - from);
        if (!hit)
            return text.n;
        from = (gsize)(hit - text.p);
        if (stands_here(text, from, newline))
            return from;
        from++;
    }
    return text.n;
}

#ifdef __SSE2__
/* 16 places at a time: 'F' here and ' ' four bytes on is rare, so the look at the rest is too. */
static gsize seek_wide(Span text, gsize from, char newline)
{
    const __m128i first = _mm_set1_epi8('F'), last = _mm_set1_epi8(' ');
    for (; text.n - from >= 20; from += 16) {
        __m128i here = _mm_loadu_si128((const __m128i *)(const void *)(text.p + from));
        __m128i behind = _mm_loadu_si128((const __m128i *)(const void *)(text.p + from + 4));
        __m128i both = _mm_and_si128(_mm_cmpeq_epi8(here, first), _mm_cmpeq_epi8(behind, last));
        guint places = (guint)_mm_movemask_epi8(both);
        for (; places; places &= places - 1) {
            gsize at = from + (gsize)__builtin_ctz(places);
            if (stands_here(text, at, newline))
                return at;
        }
    }
    return seek_slowly(text, from, newline);
}
#endif

gsize seek_from(Span text, gsize from, char newline)
{
    if (from >= text.n)
        return text.n;
#ifdef __SSE2__
    return seek_wide(text, from, newline);
#else
    return seek_slowly(text, from, newline);
#endif
}
