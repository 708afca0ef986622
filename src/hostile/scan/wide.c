/* wide.c - where digits, '@' and ':' stand, 64 bytes at a time. */
#include "hostile/scan/wide.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

void wide_classify_plain(const char *text, gsize blocks, WideMask *masks)
{
    for (gsize block = 0; block < blocks; block++, text += WIDE_BLOCK) {
        WideMask mask = {0, 0, 0};
        for (guint i = 0; i < WIDE_BLOCK; i++) {
            mask.digit |= (guint64)((guint8)(text[i] - '0') < 10) << i;
            mask.at |= (guint64)(text[i] == '@') << i;
            mask.colon |= (guint64)(text[i] == ':') << i;
        }
        masks[block] = mask;
    }
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline guint64 join(__m256i low, __m256i high)
{
    return (guint64)(guint32)_mm256_movemask_epi8(low) | (guint64)(guint32)_mm256_movemask_epi8(high) << 32;
}

__attribute__((target("avx2"))) static inline __m256i is_digit(__m256i bytes)
{
    __m256i value = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(value, _mm256_set1_epi8(9)), value);
}

__attribute__((target("avx2"))) static void classify_avx2(const char *text, gsize blocks, WideMask *masks)
{
    const __m256i at = _mm256_set1_epi8('@'), colon = _mm256_set1_epi8(':');
    for (gsize block = 0; block < blocks; block++, text += WIDE_BLOCK) {
        __m256i low = _mm256_loadu_si256((const __m256i_u *)text);
        __m256i high = _mm256_loadu_si256((const __m256i_u *)(text + 32));
        masks[block].digit = join(is_digit(low), is_digit(high));
        masks[block].at = join(_mm256_cmpeq_epi8(low, at), _mm256_cmpeq_epi8(high, at));
        masks[block].colon = join(_mm256_cmpeq_epi8(low, colon), _mm256_cmpeq_epi8(high, colon));
    }
}

WideClassify wide_classify_avx2(void)
{
    return __builtin_cpu_supports("avx2") ? classify_avx2 : NULL;
}

#else

WideClassify wide_classify_avx2(void)
{
    return NULL;
}

#endif
