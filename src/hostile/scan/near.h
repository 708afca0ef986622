/* near.h - which context words stand near a place.
 *
 * All rules' words are in one table. A place is looked at once, however many rules ask: its neighbourhood,
 * NEAR_BEFORE bytes before and NEAR_AFTER behind, is folded to lower case and cut into words. */
#pragma once
#include "lib/span.h"

#define NEAR_BEFORE 64
#define NEAR_AFTER 32
#define NEAR_MAX_WORDS 1024

typedef struct NearWords NearWords;

/* A set of words. */
typedef struct {
    guint64 bits[NEAR_MAX_WORDS / 64];
} NearSet;

NearWords *near_words_new(void);
void near_words_free(NearWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NearWords, near_words_free)
/* Put a word ("card", "date of birth", "kreditkarte*") into the table and into *set. FALSE when the table is
 * full or the word does not have 2 to NEAR_BEFORE bytes. */
gboolean near_words_add(NearWords *words, const char *word, NearSet *set);
/* The words around [start, end), which are not looked into. */
void near_words_find(const NearWords *words, Span text, gsize start, gsize end, NearSet *found);
gboolean near_sets_meet(const NearSet *a, const NearSet *b);

/* Fold to lower case: ASCII, Latin-1 and Cyrillic letters in UTF-8; other bytes stay. Same length. */
void fold_lower(const char *from, gsize n, char *to);
