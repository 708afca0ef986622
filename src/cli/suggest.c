/* suggest.c - the word that was probably meant. */
#include "cli/suggest.h"

#include <string.h>

/* Nobody types a longer word by mistake. */
#define LETTERS_MOST 63

guint word_distance(const char *a, const char *b)
{
    gsize n = MIN(strlen(a), LETTERS_MOST), m = MIN(strlen(b), LETTERS_MOST);
    guint cost[LETTERS_MOST + 1][LETTERS_MOST + 1];
    for (gsize i = 0; i <= n; i++)
        cost[i][0] = (guint)i;
    for (gsize j = 0; j <= m; j++)
        cost[0][j] = (guint)j;
    for (gsize i = 1; i <= n; i++) {
        for (gsize j = 1; j <= m; j++) {
            guint replaced = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            cost[i][j] = MIN(replaced, MIN(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = MIN(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[n][m];
}

const char *word_nearest(const char *word, const char *const *words, guint count)
{
    const char *nearest = NULL;
    guint least = MAX(1, (guint)strlen(word) / 3) + 1;
    for (guint i = 0; i < count; i++) {
        guint distance = word_distance(word, words[i]);
        if (distance < least) {
            least = distance;
            nearest = words[i];
        }
    }
    return nearest;
}
