/* suggest.h - the word that was probably meant. */
#pragma once
#include <glib.h>

/* How many letters must be put in, taken out, replaced or swapped with a neighbour to make one word of
 * the other. */
guint word_distance(const char *a, const char *b);
/* The nearest of `count` words, or NULL when none is near enough: a third of the letters may be wrong. */
const char *word_nearest(const char *word, const char *const *words, guint count);
