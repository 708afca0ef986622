/* near.c - which context words stand near a place. */
#include "hostile/scan/near.h"

#define BUCKETS 4096
#define NO_WORD G_MAXUINT16

typedef struct {
    char *text; /* folded, without '*' */
    gsize n;
    gboolean open; /* "word*"             */
    guint16 next;  /* in the same bucket  */
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

static guint find_or_add(NearWords *words, const char *folded, gsize n, gboolean open)
{
    for (guint i = 0; i < words->count; i++)
        if (words->word[i].n == n && words->word[i].open == open &&
            memcmp(words->word[i].text, folded, n) == 0)
            return i;
    if (words->count == NEAR_MAX_WORDS)
        return NEAR_MAX_WORDS;
    guint16 *bucket = &words->bucket[bucket_of(folded)];
    words->word[words->count] =
        (NearWord){.text = g_strndup(folded, n), .n = n, .open = open, .next = *bucket};
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

static gboolean is_letter(char c)
{
    return g_ascii_isalnum(c) || (guint8)c >= 0x80;
}

/* Chinese, Japanese and Korean do not part words: every character may begin one. */
static gboolean begins_word(const char *p, gsize i)
{
    guint8 c = (guint8)p[i];
    return is_letter(p[i]) && (c < 0x80 || c >= 0xc0) &&
           (i == 0 || !is_letter(p[i - 1]) || (c >= 0xe3 && c <= 0xed));
}

static gboolean stands_at(const NearWord *word, const char *p, gsize n)
{
    if (word->n > n || memcmp(word->text, p, word->n) != 0)
        return FALSE;
    return word->open || word->n == n || !is_letter(p[word->n]) || (guint8)p[0] >= 0xe3;
}

static void find_words(const NearWords *words, const char *p, gsize n, NearSet *found)
{
    for (gsize i = 0; i + 1 < n; i++) {
        if (!begins_word(p, i))
            continue;
        for (guint w = words->bucket[bucket_of(p + i)]; w != NO_WORD; w = words->word[w].next)
            if (stands_at(&words->word[w], p + i, n - i))
                found->bits[w / 64] |= 1ULL << w % 64;
    }
}

static gboolean cuts_word(Span text, gsize at)
{
    return at > 0 && at < text.n && g_ascii_isalnum(text.p[at - 1]) && g_ascii_isalnum(text.p[at]);
}

static void look_at(const NearWords *words, Span text, gsize from, gsize to, NearSet *found)
{
    char folded[NEAR_BEFORE + NEAR_AFTER];
    fold_lower(text.p + from, to - from, folded);
    find_words(words, folded, to - from, found);
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
    look_at(words, text, from, start, found);
    look_at(words, text, end, to, found);
}

gboolean near_sets_meet(const NearSet *a, const NearSet *b)
{
    for (guint i = 0; i < G_N_ELEMENTS(a->bits); i++)
        if (a->bits[i] & b->bits[i])
            return TRUE;
    return FALSE;
}
