/* near.c - which context words stand near a place. */
#include "hostile/scan/near.h"

#define BUCKETS 4096
#define NO_WORD G_MAXUINT16
/* What is looked at on one side at once. */
#define SIDE MAX(NEAR_BEFORE, NEAR_AFTER)
#define HEAD_BYTES sizeof(guint64)

typedef struct {
    guint64 head, head_mask; /* its first bytes, compared at once */
    char *text;              /* folded, without '*'               */
    gsize n;
    gboolean open; /* "word*"                           */
    guint16 next;  /* in the same bucket                */
} NearWord;

struct NearWords {
    guint count;
    NearWord word[NEAR_MAX_WORDS];
    guint16 bucket[BUCKETS]; /* by the first two bytes */
};

void fold_lower(const char *from, gsize n, char *to)
{
    for (gsize i = 0; i < n; i++) {
        guint8 c = (guint8)from[i], before = i ? (guint8)from[i - 1] : 0;
        if (c >= 'A' && c <= 'Z')
            c = (guint8)(c + 32);
        else if (before == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97)
            c = (guint8)(c + 32);
        else if (before == 0xd0 && c >= 0x90 && c <= 0x9f)
            c = (guint8)(c + 32);
        else if (before == 0xd0 && c >= 0xa0 && c <= 0xaf) {
            to[i - 1] = '\xd1';
            c = (guint8)(c - 32);
        }
        to[i] = (char)c;
    }
}

/* The bytes behind a side are 0, which no word has. */
typedef struct {
    char folded[2 * SIDE];
    guint8 begins[SIDE]; /* 1: a word may begin here */
} Side;

static guint bucket_of(const char *p)
{
    return ((guint)(guint8)p[0] * 33 ^ (guint)(guint8)p[1] * 257) % BUCKETS;
}

NearWords *near_words_new(void)
{
    NearWords *words = g_new0(NearWords, 1);
    memset(words->bucket, 0xff, sizeof words->bucket);
    return words;
}

void near_words_free(NearWords *words)
{
    if (!words)
        return;
    for (guint i = 0; i < words->count; i++)
        g_free(words->word[i].text);
    g_free(words);
}

static guint64 load_eight(const char *p)
{
    guint64 eight;
    memcpy(&eight, p, sizeof eight);
    return eight;
}

static NearWord make_word(const char *folded, gsize n, gboolean open)
{
    char head[HEAD_BYTES] = {0}, mask[HEAD_BYTES] = {0};
    memcpy(head, folded, MIN(n, HEAD_BYTES));
    memset(mask, 0xff, MIN(n, HEAD_BYTES));
    return (NearWord){load_eight(head), load_eight(mask), g_strndup(folded, n), n, open, NO_WORD};
}

static guint find_or_add(NearWords *words, const char *folded, gsize n, gboolean open)
{
    for (guint i = 0; i < words->count; i++)
        if (words->word[i].n == n && words->word[i].open == open &&
            memcmp(words->word[i].text, folded, n) == 0)
            return i;
    if (words->count == NEAR_MAX_WORDS)
        return NEAR_MAX_WORDS;
    guint16 *bucket = &words->bucket[bucket_of(folded)];
    NearWord *word = &words->word[words->count];
    *word = make_word(folded, n, open);
    word->next = *bucket;
    *bucket = (guint16)words->count;
    return words->count++;
}

gboolean near_words_add(NearWords *words, const char *word, NearSet *set)
{
    gsize n = strlen(word);
    gboolean open = n > 0 && word[n - 1] == '*';
    n -= open ? 1 : 0;
    if (n < 2 || n > NEAR_BEFORE)
        return FALSE;
    g_autofree char *folded = g_strndup(word, n);
    fold_lower(word, n, folded);
    guint index = find_or_add(words, folded, n, open);
    if (index == NEAR_MAX_WORDS)
        return FALSE;
    set->bits[index / 64] |= 1ULL << index % 64;
    return TRUE;
}

/* 1 for a letter or digit; of folded bytes. */
static inline guint8 is_letter(guint8 c)
{
    return (guint8)((guint8)(c - 'a') < 26) | (guint8)((guint8)(c - '0') < 10) | c >> 7;
}

/* 1 for Chinese, Japanese and Korean, which do not part words: every character may begin one. */
static inline guint8 is_unparted(guint8 first)
{
    return (guint8)(first - 0xe3) <= 0xed - 0xe3;
}

/* Fold it, and find where words begin. Free of branches and of a fixed length, so that compilers make it wide. */
static void prepare(Span text, Side *side)
{
    char from[1 + SIDE] = {0}, *to = side->folded;
    memset(side->folded, 0, sizeof side->folded);
    memcpy(from + 1, text.p, text.n);
    guint8 high = 0;
    for (gsize i = 0; i < SIDE; i++) {
        guint8 c = (guint8)from[1 + i];
        high |= c;
        to[i] = (char)(c + ((guint8)((guint8)(c - 'A') < 26) << 5));
    }
    if (high >= 0x80)
        fold_lower(text.p, text.n, to);
    memcpy(from + 1, to, SIDE);
    for (gsize i = 0; i < SIDE; i++) {
        guint8 before = (guint8)from[i], c = (guint8)from[1 + i];
        guint8 starts_character = (guint8)(c < 0x80) | (guint8)(c >= 0xc0);
        side->begins[i] = is_letter(c) & starts_character & ((is_letter(before) ^ 1) | is_unparted(c));
    }
}

static gboolean stands_at(const NearWord *word, const char *p)
{
    if ((load_eight(p) & word->head_mask) != word->head ||
        (word->n > HEAD_BYTES && memcmp(word->text, p, word->n) != 0))
        return FALSE;
    return word->open || !is_letter((guint8)p[word->n]) || is_unparted((guint8)p[0]);
}

static void find_at(const NearWords *words, const char *p, NearSet *found)
{
    for (guint w = words->bucket[bucket_of(p)]; w != NO_WORD; w = words->word[w].next)
        if (stands_at(&words->word[w], p))
            found->bits[w / 64] |= 1ULL << w % 64;
}

static void look_at(const NearWords *words, Span text, NearSet *found)
{
    Side side;
    prepare(text, &side);
    for (gsize i = 0; i < SIDE; i += sizeof(guint64)) {
        guint64 begins = GUINT64_FROM_LE(load_eight((const char *)side.begins + i));
        for (; begins; begins &= begins - 1)
            find_at(words, side.folded + i + __builtin_ctzll(begins) / 8, found);
    }
}

static gboolean cuts_word(Span text, gsize at)
{
    return at > 0 && at < text.n && g_ascii_isalnum(text.p[at - 1]) && g_ascii_isalnum(text.p[at]);
}

void near_words_find(const NearWords *words, Span text, gsize start, gsize end, NearSet *found)
{
    memset(found, 0, sizeof *found);
    /* A word that a far edge cuts in two is not looked at. */
    gsize from = start > NEAR_BEFORE ? start - NEAR_BEFORE : 0, to = MIN(text.n, end + NEAR_AFTER);
    while (from < start && cuts_word(text, from))
        from++;
    while (to > end && cuts_word(text, to))
        to--;
    look_at(words, (Span){text.p + from, start - from}, found);
    look_at(words, (Span){text.p + end, to - end}, found);
}

gboolean near_sets_meet(const NearSet *a, const NearSet *b)
{
    for (guint i = 0; i < G_N_ELEMENTS(a->bits); i++)
        if (a->bits[i] & b->bits[i])
            return TRUE;
    return FALSE;
}
