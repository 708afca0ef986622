/* base64.c - base64 to bytes: whole quads by AVX2 or by table, the odd characters one by one. */
#include "hostile/read/seek.h"
#include "hostile/read/transfer.h"

/* Values 0 to 63; 64 is padding, 65 white space, 66 what should not be there. */
enum { PADDING = 64, BLANK = 65, WRONG = 66 };
static const guint8 values[256] = {
    66, 66, 66, 66, 66, 66, 66, 66, 66, 65, 65, 66, 66, 65, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
    66, 66, 66, 66, 66, 66, 65, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 62, 66, 66, 66, 63, 52, 53, 54, 55,
    56, 57, 58, 59, 60, 61, 66, 66, 66, 64, 66, 66, 66, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,
    13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 66, 66, 66, 66, 66, 66, 26, 27, 28, 29, 30, 31, 32,
    33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 66, 66, 66, 66, 66, 66, 66,
    66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
    66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
    66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
    66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
    66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
};

/* The vector path writes up to this many bytes behind what it decoded. */
#define SLACK 32

#ifdef __x86_64__
#include <immintrin.h>

#define BOTH_LANES(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

/* Blocks of 32 characters to 24 bytes, up to the last whole quad before a character that is not base64: of the
 * block that holds it, what lies behind is written too, and then written over.
 * The method is Wojciech Muła's: two nibble lookups tell valid characters, a third gives their offset. */
__attribute__((target("avx2"))) static gsize decode_blocks(const char *in, gsize n, char *out)
{
    const __m256i low = BOTH_LANES(21, 17, 17, 17, 17, 17, 17, 17, 17, 17, 19, 26, 27, 27, 27, 26);
    const __m256i high = BOTH_LANES(16, 16, 1, 2, 4, 8, 4, 8, 16, 16, 16, 16, 16, 16, 16, 16);
    const __m256i roll = BOTH_LANES(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m256i pack = BOTH_LANES(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    const __m256i slash = _mm256_set1_epi8(0x2F);
    gsize done = 0;
    for (gsize valid = 32; valid == 32 && done + 32 <= n; done += valid / 4 * 4, out += 24) {
        __m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(in + done));
        __m256i upper = _mm256_and_si256(_mm256_srli_epi32(text, 4), slash);
        __m256i wrong = _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(text, slash)),
                                         _mm256_shuffle_epi8(high, upper));
        guint right = (guint)_mm256_movemask_epi8(_mm256_cmpeq_epi8(wrong, _mm256_setzero_si256()));
        valid = right == G_MAXUINT32 ? 32 : (gsize)__builtin_ctz(~right);
        __m256i offset = _mm256_shuffle_epi8(roll, _mm256_add_epi8(_mm256_cmpeq_epi8(text, slash), upper));
        __m256i sextets = _mm256_add_epi8(text, offset);
        __m256i pairs = _mm256_maddubs_epi16(sextets, _mm256_set1_epi32(0x01400140));
        __m256i triples = _mm256_shuffle_epi8(_mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000)), pack);
        triples = _mm256_permutevar8x32_epi32(triples, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7));
        _mm256_storeu_si256((__m256i *)(void *)out, triples);
    }
    return done;
}

static gsize decode_wide(const char *in, gsize n, char *out)
{
    return __builtin_cpu_supports("avx2") ? decode_blocks(in, n, out) : 0;
}
#else
static gsize decode_wide(const char *in, gsize n, char *out)
{
    (void)in, (void)n, (void)out;
    return 0;
}
#endif

/* As many whole quads as stand together at the front; returns the characters taken. */
static gsize decode_quads(const char *in, gsize n, char *out)
{
    gsize at = decode_wide(in, n, out);
    out += at / 4 * 3;
    for (; at + 4 <= n; at += 4) {
        guint a = values[(guint8)in[at]], b = values[(guint8)in[at + 1]];
        guint c = values[(guint8)in[at + 2]], d = values[(guint8)in[at + 3]];
        if ((a | b | c | d) > 63)
            break;
        guint bits = a << 18 | b << 12 | c << 6 | d;
        *out++ = (char)(bits >> 16);
        *out++ = (char)(bits >> 8);
        *out++ = (char)bits;
    }
    return at;
}

/* Lines of base64 are 76 characters; of longer ones the front is looked at. */
#define LINE_LOOK 128

/* Is the next line that is not blank base64 and nothing else? `at` is where it begins. */
static gboolean goes_on(Span in, gsize at)
{
    Span line = {in.p + at, MIN(in.n - at, LINE_LOOK)};
    line.n = seek_line_end(line, 0);
    line = span_trim(line);
    for (gsize i = 0; i < line.n; i++)
        if (values[(guint8)line.p[i]] > PADDING)
            return FALSE;
    return line.n > 0 && line.n % 4 == 0;
}

/* Characters of a quad that is torn by a line end, padding or the end. */
typedef struct {
    guint bits, count;
    char *to;
} Quad;

static void end_quad(Quad *quad, guint64 *defects)
{
    if (quad->count == 1)
        *defects |= DEFECT_BAD_BASE64;
    if (quad->count >= 2)
        *quad->to++ = (char)(quad->count == 2 ? quad->bits >> 4 : quad->bits >> 10);
    if (quad->count == 3)
        *quad->to++ = (char)(quad->bits >> 2);
    quad->bits = quad->count = 0;
}

static void add_to_quad(Quad *quad, guint value)
{
    quad->bits = quad->bits << 6 | value;
    if (++quad->count < 4)
        return;
    *quad->to++ = (char)(quad->bits >> 16);
    *quad->to++ = (char)(quad->bits >> 8);
    *quad->to++ = (char)quad->bits;
    quad->bits = quad->count = 0;
}

/* Behind padding: the rest of it, then either more base64 or what is not ours. Where decoding goes on. */
static gsize after_padding(Span in, gsize at, guint64 *defects, gsize *trailer)
{
    while (at < in.n && (values[(guint8)in.p[at]] == PADDING || values[(guint8)in.p[at]] == BLANK))
        at++;
    if (at == in.n)
        return at;
    *defects |= DEFECT_BAD_BASE64;
    if (goes_on(in, at))
        return at;
    *trailer = in.n - at;
    return in.n;
}

gboolean base64_decode(Span in, Scratch *out, guint64 *defects, gsize *trailer)
{
    *trailer = 0;
    if (!scratch_reserve(out, in.n / 4 * 3 + 3 + SLACK))
        return FALSE;
    Quad quad = {.to = out->p + out->n};
    for (gsize at = 0; at < in.n;) {
        gsize taken = quad.count ? 0 : decode_quads(in.p + at, in.n - at, quad.to);
        quad.to += taken / 4 * 3;
        at += taken;
        if (at == in.n)
            break;
        guint value = values[(guint8)in.p[at++]];
        if (value < PADDING)
            add_to_quad(&quad, value);
        else if (value == WRONG)
            *defects |= DEFECT_BAD_BASE64;
        else if (value == PADDING) {
            if (quad.count < 2)
                *defects |= DEFECT_BAD_BASE64;
            end_quad(&quad, defects);
            at = after_padding(in, at, defects, trailer);
        }
    }
    if (quad.count)
        *defects |= DEFECT_BAD_BASE64;
    end_quad(&quad, defects);
    out->n = (gsize)(quad.to - out->p);
    return TRUE;
}
