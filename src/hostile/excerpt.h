/* excerpt.h - the places of words in a text, each with its surroundings, in which every match is masked. */
#pragma once
#include "hostile/scan/scan.h"
#include "hostile/words.h"
#include "lib/row.h"

/* A 'W' row (item, path, start, end, excerpt) for each place, a hundred at most. A place behind the last match that the
 * scanner reports has no excerpt. */
void excerpts_write(Scanner *scanner, const Words *words, guint64 item, Span path, Span text,
                    RowBuffer *rows);
