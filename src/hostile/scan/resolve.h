/* resolve.h - of matches that overlap, those that stay. */
#pragma once
#include <glib.h>
#include "nouns/rule.h"

/* A match before it is masked: `rule` is its index among the rules, which are sorted by id. */
typedef struct {
    gsize start, end;
    guint rule;
    guint confidence;
    gboolean beaten;
} Found;

/* Sort by (start, end, rule) and drop what is beaten: of two that overlap the more confident stays, whatever
 * their types, for a number is one thing; with equal confidence the longer; two types of the same place and
 * confidence both stay, as nobody can tell. `matches` holds Found; nothing is allocated for it. */
void resolve_overlaps(const Rules *rules, GArray *matches);
