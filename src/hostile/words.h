/* words.h - where a phrase stands in a text, without regard to case and to the width of blanks. */
#pragma once
#include "lib/span.h"

/* The longest phrase; a longer one is cut to it. */
#define WORDS_CHARACTERS 256

typedef struct {
    gunichar folded[WORDS_CHARACTERS];
    gsize count;
} Words;

/* Fold a UTF-8 phrase: every character to its lower case, runs of blanks to one. FALSE when nothing is left. */
gboolean words_fold(Words *words, Span phrase);

/* The first place at or behind `from` where they stand: [*start, *end). FALSE when there is none. */
gboolean words_find(const Words *words, Span text, gsize from, gsize *start, gsize *end);
